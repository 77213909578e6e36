"""Whole interviews over a real Bot API server, up to the plan."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from telegram_owner import Answering, by_button, by_typing, interviewed
from telegram_peer import TOKEN, Message, Phone, Server, version_of
from telegram_running import running

from advisor.catalog import Catalog
from advisor.render.direction import first_strong
from bot.conversation import Conversation
from bot.telegram.keyboard import TICK
from bot.telegram.layout import view_of


@pytest.mark.parametrize(("language", "answer"), [("he", by_button), ("en", by_typing)])
async def test_an_owner_gets_a_plan(
    server: Server, talk: Conversation, catalog: Catalog, language: str, answer: Answering
) -> None:
    phone = Phone(server, code=language)
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        asked = await interviewed(phone, catalog, answer)
        page = await phone.until(lambda screen: [m for m in screen if m.file.endswith(".pdf")])
        await phone.until(lambda screen: len([m for m in screen if version_of(m)]) == 1)
    core = {slot.id for slot in catalog.core()}
    assert len(core & set(asked)) >= 10
    assert page[0].file.startswith("plan-")
    document = PdfReader(BytesIO(server.made("sendDocument")[0].files[page[0].file]))
    assert str(document.root_object["/Lang"]).startswith(language)
    [photo] = server.made("sendPhoto")
    assert next(iter(photo.files.values())).startswith(b"\x89PNG")
    summary = next(n for n, m in enumerate(phone.screen) if title(document) in m.text)
    assert phone.screen[summary + 1].id == photo.result["message_id"]
    assert all(request["status"] == 200 for request in server.requests)
    first = next(m for m in phone.screen if any("/action:" in data for _, data in m.buttons))
    words = catalog.texts[language]["replies"]
    assert first.text == words["plan_details"]
    assert any(words["plan_ready"] in text for text in phone.texts)
    away = {"he": "L", "en": "R"}[language]
    lines = [line for text in phone.texts for line in text.splitlines()]
    assert not [line for line in lines if first_strong(line) == away]


def title(document: PdfReader) -> str:
    """The title of a plan."""
    assert document.metadata is not None
    return str(document.metadata.title)


async def test_each_action_of_the_plan_opens(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        await interviewed(phone, catalog, by_button)
        details = await actions_shown(phone)
        rest = await answered(phone, details, "/part:actions")
        opened = [o for message in (details, rest) for o in message.options if "/action:" in o]
        for option in opened:
            shown = details if option in details.options else rest
            name = catalog.action_text("he", option.removeprefix("/action:"))["name"]
            assert name in (await answered(phone, shown, option)).text
    async with talk.store.unit() as unit:
        view = view_of(catalog, "he", await unit.plan(details.buttons[0][1].split("|")[0]))
    assert [f"/action:{action.id}" for action in view.actions] == opened
    assert all(request["status"] == 200 for request in server.requests)


async def actions_shown(phone: Phone) -> Message:
    """The message with the buttons of a plan."""
    return next(m for m in phone.screen if any("/action:" in d for _, d in m.buttons))


async def answered(phone: Phone, message: Message, option: str) -> Message:
    """What comes after a press."""
    before = len(phone.screen)
    await phone.press(message, option)
    came: list[Message] = await phone.until(lambda screen: screen[before:])
    return came[0]


@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_plan_is_five_messages_and_the_first_fits_a_screen(
    server: Server, talk: Conversation, catalog: Catalog, language: str
) -> None:
    phone = Phone(server, code=language)
    words = catalog.texts[language]["replies"]
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        await interviewed(phone, catalog, by_button)
        came = phone.screen
        start = next(n for n, m in enumerate(came) if words["plan_ready"] in m.text)
        details = await actions_shown(phone)
        for option in details.options:
            if option.startswith("/part:"):
                assert (await answered(phone, details, option)).text
    assert len(came) - start == 5
    headings = catalog.texts[language]["plan"]["headings"]
    first = came[start].text
    assert headings["insights"] in first
    assert headings["start"] in first
    assert len(first.splitlines()) <= 14
    assert len(details.rows) <= 10


async def test_progress_stands_below_the_question(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        asked = await phone.prompt()
    question = catalog.question("en", asked.question)["ask"]
    assert asked.html.startswith(f"<b>{question}</b>\n\n<i>Question 1 of ")


def ticks(screen: list[Message], message: int) -> int:
    """How many buttons of a message are ticked."""
    labels = [label for shown in screen if shown.id == message for label, _ in shown.buttons]
    return sum(label.startswith(TICK) for label in labels)


async def test_ticks_change_the_message_they_are_made_on(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    async def patient(phone: Phone, catalog: Catalog, message: Message) -> None:
        slot = catalog.slots.get(message.question)
        if slot is None or slot.kind.value != "choices" or "/done" in message.options:
            await by_button(phone, catalog, message)
            return
        sent = len(server.made("sendMessage"))
        first, second = (option for option in slot.options[:2])
        await phone.press(message, first)
        await phone.press(message, second)
        await phone.until(lambda screen: ticks(screen, message.id) == 2)
        assert len(server.made("sendMessage")) == sent

    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await interviewed(phone, catalog, patient)
    assert server.made("editMessageText")
