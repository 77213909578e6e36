"""Consent and the queue of misread messages, in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from alembic import command
from sqlalchemy import Connection

from advisor.interview import events as happened
from advisor.interview.state import replay
from advisor.store import Consent, Misreading, Store
from advisor.store.migrations import config_for
from advisor.store.tables import chats

At = Callable[[int], datetime]
READ = {"act": None, "target": None, "confidence": 0.2, "slots": []}


def row(message: str, at: datetime, reason: str = "not_understood") -> Misreading:
    return Misreading(message, reason, "en", "status", f"text of {message}", READ, None, at)


async def test_consent_remembers_what_was_asked_and_said(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        assert await unit.consent(chat.id) == Consent(None, None, None)
        await unit.note_consent_asked(chat.id, at(1))
        assert await unit.consent(chat.id) == Consent(at(1), None, None)
        await unit.set_consent(chat.id, True, at(2))
        assert await unit.consent(chat.id) == Consent(at(1), True, at(2))


async def test_it_can_be_given_without_being_asked_for(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        await unit.set_consent(chat.id, True, at(2))
        assert await unit.consent(chat.id) == Consent(None, True, at(2))


async def test_a_no_empties_the_queue_of_that_chat_alone(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chats = [await unit.chat(f"test:{n}", at(0)) for n in (1, 2)]
        for chat in chats:
            await unit.keep_misreading(chat.id, row(chat.id, at(1)))
        await unit.set_consent(chats[0].id, False, at(2))
        left = await unit.waiting_misreadings()
    assert [kept.misreading.message_id for kept in left] == [chats[1].id]


async def test_a_message_waits_once_and_learns_what_became_of_it(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        first = row("m-1", at(1))
        await unit.keep_misreading(chat.id, first)
        later = replace(first, reason="corrected", corrected={"slots": [["status", "closed"]]})
        await unit.keep_misreading(chat.id, later)
        [kept] = await unit.waiting_misreadings()
    assert kept.misreading == later


async def test_what_is_done_stays_done(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        await unit.keep_misreading(chat.id, row("m-1", at(1)))
        [kept] = await unit.waiting_misreadings()
        assert await unit.finish_misreading(kept.id, "status.closed", at(2))
        await unit.keep_misreading(chat.id, row("m-1", at(1), "corrected"))
        assert await unit.waiting_misreadings() == []
        assert await unit.count_misreadings() == {}


async def test_finishing_what_its_owner_took_back(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        await unit.keep_misreading(chat.id, row("m-1", at(1)))
        [kept] = await unit.waiting_misreadings()
        await unit.set_consent(chat.id, False, at(2))
        assert not await unit.finish_misreading(kept.id, None, at(3))


async def test_the_oldest_come_first_and_are_counted_by_reason(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        for message, minute, reason in [
            ("b", 5, "corrected"),
            ("a", 2, "undone"),
            ("c", 9, "undone"),
        ]:
            await unit.keep_misreading(chat.id, row(message, at(minute), reason))
        first, second = await unit.waiting_misreadings(limit=2)
        assert await unit.count_misreadings() == {"undone": 2, "corrected": 1}
    assert [first.misreading.message_id, second.misreading.message_id] == ["a", "b"]


async def test_turns_come_back_as_they_happened(store: Store, at: At) -> None:
    turns = [
        [happened.InterviewStarted("en"), happened.QuestionAsked("status", "ask")],
        [
            happened.MessageRead("m-1", "status", None, None, 0.25, away=False),
            happened.MessageMissed(1),
            happened.QuestionAsked("status", "again"),
        ],
    ]
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        for minute, events in enumerate(turns):
            after = replay(interview.state, events)
            interview = await unit.save_turn(interview, after, events, None, at(minute))
        assert await unit.past_turns(interview.id) == turns
        assert await unit.interview_ids(chat.id) == [interview.id]


async def test_texts_of_messages_with_the_time(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        said = await unit.add_message(chat.id, None, "in", "so so", None, None, None, at(1))
        pressed = await unit.add_message(chat.id, None, "in", None, "closed", None, None, at(2))
        assert await unit.texts_of([said, pressed, "elsewhere"]) == {said: ("so so", at(1))}
        assert await unit.texts_of([]) == {}


async def test_forgetting_and_exporting(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(0))
        await unit.note_consent_asked(chat.id, at(1))
        await unit.keep_misreading(chat.id, row("m-1", at(1)))
        export = await unit.export(chat.id)
        await unit.forget(chat.id)
        assert await unit.waiting_misreadings() == []
    assert [kept["text"] for kept in export["learning"]["kept"]] == ["text of m-1"]
    assert export["learning"]["consent"][0]["asked_at"] == at(1).isoformat()


async def test_a_database_of_before_keeps_what_it_holds(database: str, at: At) -> None:
    """The revision adds tables and alters none, so code that doesn't know them goes on, too."""

    def before(connection: Connection) -> None:
        command.upgrade(config_for(connection), "0001")

    store = await Store.open(database)
    async with store.engine.begin() as connection:
        await connection.run_sync(before)
        await connection.execute(
            chats.insert().values(id="c-1", address="test:1", created_at=at(0))
        )
    await store.migrate()
    async with store.unit() as unit:
        chat = await unit.chat("test:1", at(1))
        await unit.keep_misreading(chat.id, row("m-1", at(1)))
        assert (chat.id, len(await unit.waiting_misreadings())) == ("c-1", 1)
    await store.close()
