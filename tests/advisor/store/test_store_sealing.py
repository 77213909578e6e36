"""With a key, what owners say can't be read without it; without one, nothing changes."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import sqltypes

from advisor.clients import Summary
from advisor.errors import KeyMissingError, SealBrokenError, StoreError
from advisor.interview import events as happened
from advisor.interview.state import replay
from advisor.model import Answer, AnswerState, PersonalWord
from advisor.store import Keys, Misreading, Store, Unit, dump, load, new_key, reseal
from advisor.store.columns import Personal, PersonalDocument, PersonalWords
from advisor.store.keyring import ids_of
from advisor.store.tables import metadata, sealing_keys

At = Callable[[int], datetime]
SECRET = "Levi-Bakery-שרה"
OLD, NEW = new_key(), new_key()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("sealed"), inner),
    max_leaves=8,
)
ODD = st.text(st.characters()) | st.sampled_from(
    ["sealed:", "sealed:0:", "sealed:0:sealed:0:x", "sealed:1:0123abcd:AAAA", "\ud800", "\x00"]
)


def dialect(*keys: str) -> Any:
    """A database's way to write, with keys."""
    made = sqlite.dialect()
    made.comeback_keys = Keys.read(",".join(keys))
    return made


def written(kind: Personal, value: Any, way: Any) -> Any:
    return json.loads(json.dumps(kind.process_bind_param(value, way)))


@given(value=JSON)
@pytest.mark.parametrize("keys", [(), (NEW,)])
def test_a_document_comes_back_to_the_letter(keys: tuple[str, ...], value: Any) -> None:
    kind, way = PersonalDocument("x.y"), dialect(*keys)
    stored = written(kind, value, way)
    assert kind.process_result_value(stored, way) == value
    assert repr(kind.process_result_value(stored, way)) == repr(value)
    assert (kind.sealed(stored) is not None) == (bool(keys) and value is not None)


@given(value=ODD)
@pytest.mark.parametrize("keys", [(), (NEW,)])
def test_words_come_back_but_for_what_no_database_holds(keys: tuple[str, ...], value: str) -> None:
    kind, way = PersonalWords("x.y"), dialect(*keys)
    stored = written(kind, value, way)
    back = kind.process_result_value(stored, way)
    assert back == "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in value)
    assert (kind.sealed(stored) is not None) == bool(keys)


