"""What owners see without asking: reminders, check-ins, and signs that something takes long."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from talking import FakeReader
from telegram_owner import by_button, interviewed
from telegram_peer import TOKEN, Message, Phone, Server
from telegram_running import running

from advisor.catalog import Catalog
from advisor.interview import Reading
from bot.conversation import Conversation
from bot.telegram.keyboard import TICK

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Slow(FakeReader):
    """Takes a while over words."""

    async def read(self, text: str, question: str | None) -> Reading:
        await asyncio.sleep(0.3)
        return await super().read(text, question)


class Time:
    """A clock that a test sets."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


async def shown(phone: Phone, option: str) -> Message:
    """The last message with a button, once it is there."""
    found: list[Message] = await phone.until(
        lambda screen: [m for m in screen if option in m.options]
    )
    return found[-1]


@pytest.fixture
def clock(talk: Conversation) -> Time:
    clock = Time()
    talk.clock = talk.documents.clock = clock
    return clock


@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_reminder_leads_back_with_one_tap(
    server: Server, talk: Conversation, catalog: Catalog, clock: Time, language: str
) -> None:
    phone = Phone(server, code=language)
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        await phone.press(await phone.prompt(), "/skip")
        asked = await phone.prompt()
        clock.now += timedelta(days=1, minutes=1)
        reminder = await shown(phone, "/resume")
        assert reminder.options in (["/resume", "/later", "/mute"], ["/later", "/resume", "/mute"])
        before = len(phone.screen)
        await phone.press(reminder, "/resume")
        again = await phone.until(lambda screen: screen[before:])
    assert again[0].question == asked.question
    assert again[0].options == asked.options
    assert catalog.question(language, "sector")["ask"] in again[0].text
    assert not next(m for m in phone.screen if m.id == asked.id).buttons, "only one set of buttons"


@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_week_of_a_plan_on_the_phone(
    server: Server, talk: Conversation, catalog: Catalog, clock: Time, language: str
) -> None:
    phone = Phone(server, code=language)
    going = catalog.texts[language]["followups"]["going"]
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        await interviewed(phone, catalog, by_button)
        clock.now += timedelta(days=7, minutes=1)
        asked = await shown(phone, "/did:done")
        assert {label for label, _ in asked.buttons} >= set(going.values())
        await phone.press(asked, "/did:done")
        await phone.until(lambda screen: screen[-1].options == ["/skip"])
        await phone.say("12")
        while "/plan" not in (message := await phone.prompt()).options:
            if "/did:dropped" in message.options:
                await phone.press(message, "/did:dropped")
        before = len(phone.screen)
        await phone.press(message, "/plan")
        plan = await phone.until(
            lambda screen: [m for m in screen[before:] if any("/action:" in o for o in m.options)]
        )
    assert [label for label, _ in plan[0].buttons if label.startswith(TICK)]
    assert all(request["status"] == 200 for request in server.requests)


async def test_a_turn_that_takes_long_shows_that_we_are_typing(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    talk.reader = Slow(catalog)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("Corner Bakery")
        await phone.prompt()
    assert {call.fields["action"] for call in server.made("sendChatAction")} == {"typing"}


async def test_files_on_their_way_are_seen(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await interviewed(phone, catalog, by_button)
    acts = [call.fields["action"] for call in server.made("sendChatAction")]
    assert {"upload_photo", "upload_document"} <= set(acts)


async def test_a_group_that_becomes_a_supergroup_changes_nothing(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    group = {"chat": {"id": -100, "type": "group", "title": "Owners"}}
    bigger = {"chat": {"id": -1001, "type": "supergroup", "title": "Owners"}}
    async with running(talk, TOKEN, server.root):
        await phone.send(message=phone.message(migrate_to_chat_id=-1001, **group))
        await phone.send(message=phone.message(migrate_from_chat_id=-100, **bigger))
        await phone.say("/start en")
        await phone.prompt()
    assert {call.fields["chat_id"] for call in server.made("sendMessage")} == {str(phone.chat)}
