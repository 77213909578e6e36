"""Practices are apart, the list comes in pages, and the audit log can't be changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from practices import LINE, fill_practice
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from advisor.clients import SILENT_DAYS, Summary
from advisor.errors import NotStoredError
from advisor.store import Store, Unit
from advisor.store.practice import ORDERS, Client, Filter, Page, Practice
from advisor.store.practice.chain import Chain

At = Callable[[int], datetime]


async def begun(unit: Unit, address: str, at: At) -> tuple[str, str]:
    """A chat with an interview."""
    chat = await unit.chat(address, at(0))
    interview = await unit.start_interview(chat.id, at(0))
    return chat.id, interview.id


async def test_practices_are_apart(store: Store, at: At) -> None:
    async with store.unit() as unit:
        mine, my_interview = await begun(unit, "test:1", at)
        one = await fill_practice(unit, mine, my_interview, at)
        other, other_interview = await begun(unit, "test:2", at)
        two = await fill_practice(unit, other, other_interview, at)
        [dana], [tom] = await one.colleagues(), await two.colleagues()
        for ask in (
            lambda: two.client(mine, at(9)),
            lambda: two.hand_over(mine, tom.id),
            lambda: two.attended(mine),
            lambda: two.add_note(mine, tom.id, "x", at(9)),
            lambda: two.colleague(dana.id),
            lambda: two.hand_over(other, dana.id),
            lambda: two.saved_filters(dana.id),
        ):
            with pytest.raises(NotStoredError):
                await ask()
        assert await two.notes(mine) == []
        assert await two.interview(mine) is None
        assert await two.plan(mine) is None
        assert await two.transcript(mine) == []
        assert await two.names_of({mine}) == {}
        assert [entry.chat_id for entry in await two.entries()] == [other]


async def test_a_practice_is_needed(store: Store) -> None:
    async with store.unit() as unit:
        with pytest.raises(ValueError, match="practice is needed"):
            unit.practice("")


@pytest.mark.parametrize("statement", ["UPDATE audit SET act = 'nothing'", "DELETE FROM audit"])
async def test_the_audit_log_refuses_to_change(store: Store, at: At, statement: str) -> None:
    async with store.unit() as unit:
        await unit.note_act("client_viewed", at(0), "p", "k", "c")
    with pytest.raises((DatabaseError, IntegrityError), match="append-only"):
        async with store.engine.begin() as connection:
            await connection.execute(text(statement))


UNLOCKED = {
    "sqlite": ("DROP TRIGGER audit_keeps_rows", "DROP TRIGGER audit_changes_nothing"),
    "postgresql": ("DROP TRIGGER audit_keeps_rows ON audit",),
}
"""What somebody does first who wants to change the log behind our back."""


async def tampered(store: Store, *statements: str) -> None:
    async with store.engine.begin() as connection:
        for statement in (*UNLOCKED[store.engine.dialect.name], *statements):
            await connection.execute(text(statement))


async def logged(store: Store, at: At, number: int = 6) -> None:
    """Lines of two practices and of none, mixed."""
    for n in range(number):
        async with store.unit() as unit:
            detail = {"version": n, "days": 1.5} if n else None
            await unit.note_act("client_viewed", at(n), "p", "k", "c", detail, "10.0.0.1")
            await unit.note_act("list_viewed", at(n), "q")
            await unit.note_act("faults_viewed", at(n))


async def test_a_log_is_whole_in_each_practice(store: Store, at: At) -> None:
    await logged(store, at)
    async with store.unit() as unit:
        checked = [await unit.check_log(name) for name in ("p", "q", None, "nobody")]
        last = (await unit.practice("p").entries())[0].chain
    assert [(one.lines, one.loose, one.broken) for one in checked[:3]] == [(6, 0, None)] * 3
    assert checked[0].last == last
    assert len({one.last for one in checked}) == 4
    assert checked[3] == Chain(0, 0, None, None)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE id = 7",
        "UPDATE audit SET consultant_id = 'other' WHERE id = 7",
        "UPDATE audit SET detail = NULL WHERE id = 7",
        "UPDATE audit SET practice_id = 'q' WHERE id = 7",
        "UPDATE audit SET chain = NULL WHERE id = 7",
    ],
)
async def test_a_line_that_was_taken_out_or_changed_shows(
    store: Store, at: At, statement: str
) -> None:
    await logged(store, at)
    await tampered(store, statement)
    async with store.unit() as unit:
        found = await unit.check_log("p")
        assert (await unit.check_log(None)).broken is None
    assert found.broken in (7, 10)


async def test_lines_from_before_there_were_hashes_are_told(store: Store, at: At) -> None:
    await logged(store, at, 2)
    await tampered(store, "UPDATE audit SET chain = NULL")
    await logged(store, at, 3)
    async with store.unit() as unit:
        found = await unit.check_log("p")
    assert (found.lines, found.loose, found.broken) == (5, 2, None)


async def test_lines_that_are_added_at_once_follow_each_other(store: Store, at: At) -> None:
    async def add(number: int) -> None:
        async with store.unit() as unit:
            await unit.note_act("client_viewed", at(number), "p")
            await asyncio.sleep(0.005)

    await asyncio.gather(*map(add, range(12)))
    async with store.unit() as unit:
        found = await unit.check_log("p")
    assert (found.lines, found.broken) == (12, None)


async def test_what_was_done_stays_when_the_owner_is_forgotten(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat, interview = await begun(unit, "test:1", at)
        practice = await fill_practice(unit, chat, interview, at)
    async with store.unit() as unit:
        await unit.forget(chat)
    async with store.unit() as unit:
        practice = unit.practice(practice.practice_id)
        assert (await practice.counts(at(9)))["all"] == 0
        assert [entry.chat_id for entry in await practice.entries()] == [chat]


async def many(unit: Unit, practice: Practice, at: At, number: int) -> None:
    """Clients with all kinds of lines, some of them equal."""
    chance = Random(number)
    [lead] = await practice.colleagues()
    for n in range(number):
        chat, interview = await begun(unit, f"many:{n}", at)
        await practice.invite_owner(f"many {n}", lead.id, None, at(0), 30)
        invitation = await unit.invitations.by_digest(f"many {n}")
        assert invitation is not None
        await unit.tie(chat, invitation, at(0))
        runway = chance.choice([None, 10, 10, 200])
        line = Summary(f"Business {n}", "shop", chance.choice([None, 5, 70]), None, runway, 0, 1)
        seen = at(0) - timedelta(days=chance.choice([0, 1, SILENT_DAYS + 3]))
        await unit.note_client(chat, interview, line, "he", seen, chance.random() < 0.1)


@pytest.mark.parametrize("order", ORDERS)
async def test_pages_hold_everybody_once_and_in_order(store: Store, at: At, order: str) -> None:
    async with store.unit() as unit:
        chat, interview = await begun(unit, "test:1", at)
        practice = await fill_practice(unit, chat, interview, at)
        await many(unit, practice, at, 23)
        wanted = Filter(order=order)  # type: ignore[arg-type]
        whole, more = await practice.page(wanted, Page(at(9), size=100))
        assert not more
        assert len({client.chat_id for client in whole}) == 24
        paged: list[Client] = []
        after = None
        while True:
            shown, more = await practice.page(wanted, Page(at(9), after, size=5))
            paged += shown
            if not more:
                break
            after = shown[-1].chat_id
        assert paged == whole
        assert sum((await practice.counts(at(9))).values()) == 24 + 24 + sum(
            client.danger >= 65 for client in whole
        )


async def test_attention_goes_first_to_whoever_asked_for_a_person(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat, interview = await begun(unit, "test:1", at)
        practice = await fill_practice(unit, chat, interview, at)
        await many(unit, practice, at, 23)
        shown, _ = await practice.page(Filter(), Page(at(9)))
        assert [client.attention for client in shown] == sorted(
            (client.attention for client in shown), reverse=True
        )
        first = shown[0]
        assert first.need == "person"
        await practice.attended(first.chat_id)
        assert (await practice.client(first.chat_id, at(9))).need != "person"


async def test_a_new_interview_begins_a_new_line(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat, interview = await begun(unit, "test:1", at)
        practice = await fill_practice(unit, chat, interview, at)
        await unit.add_plan(interview, "asked", {"actions": []}, at(5))
        await unit.note_client(chat, interview, LINE, "he", at(5))
        assert (await practice.client(chat, at(6))).status == "waiting"
        await unit.note_sent(chat, 1, at(6))
        await unit.note_progress(chat, at(7))
        assert (await practice.client(chat, at(8))).status == "progress"
        await unit.end_interview(interview, at(8))
        again = await unit.start_interview(chat, at(8))
        await unit.note_client(chat, again.id, LINE, "he", at(8))
        line = await practice.client(chat, at(9))
    assert (line.status, line.sent_version, line.plan_version) == ("interviewing", 0, 0)
