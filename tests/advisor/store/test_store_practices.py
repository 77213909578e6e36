"""Practices are apart, the list comes in pages, and the audit log can't be changed."""

from __future__ import annotations

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
