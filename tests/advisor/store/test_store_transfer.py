"""Everything goes from one database to the other and back, and nothing is mixed or lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from databases import Postgres
from practices import fill_practice
from sqlalchemy import func, select

from advisor.errors import StoreError
from advisor.interview import events as happened
from advisor.interview.state import replay
from advisor.model import Answer, AnswerState, Money, PersonalWord
from advisor.store import Misreading, Store, Unit, dump, load
from advisor.store.revision import newest
from advisor.store.tables import metadata
from advisor.store.transfer import moving

At = Callable[[int], datetime]
ODD = 'שלום 👋🏽 "quoted" \\ \u2028 \t\n \ud83d \x00 {"a": 1}'
"""Text as it may stand inside JSON."""


async def fill(unit: Unit, number: int, at: At) -> None:
    """A chat with something odd in every table."""
    chat = await unit.chat(f"telegram:7:{number}", at(0))
    await unit.set_language(chat.id, "he")
    interview = await unit.start_interview(chat.id, at(0))
    said = await unit.add_message(chat.id, interview.id, "in", ODD, None, "x", "5", at(1))
    given: list[Any] = [Money(0.1 + 0.2, "ILS"), 5, 5.0, 2**60, True, ("far", "price"), ODD]
    for turn, value in enumerate(given):
        answer = Answer(f"slot{turn % 4}", AnswerState.KNOWN, value, 1e-7, 1 / 3, True, said)
        events = [happened.AnswerAccepted(answer, "asked")]
        after = replay(interview.state, events)
        interview = await unit.save_turn(interview, after, events, said, at(turn))
    plan = {"actions": [], "z": 1, "a": [None, 1.5, {}], "ב": ODD}
    await unit.add_plan(interview.id, "asked", plan, at(2))
    await unit.add_word(interview.id, 1, PersonalWord(ODD, ODD, ODD, at(3).isoformat()))
    await unit.note_checkin(interview.id, "plan", 1, ["measure_churn"], at(2))
    await unit.note_going(interview.id, "measure_churn", "done", 1.5, at(3))
    sent = await unit.queue(chat.id, {"type": "ask", "text": "?"}, at(2))
    await unit.annotate(sent, {"message": 5})
    await unit.mark_failed(sent, "429", False, at(3))
    for update_id in (2**40 + number, number):
        await unit.receive_update("7", update_id, {"text": ODD}, at(0), chat.address)
    await unit.finish_update("7", number, at(1))
    await unit.note_consent_asked(chat.id, at(1))
    await unit.note_shown(chat.id, "1", at(0))
    kept = Misreading(said, "undone", "he", None, "…", {"act": None}, None, at(1))
    await unit.keep_misreading(chat.id, kept)
    await fill_practice(unit, chat.id, interview.id, at)


async def filled(store: Store, at: At, chats: int = 3) -> None:
    async with store.unit() as unit:
        for number in range(chats):
            await fill(unit, number, at)
        last = await unit.chat(f"telegram:7:{chats - 1}", at(0))
        await unit.forget(last.id)


async def lines_of(store: Store) -> list[str]:
    return [line async for line in dump(store)]


async def content(store: Store) -> dict[str, list[Any]]:
    async with store.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in await connection.execute(table.select().order_by(*key))
            ]
            for table in moving()
            for key in [tuple(table.primary_key)]
        }


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = await Store.open(url)
    await store.migrate()
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.mark.postgres
async def test_from_sqlite_to_postgres_and_back_all_is_equal(
    tmp_path: Path, url: str, at: At
) -> None:
    async with opened(f"sqlite:///{tmp_path}/one.db") as one:
        await filled(one, at)
        first, before = await lines_of(one), await content(one)
    assert all(before.values()), "every table holds something"
    async with opened(url) as two:
        assert await load(two, first) == sum(map(len, before.values()))
        second, there = await lines_of(two), await content(two)
    async with opened(f"sqlite:///{tmp_path}/three.db") as three:
        await load(three, second)
        third, after = await lines_of(three), await content(three)
    assert first == second == third
    assert before == there == after
    assert repr(before) == repr(there) == repr(after), "5 stays 5, 5.0 stays 5.0, order stays"


async def test_life_goes_on_where_it_was(store: Store, database: str, at: At) -> None:
    """No id is given out twice, not even one of a row that was deleted before the move."""
    await filled(store, at)
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:0", at(5))
        number = await unit.queue(chat.id, {"type": "say"}, at(5))
        other = await unit.chat("telegram:7:99", at(5))
        gone = await unit.queue(other.id, {"type": "say"}, at(5))
        await unit.forget(other.id)
    async with opened(database) as second:
        await load(second, await lines_of(store))
        async with second.unit() as unit:
            chat = await unit.chat("telegram:7:0", at(6))
            interview = await unit.open_interview(chat.id)
            assert interview is not None
            assert interview.turns == 7
            events = [happened.MessageMissed(1)]
            after = replay(interview.state, events)
            await unit.save_turn(interview, after, events, None, at(6))
            await unit.add_message(chat.id, interview.id, "in", "on", None, None, None, at(6))
            said = [message.text for message in await unit.transcript(interview.id)]
            assert said[-1] == "on"
            assert await unit.queue(chat.id, {"type": "say"}, at(6)) > gone > number
            assert not await unit.receive_update("7", 0, {}, at(6)), "known to be finished"


async def test_a_large_database_goes_through_line_by_line(
    store: Store, database: str, at: At
) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(0))
        for number in range(350):
            await unit.add_message(chat.id, None, "in", str(number), None, None, None, at(0))
    async with opened(database) as second:
        assert await load(second, await lines_of(store)) == 351
        async with second.engine.connect() as connection:
            table = metadata.tables["messages"]
            assert await connection.scalar(select(func.count()).select_from(table)) == 350


async def test_an_empty_database_can_be_moved(store: Store, database: str) -> None:
    async with opened(database) as second:
        assert await load(second, await lines_of(store)) == 0
        assert await lines_of(second) == await lines_of(store)


async def test_nothing_goes_into_a_database_that_holds_something(store: Store, at: At) -> None:
    await filled(store, at)
    lines, before = await lines_of(store), await content(store)
    with pytest.raises(StoreError, match="already holds something"):
        await load(store, lines)
    assert await content(store) == before


async def test_what_is_written_meanwhile_is_not_in_it(database: str, at: At) -> None:
    """An export is of one moment, and holds nobody up."""
    async with opened(database) as one, opened(database) as two:
        await filled(one, at)
        before = await lines_of(one)
        seen = []
        async for line in dump(one):
            seen.append(line)
            if len(seen) == 2:
                async with two.unit() as unit:
                    await unit.chat("telegram:7:50", at(1))
        assert seen == before
        assert await lines_of(one) != before


HEADER = {"comeback": "database", "version": 1, "revision": newest()}
CHAT = {"id": "c", "address": "a", "language": None, "created_at": "2026-03-01T12:00:00+00:00"}
ROW = {"table": "chats", "row": CHAT}
END = {"end": {"chats": 1}}
LAST = {"last": {}}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "no export"),
        ([{"something": "else"}], "no export"),
        (["Dear Sir or Madam"], "Line 1"),
        ([HEADER | {"version": 2}], "newer version"),
        ([HEADER | {"revision": "9999"}], "newer version"),
        ([HEADER, ROW], "too early"),
        ([HEADER, ROW, '{"table": "cha'], "Line 3"),
        ([HEADER, ROW, {"end": {"chats": 2}}], "Line 3"),
        ([HEADER, ROW, []], "Line 3"),
        ([HEADER, {"table": "spies", "row": {}}], "doesn't know"),
        ([HEADER, {"table": "chats", "row": CHAT | {"shoe_size": 43}}], "doesn't know"),
        ([HEADER, {"table": "chats", "row": CHAT | {"created_at": "noon"}}], "time"),
        ([HEADER, {"table": "chats", "row": CHAT | {"created_at": 5}}], "time"),
        ([HEADER, {"table": "chats", "row": CHAT | {"created_at": "2026-03-01"}}, END], "chats"),
        ([HEADER, {"table": "chats", "row": {"id": "c"}}, END], "chats"),
        ([HEADER, ROW, ROW, END], "chats"),
        ([HEADER, {"table": "consents", "row": {"chat_id": "nobody"}}, LAST], "consents"),
        ([HEADER, ROW, {"last": {"outbox": "many"}}, END], "Line 3"),
        ([HEADER, ROW, {"last": 7}, END], "Line 3"),
    ],
)
async def test_a_file_that_is_no_good_leaves_nothing_behind(
    store: Store, lines: Iterable[Any], says: str
) -> None:
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    with pytest.raises(StoreError, match=says) as raised:
        await load(store, written)
    assert len(str(raised.value).splitlines()) == 1
    assert not any((await content(store)).values())


async def test_a_file_of_an_older_version_will_do(store: Store) -> None:
    """Columns that it doesn't know take their defaults."""
    older = HEADER | {"revision": "0001"}
    assert await load(store, map(json.dumps, [older, ROW, END])) == 1
