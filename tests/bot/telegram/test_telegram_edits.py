"""Edits of messages that were sent before, and what an owner says before anything was asked."""

from __future__ import annotations

from typing import Any

import pytest
from talking import FakeReader
from telegram_peer import TOKEN, Message, Phone, Server
from telegram_running import clock, running

from advisor.catalog import Catalog
from advisor.interview import Interview
from advisor.store import Store, StoredMessage
from bot.conversation import Conversation


async def kept(store: Store, phone: Phone) -> tuple[Interview, list[StoredMessage]]:
    """The owner's interview, and what they sent."""
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        interview = await unit.open_interview(chat.id)
        assert interview is not None
        said = await unit.transcript(interview.id)
    return interview.state, [message for message in said if message.direction == "in"]


async def until(phone: Phone, slot: str) -> Message:
    """Skip up to a question."""
    for _ in range(30):
        asked = await phone.prompt()
        if asked.question == slot:
            return asked
        await phone.press(asked, "/skip")
    raise AssertionError(f"{slot} is never asked")


async def edit(phone: Phone, message: dict[str, Any], text: str) -> None:
    await phone.send(edited_message=message["message"] | {"text": text, "edit_date": 2})


WORDS = {"he": ("קפה אלמא", "קפה אלמה"), "en": ("Alma Cafee", "Alma Cafe")}


@pytest.mark.parametrize("language", ["he", "en"])
async def test_an_edit_corrects_what_the_message_answered(
    server: Server, talk: Conversation, catalog: Catalog, store: Store, language: str
) -> None:
    phone = Phone(server, code=language)
    wrong, right = WORDS[language]
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        await until(phone, "business_name")
        _, sent = await phone.say(wrong)
        standing = await phone.prompt()
        await edit(phone, sent, right)
        after = await phone.prompt()
        await edit(phone, sent, right)
        again = await phone.prompt()
    state, said = await kept(store, phone)
    words = catalog.texts[language]["replies"]
    assert state.answers["business_name"].value == right
    assert standing.question == after.question == again.question == state.current
    corrected = words["corrected"].partition(".")[0]
    assert after.text.startswith(corrected)
    assert right in after.text
    assert words["edit_same"] in again.text
    assert [message.text for message in said] == [wrong, right, right]
    assert len({message.external for message in said}) == 1


async def test_numbers_are_read_for_their_own_question_however_late(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    """What depends on the answer is asked anew; what doesn't stays."""
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await until(phone, "employees")
        _, sent = await phone.say("4")
        await phone.press(await phone.prompt(), "/skip")
        standing = await phone.prompt()
        await edit(phone, sent, "14")
        after = await phone.prompt()
        before, _ = await kept(store, phone)
        await edit(phone, sent, "purple elephants")
        kindly = await phone.prompt()
    state, _ = await kept(store, phone)
    assert before.answers["employees"].value == 14
    assert state.answers["employees"].value == 14
    assert state.misses == 0
    assert standing.question == after.question == kindly.question
    assert "14" in kindly.text


async def test_an_edit_of_what_answered_nothing_counts_as_new_unless_it_comes_late(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone, store: Store
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await until(phone, "employees")
        _, sent = await phone.say("purple elephants")
        await phone.prompt()
        await edit(phone, sent, "14")
        after = await phone.prompt()
        assert after.question != "employees"
        _, late = await phone.say("purple elephants")
        standing = await phone.prompt()
        await phone.press(standing, "/skip")
        standing = await phone.prompt()
        await edit(phone, late, "20")
        told = await phone.prompt()
    state, _ = await kept(store, phone)
    assert state.answers["employees"].value == 14
    assert told.question == standing.question
    assert catalog.texts["en"]["replies"]["edit_late"] in told.text


async def test_commands_and_edits_of_them_are_carried_out_once(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        _, sent = await phone.say("/skip")
        await phone.prompt()
        await edit(phone, sent, "/skip now")
        await edit(phone, sent, "Alma")
        await phone.say("/help")
        await phone.prompt()
    state, said = await kept(store, phone)
    assert list(state.answers) == ["business_name"]
    assert [message.option for message in said] == ["/skip", "/help"]


async def test_a_message_that_we_never_got_is_read_when_it_is_edited(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        await phone.send(edited_message=phone.message(text="Alma", edit_date=2))
        await phone.prompt()
    state, _ = await kept(store, phone)
    assert state.answers["business_name"].value == "Alma"


async def test_an_edit_that_comes_twice_corrects_once(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        _, sent = await phone.say("Almaa")
        await phone.prompt()
        changed = {"edited_message": sent["message"] | {"text": "Alma", "edit_date": 2}}
        number, _ = await phone.send(**changed)
        await phone.prompt()
        await server.redeliver(number, changed)
        await phone.say("/help")
        await phone.prompt()
    _, said = await kept(store, phone)
    assert [message.text for message in said].count("Alma") == 1


async def test_what_an_owner_begins_with_is_kept(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone, store: Store
) -> None:
    """Read as an answer to nothing: no greeting becomes the name of a business."""
    talk.reader = FakeReader(catalog)
    async with running(talk, TOKEN, server.root):
        await phone.say("employees=3, sector=beauty")
        asked = await phone.prompt()
    state, said = await kept(store, phone)
    assert {slot: answer.value for slot, answer in state.answers.items()} == {
        "employees": 3,
        "sector": "beauty",
    }
    assert {answer.message for answer in state.answers.values()} == {said[0].id}
    assert asked.question == state.current == "business_name"
    assert {"/undo:employees", "/undo:sector"} <= set(asked.options)


async def test_a_bare_hello_begins_as_ever(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("Hello there")
        asked = await phone.prompt()
    state, said = await kept(store, phone)
    assert (state.answers, asked.question) == ({}, "business_name")
    assert [message.text for message in said] == ["Hello there"]
