"""An owner can take everything along, and have everything deleted."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from advisor.interview import events as happened
from advisor.interview.state import replay
from advisor.model import Answer, AnswerState, PersonalWord
from advisor.store import Store, Unit
from advisor.store.tables import metadata

At = Callable[[int], datetime]
SECRET = "Levi Bakery"


async def fill(unit: Unit, address: str, at: At) -> str:
    """A chat with something in every table, all of it naming the business."""
    chat = await unit.chat(address, at(0))
    interview = await unit.start_interview(chat.id, at(0))
    message = await unit.add_message(
        chat.id, interview.id, "in", SECRET, None, "business_name", None, at(1)
    )
    answer = Answer("business_name", AnswerState.KNOWN, SECRET, message=message)
    events = [happened.InterviewStarted("en"), happened.AnswerAccepted(answer, "asked")]
    after = replay(interview.state, events)
    await unit.save_turn(interview, after, events, message, at(1))
    await unit.add_plan(interview.id, "asked", {"name": SECRET}, at(2))
    await unit.add_word(interview.id, 1, PersonalWord(SECRET, SECRET, SECRET, at(3).isoformat()))
    await unit.note_checkin(interview.id, "plan", 1, [SECRET], at(2))
    await unit.note_going(interview.id, SECRET, "done", 5, at(3))
    await unit.queue(chat.id, {"text": SECRET}, at(2))
    await unit.add_message(chat.id, interview.id, "out", SECRET, None, None, None, at(2))
    return chat.id


async def rows(store: Store) -> dict[str, list[Any]]:
    async with store.engine.connect() as connection:
        return {
            name: list(await connection.execute(table.select()))
            for name, table in metadata.tables.items()
        }


async def test_an_export_holds_everything_in_plain_json(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat_id = await fill(unit, "telegram:7:1", at)
        await fill(unit, "telegram:7:2", at)
        export = await unit.export(chat_id)
    assert json.loads(json.dumps(export)) == export
    assert export["chat"]["address"] == "telegram:7:1"
    assert [message["text"] for message in export["transcript"]] == [SECRET, SECRET]
    assert export["transcript"][0]["at"] == "2026-03-01T12:01:00+00:00"
    (interview,) = export["interviews"]
    (answer,) = interview["answers"]
    assert (answer["slot"], answer["value"], answer["replaced_at"]) == (
        "business_name",
        SECRET,
        None,
    )
    assert answer["message_id"] == export["transcript"][0]["id"]
    assert [(row["action"], row["value"]) for row in interview["checkins"]] == [(SECRET, 5.0)]
    assert interview["plans"][0]["document"] == {"name": SECRET}
    assert interview["plan_words"][0]["document"]["text"] == SECRET
    assert [e["payload"]["type"] for e in interview["events"]] == [
        "interview_started",
        "answer_accepted",
    ]
    assert export["outbox"][0]["payload"] == {"text": SECRET}


async def test_forgetting_leaves_nothing_of_the_chat_and_all_of_the_others(
    store: Store, at: At
) -> None:
    async with store.unit() as unit:
        other = await fill(unit, "telegram:7:2", at)
    before = await rows(store)
    async with store.unit() as unit:
        chat_id = await fill(unit, "telegram:7:1", at)
        for update_id in (1, 2, 3):
            await unit.receive_update("7", update_id, {"text": SECRET}, at(0), "telegram:7:1")
        await unit.finish_update("7", 1, at(1))
        await unit.fail_update("7", 2, SECRET, dead=True, at=at(1))
    async with store.unit() as unit:
        await unit.forget(chat_id)
        await unit.finish_update("7", 3, at(2))
    after = await rows(store)
    assert [row.update_id for row in after["updates"]] == [1, 2, 3], "the numbers stay known"
    for row in after.pop("updates"):
        assert (row.address, row.payload, row.error) == (None, None, None)
    del before["updates"]
    assert after == before
    async with store.unit() as unit:
        assert (await unit.export(other))["chat"]["address"] == "telegram:7:2"


async def test_what_was_sent_after_the_request_is_still_dealt_with(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat_id = await fill(unit, "telegram:7:1", at)
        await unit.receive_update("7", 4, {"text": "hello again"}, at(3), "telegram:7:1")
        await unit.forget(chat_id)
        (update,) = await unit.unfinished_updates("7")
    assert update.payload == {"text": "hello again"}


async def test_goodbye_can_be_said_afterwards(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat_id = await fill(unit, "telegram:7:1", at)
        await unit.forget(chat_id)
        chat = await unit.chat("telegram:7:1", at(3))
        await unit.queue(chat.id, {"text": "goodbye"}, at(3))
        (queued,) = await unit.unsent("telegram:7:")
    assert queued.payload == {"text": "goodbye"}


def remembered(folder: Path) -> bool:
    return any(SECRET.encode() in path.read_bytes() for path in folder.iterdir())


async def test_not_even_the_file_remembers(tmp_path: Path, at: At) -> None:
    """Neither in free pages nor in the log, while the store is still open."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/comeback.db")
    await store.migrate()
    async with store.unit() as unit:
        chat_id = await fill(unit, "telegram:7:1", at)
        await unit.receive_update("7", 1, {"text": SECRET}, at(0), "telegram:7:1")
        await unit.finish_update("7", 1, at(0))
    assert remembered(tmp_path)
    async with store.unit() as unit:
        await unit.forget(chat_id)
    assert not remembered(tmp_path)
    async with store.engine.connect() as connection:
        checked = await connection.execute(text("PRAGMA integrity_check"))
        assert checked.scalar_one() == "ok"
    await store.close()