@given(value=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_plain_rows_of_before_and_rows_of_older_keys_are_read(value: str) -> None:
    kind = PersonalWords("x.y")
    plain, sealed = (kind.process_bind_param(value, dialect(*each)) for each in ((), (OLD,)))
    assert kind.process_result_value(plain, dialect(NEW)) == value
    assert kind.process_result_value(sealed, dialect(NEW, OLD)) == value


@given(value=st.text(min_size=1), at=st.integers(min_value=0))
def test_what_was_changed_moved_or_lacks_its_key_is_never_garbage(value: str, at: int) -> None:
    kind = PersonalDocument("x.y")
    sealed = kind.process_bind_param(value, dialect(NEW))["sealed"]
    with pytest.raises(KeyMissingError, match="COMEBACK_ENCRYPTION_KEY"):
        kind.process_result_value({"sealed": sealed}, dialect(OLD))
    with pytest.raises(SealBrokenError, match=r"x\.z"):
        PersonalDocument("x.z").process_result_value({"sealed": sealed}, dialect(NEW))
    place = 11 + at % (len(sealed) - 11 - sealed.count("="))
    other = sealed[:place] + ("A" if sealed[place] != "A" else "Q") + sealed[place + 1 :]
    if place < len(sealed.rstrip("=")) - 1:  # the last character may hold bits that say nothing
        with pytest.raises(SealBrokenError):
            kind.process_result_value({"sealed": other}, dialect(NEW))


def test_nobody_asks_the_database_for_a_part_of_what_is_sealed() -> None:
    """Only as it is stored, where a plain one of before is meant."""
    names = "|".join({place.split(".")[1] for place in personal()})
    part = re.compile(rf"\.c(olumns)?\.({names})\[|\b({names})\[.*\.as_string")
    for path in Path("advisor/store").rglob("*.py"):
        assert not part.search(path.read_text("utf-8")), path


def test_one_value_is_never_sealed_twice_the_same() -> None:
    kind, way = PersonalWords("x.y"), dialect(NEW)
    assert len({kind.process_bind_param("yes", way) for _ in range(50)}) == 50


def test_words_to_be_found_by_are_hashes_that_tell_nothing() -> None:
    plain, old, new = Keys.read(""), Keys.read(OLD), Keys.read(f"{NEW},{OLD}")
    assert plain.search_key("שרה") == "שרה"
    hashes = {keys.search_key("שרה") for keys in (plain, old, new)}
    assert len(hashes) == 3
    assert hashes == set(new.search_keys("שרה"))
    assert new.search_key("שרה") == new.search_key("שרה") != new.search_key("שרית")


@pytest.mark.parametrize(
    "setting",
    ["short", "x" * 44, NEW[:-1], f"{NEW},nonsense", "מפתח" * 11],
    ids=["short", "no key", "cut off", "one of two", "Hebrew"],  # keys are new in each process
)
def test_a_key_that_is_none_says_what_one_looks_like(setting: str) -> None:
    with pytest.raises(StoreError, match="comeback db key") as error:
        Keys.read(setting)
    assert setting not in str(error.value)


OURS = "an id or a word of ours"
COUNT = "a count"
SORTED = "what a list of thousands is sorted and counted by"
CHOSEN = "chosen by the practice, and no owner's"
FOUND = "what is looked for"
NOT_PERSONAL = {
    "agreements.message_id": OURS,
    "answers.high": "no longer written",
    "answers.low": "no longer written",
    "answers.slot": OURS,
    "api_tokens.name": CHOSEN,
    "api_tokens.scopes": OURS,
    "attempts.subject": FOUND,
    "audit.act": OURS,
    "audit.chain": "a hash",
    "audit.address": "the consultant's; the log can't be changed",
    "audit.detail": "ids and numbers",
    "chats.address": FOUND,
    "chats.silence": OURS,
    "checkins.action": OURS,
    "checkins.value": "a number, which can't be sealed",
    "checkins.week": COUNT,
    "client_tokens.token": "a keyed hash",
    "clients.actions": SORTED,
    "clients.answered": COUNT,
    "clients.areas": SORTED,
    "clients.asking": OURS,
    "clients.danger": SORTED,
    "clients.observed": SORTED,
    "clients.plan_version": COUNT,
    "clients.runway": SORTED,
    "clients.sector": SORTED,
    "clients.sent_version": COUNT,
    "clients.severity": SORTED,
    "clients.status": OURS,
    "clients.worst_area": OURS,
    "consultants.email": FOUND,
    "consultants.password": "a hash",
    "consultants.secret_step": COUNT,
    "deliveries.attempts": COUNT,
    "deliveries.event": OURS,
    "deliveries.payload": "ids and numbers",
    "deliveries.status": "what an address answered",
    "events.position": COUNT,
    "events.turn": COUNT,
    "hooks.events": OURS,
    "interviews.reminded": COUNT,
    "interviews.turns": COUNT,
    "messages.external": "a number of the channel's",
    "messages.question": OURS,
    "misreadings.label": OURS,
    "misreadings.question": OURS,
    "outbox.attempts": COUNT,
    "plans.version": COUNT,
    "practices.name": CHOSEN,
    "saved_filters.name": CHOSEN,
    "sessions.factors": COUNT,
    "updates.address": FOUND,
    "updates.attempts": COUNT,
}
"""Columns that hold something, and why they aren't sealed."""
NAMED = {
    *("id", "language", "kind", "state", "direction", "cause", "reason", "bot", "update_id"),
    *("digest", "role", "version"),
}
"""Columns that hold ids and words of ours, whatever their table."""


def columns() -> Iterator[tuple[str, Any]]:
    for table in metadata.sorted_tables:
        for column in table.c:
            yield f"{table.name}.{column.name}", column


@pytest.mark.parametrize(("place", "column"), list(columns()))
def test_every_column_is_sealed_or_it_is_said_why_not(place: str, column: Any) -> None:
    if isinstance(column.type, Personal):
        assert column.type.place == place
        return
    harmless = isinstance(column.type, sqltypes.Boolean)
    time = type(column.type).__name__ == "Moment"
    mere_id = column.name in NAMED or column.primary_key or column.name.endswith("_id")
    assert harmless or time or mere_id or place in NOT_PERSONAL


def test_reasons_are_given_for_columns_that_are_there() -> None:
    assert NOT_PERSONAL.keys() <= {place for place, _ in columns()}


async def fill(unit: Unit, at: At, number: int = 1) -> str:
    """A chat with the secret in every personal column."""
    chat = await unit.chat(f"telegram:7:{number}", at(0))
    interview = await unit.start_interview(chat.id, at(0))
    said = await unit.add_message(
        chat.id, interview.id, "in", SECRET, SECRET, "business_name", None, at(1)
    )
    answer = Answer("business_name", AnswerState.KNOWN, SECRET, 1.25, 2.5, message=said)
    events = [happened.InterviewStarted("en"), happened.AnswerAccepted(answer, "asked")]
    await unit.save_turn(interview, replay(interview.state, events), events, said, at(1))
    await unit.add_plan(interview.id, "asked", {"name": SECRET, "actions": []}, at(2))
    await unit.add_word(interview.id, 1, PersonalWord(SECRET, SECRET, SECRET, at(3).isoformat()))
    queued = await unit.queue(chat.id, {"type": "say", "text": SECRET}, at(2))
    await unit.mark_failed(queued, SECRET, False, at(2))
    await unit.receive_update("7", number, {"text": SECRET}, at(0), chat.address)
    await unit.fail_update("7", number, SECRET, True, at(1))
    kept = Misreading(said, "undone", "he", None, SECRET, {"act": SECRET}, {"s": SECRET}, at(1))
    await unit.keep_misreading(chat.id, kept)
    await fill_practice(unit, chat.id, interview.id, at)
    return chat.id


async def fill_practice(unit: Unit, chat_id: str, interview_id: str, at: At) -> None:
    """A practice with the secret in every personal column."""
    made = await unit.accounts.add_practice("One", at(0))
    practice = unit.practice(made.id)
    lead = await unit.accounts.add_consultant(
        made.id, f"{made.id}@x.example", SECRET, "lead", "he", "hash", at(0)
    )
    assert lead is not None
    await unit.accounts.set_secret(lead, SECRET)
    await unit.sessions.start(lead, f"digest {lead}", 2, at(0), at(60), SECRET, SECRET)
    await practice.invite_colleague(f"colleague {lead}", SECRET, "lead", at(0), 30)
    await practice.invite_owner(f"waiting {lead}", lead, SECRET, at(0), 30)
    await practice.invite_owner(f"owner {lead}", lead, SECRET, at(0), 30)
    invitation = await unit.invitations.by_digest(f"owner {lead}")
    assert invitation is not None
    await unit.tie(chat_id, invitation, at(1))
    line = Summary(SECRET, "restaurant", 70, "churn", 21, 90, 12)
    await unit.note_client(chat_id, interview_id, line, "he", at(2))
    await unit.note_tokens(chat_id, {f"w:{SECRET}"})
    await practice.add_note(chat_id, lead, SECRET, at(3))
    await practice.save_filter(lead, "Mine", {"q": SECRET}, at(3))
    await practice.add_hook(SECRET, SECRET, ["plan.sent"], at(3))


def stored_words(connection: Connection) -> dict[str, list[Any]]:
    """What stands in each column that isn't empty, as the database gives it to anybody."""
    found: dict[str, list[Any]] = {}
    for table in metadata.sorted_tables:
        for row in connection.execute(text(f"SELECT * FROM {table.name}")).mappings():
            for name, value in row.items():
                if value is not None:
                    found.setdefault(f"{table.name}.{name}", []).append(value)
    return found


def telling(found: dict[str, list[Any]]) -> set[str]:
    """Columns that hold the secret."""
    return {
        place
        for place, values in found.items()
        if any(SECRET in json.dumps(value, ensure_ascii=False, default=str) for value in values)
        or any(SECRET in str(value).encode().decode("unicode_escape") for value in values)
        or any("\\u05e9\\u05e8\\u05d4" in str(value) for value in values)
    }


async def opened(url: str, *keys: str) -> Store:
    store = await Store.open(url, keys=Keys.read(",".join(keys)))
    try:
        await store.migrate()
    except BaseException:
        await store.close()
        raise
    return store


async def everything(store: Store) -> dict[str, list[Any]]:
    async with store.engine.connect() as connection:
        return {
            name: [
                tuple(row)
                for row in await connection.execute(table.select().order_by(*table.primary_key))
            ]
            for name, table in metadata.tables.items()
            if table is not sealing_keys
        }


async def words_of(store: Store) -> dict[str, list[Any]]:
    async with store.engine.connect() as connection:
        return await connection.run_sync(stored_words)


def personal() -> set[str]:
    return {place for place, column in columns() if isinstance(column.type, Personal)}


async def test_every_personal_column_is_sealed(database: str, at: At) -> None:
    plain = await opened(database)
    async with plain.unit() as unit:
        await fill(unit, at)
    found = await words_of(plain)
    known = telling(found) | {"answers.bounds", "invitations.email"}  # in small letters
    assert known >= personal(), "the test fills every column"
    assert "answers.bounds" in found
    await plain.close()
    store = await opened(database, NEW)
    async with store.unit() as unit:
        chat = await fill(unit, at, 2)
        assert [m["text"] for m in (await unit.export(chat))["transcript"]] == [SECRET]
        (asked,) = await unit.recent(chat, ("say",), 5)
        assert asked.payload == {"type": "say", "text": SECRET}
    sealed = {place: values[-1:] for place, values in (await words_of(store)).items()}
    assert telling(sealed) == set()
    await store.close()


async def test_plain_rows_are_read_and_then_encrypted(database: str, at: At) -> None:
    plain = await opened(database)
    async with plain.unit() as unit:
        for number in range(60):  # more events than one batch
            await fill(unit, at, number)
    before = await everything(plain)
    await plain.close()
    store = await opened(database, OLD)
    assert await everything(store) == before
    first = await reseal(store)
    assert first.rows >= 60 * 14
    assert telling(await words_of(store)) == {"client_tokens.token"}, "made anew, not sealed"
    assert await everything(store) == before
    assert (await reseal(store)).rows == 0, "nothing is done twice"
    await store.close()
    rotated = await opened(database, NEW, OLD)
    assert (await reseal(rotated)).keys_done == (*Keys.read(OLD).keys,)
    await rotated.close()
    newest = await opened(database, NEW)
    assert await everything(newest) == before
    await newest.close()


async def test_numbers_of_older_rows_move_to_where_they_can_be_sealed(
    database: str, at: At
) -> None:
    store = await opened(database, NEW)
    async with store.unit() as unit:
        await fill(unit, at)
        await unit.connection.execute(text("UPDATE answers SET bounds = NULL, low = 3, high = 4"))
    await reseal(store)
    found = await words_of(store)
    assert not {"answers.low", "answers.high"} & found.keys()
    (answer,) = (await everything(store))["answers"]
    assert [3, 4] in answer
    await store.close()


async def test_it_goes_on_while_others_write(database: str, at: At) -> None:
    """A row that a turn holds is left until the turn is over."""
    plain = await opened(database)
    async with plain.unit() as unit:
        chats = [await fill(unit, at, number) for number in range(3)]
    await plain.close()
    store = await opened(database, NEW)
    if "sqlite" in database:  # where everybody takes turns
        assert (await reseal(store)).rows
        await store.close()
        return
    async with store.unit() as unit:
        (held,) = await unit.recent(chats[1], ("say",), 1)
        await unit.annotate(held.id, {"message": 5})
        work = asyncio.create_task(reseal(store))
        await asyncio.sleep(0.5)
        assert not work.done()
    await work
    assert telling(await words_of(store)) == {"client_tokens.token"}
    async with store.unit() as unit:
        (held,) = await unit.recent(chats[1], ("say",), 1)
    assert held.payload["notes"] == {"message": 5}
    await store.close()


async def test_a_missing_or_wrong_key_is_told_at_the_start(database: str, at: At) -> None:
    store = await opened(database, OLD)
    async with store.unit() as unit:
        await fill(unit, at)
    await store.close()
    for keys in ((), (NEW,)):
        with pytest.raises(KeyMissingError, match="COMEBACK_ENCRYPTION_KEY"):
            await opened(database, *keys)
    store = await opened(database, NEW, OLD)
    async with store.engine.connect() as connection:
        assert set(await ids_of(connection)) == Keys.read(f"{NEW},{OLD}").keys.keys()
    await store.close()


async def test_without_a_key_nothing_can_be_encrypted(store: Store) -> None:
    with pytest.raises(StoreError, match="comeback db key"):
        await reseal(store)


async def test_an_encrypted_database_moves_as_plain_text_to_other_keys(
    database: str, tmp_path: Path, at: At
) -> None:
    one = await opened(database, OLD)
    async with one.unit() as unit:
        await fill(unit, at)
    lines = [line async for line in dump(one)]
    before = await everything(one)
    await one.close()
    assert any("Levi-Bakery" in line for line in lines)
    two = await opened(f"sqlite:///{tmp_path}/two.db", NEW)
    await load(two, lines)
    assert telling(await words_of(two)) == set()
    assert await everything(two) == before
    await two.close()
