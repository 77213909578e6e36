"""New rows that wait for each other."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from advisor.interview.events import InterviewStarted
from advisor.interview.state import apply
from advisor.store import Store, Unit
from advisor.store.practice.tables import clients
from advisor.store.tables import chats, messages, updates

At = Callable[[int], datetime]
ODD: dict[str, Any] = {
    "type": "say",
    "text": "חצי \ud83d ואפס \x00 \"'\\ \n",
    "z": [None, 5, 5.0, 1e-7, True, {"b": 1, "a": None}],
    "a": "ä",
}


@contextmanager
def noted(store: Store) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    statements: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)


async def say(unit: Unit, chat_id: str, text: str, at: datetime) -> str:
    return await unit.add_message(chat_id, None, "in", text, None, None, None, at)


@pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_rows_of_several_tables_are_one_statement(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        started = InterviewStarted("he")
        after = apply(interview.state, started)
        with noted(store) as statements:
            await unit.save_turn(interview, after, [started], None, at(1))
            for number in range(3):
                await say(unit, chat.id, f"{number}", at(1))
                unit.queue_with_turn(chat.id, {"type": "say", "n": number}, at(1))
            await unit.connection.write()
    assert len(statements) == 2  # the interview itself, and all that is new
    async with store.unit() as unit:
        assert await unit.past_turns(interview.id) == [[started]]
        assert [row.payload["n"] for row in await unit.unsent_of(chat.id)] == [0, 1, 2]


async def test_whoever_asks_finds_what_waits(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        unit.queue_with_turn(chat.id, {"type": "say"}, at(1))
        await say(unit, chat.id, "first", at(1))
        assert await unit.last_said(chat.id) is not None
        assert len(await unit.recent(chat.id, ("say",), 5)) == 1
        await say(unit, chat.id, "second", at(1))
        last = await unit.last_said(chat.id)
    assert last is not None
    assert last.text == "second"


async def test_what_is_about_other_tables_lets_rows_wait(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        await say(unit, chat.id, "first", at(1))
        await unit.agreement(chat.id, "1")
        assert unit.connection.waiting == {messages}
        await unit.connection.execute(chats.select(), about=[chats, messages])
        assert not unit.connection.waiting


async def test_what_waited_is_stored_as_if_it_had_not(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        await unit.queue(chat.id, ODD, at(1))
        unit.queue_with_turn(chat.id, ODD, at(1))
        alone, waited = await unit.unsent_of(chat.id)
    assert waited.payload == alone.payload
    assert list(waited.payload) == list(ODD)
    assert waited.created_at == at(1)


async def test_what_an_error_leaves_is_not_written(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with store.unit() as unit:
            await say(unit, chat.id, "first", at(1))
            raise RuntimeError
    with pytest.raises(IntegrityError):  # noqa: PT012
        async with store.unit() as unit:
            unit.queue_with_turn(chat.id, {"type": "say"}, at(1))
            await say(unit, "nobody", "first", at(1))
    async with store.unit() as unit:
        assert await unit.last_said(chat.id) is None
        assert not await unit.unsent_of(chat.id)


async def test_changes_wait_as_well(store: Store, at: At) -> None:
    async with store.unit() as unit:
        for number in (1, 2):
            await unit.receive_update("7", number, {"n": number}, at(0), "telegram:7:1")
        chat = await unit.chat("telegram:7:1", at(0))
        await say(unit, chat.id, "first", at(1))
        await unit.finish_update("7", 1, at(1))
        assert unit.connection.waiting == {messages, updates}
        await unit.finish_update("7", 2, at(2))  # nothing is changed twice by one statement
        assert unit.connection.waiting == {updates}
    async with store.unit() as unit:
        assert await unit.next_update("telegram:7:1") is None
        assert not await unit.unfinished_updates("7")
        assert await unit.last_said(chat.id) is not None


async def test_a_change_is_none_of_what_came_after_it(store: Store, at: At) -> None:
    """The same on every database, whether or not the change was written before the row came."""
    row: dict[str, Any] = {
        "bot": "7",
        "update_id": 2,
        "address": "telegram:7:1",
        "payload": {"n": 2},
        "received_at": at(0),
        "done_at": None,
        "attempts": 0,
    }
    async with store.unit() as unit:
        await unit.finish_update("7", 2, at(1))
        unit.connection.add(updates, row)
    async with store.unit() as unit:
        assert [found.update_id for found in await unit.unfinished_updates("7")] == [2]


async def test_rows_that_would_lose_a_column_are_refused(store: Store, at: At) -> None:
    """What waits already is kept as it is."""
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        await say(unit, chat.id, "first", at(1))
        with pytest.raises(ValueError, match="messages"):
            unit.connection.add(messages, {"id": "2", "text": "second"})
    async with store.unit() as unit:
        last = await unit.last_said(chat.id)
    assert last is not None
    assert last.text == "first"


async def test_notes_are_kept_on_what_came_after(store: Store, at: At) -> None:
    """Whether it waits to be written or is written already, and on nothing else."""

    def noting(name: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
        return lambda payload: {name: payload["n"]}

    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        number = await unit.queue(chat.id, {"type": "ask", "n": 1}, at(1))
        await unit.annotate_new(chat.id, ("ask",), noting("a"), number)
        unit.queue_with_turn(chat.id, {"type": "ask", "n": 2, "notes": {"x": 0}}, at(1))
        unit.queue_with_turn(chat.id, {"type": "say", "n": 3}, at(1))
        await unit.annotate_new(chat.id, ("ask",), noting("b"), number)
        await unit.connection.write()
        await unit.annotate_new(chat.id, ("ask",), noting("c"), number)
    async with store.unit() as unit:
        found = [row.payload.get("notes") for row in await unit.unsent_of(chat.id)]
    assert found == [None, {"x": 0, "b": 2, "c": 2}, None]


async def test_what_comes_with_the_interview_is_what_is_asked_alone(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        assert await unit.agreement(chat.id, "1") is None
        await unit.note_shown(chat.id, "1", at(1))
    async with store.unit() as unit:
        await unit.open_interview(chat.id)
        shown = await unit.agreement(chat.id, "1")
        assert shown is not None
        assert shown.agreed_at is None
        await unit.note_agreed(chat.id, "1", "m", at(2))
        agreed = await unit.agreement(chat.id, "1")
        assert agreed is not None
        assert agreed.agreed_at == at(2)
        await unit.note_shown(chat.id, "2", at(3))
        assert not await unit.touch_client(chat.id, interview.id, None, "he", at(3))
        await unit.begin_line(chat.id, interview.id, at(3))
    async with store.unit() as unit:
        await unit.open_interview(chat.id)
        assert await unit.agreement(chat.id, "1") == agreed
        second = await unit.agreement(chat.id, "2")
        assert second is not None
        assert second.shown_at == at(3)
        with noted(store) as statements:
            assert await unit.touch_client(chat.id, interview.id, "sector", "en", at(4))
        assert not statements
    async with store.engine.connect() as connection:
        line = (await connection.execute(clients.select())).one()
    assert (line.asking, line.language, line.contact_at) == ("sector", "en", at(4))
