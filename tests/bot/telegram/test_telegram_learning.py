"""The consent to learn from use, on Telegram: a command asks, a button answers."""

from __future__ import annotations

from telegram_peer import TOKEN, Phone, Server
from telegram_running import clock, running

from advisor.catalog import Catalog
from advisor.store import Store
from bot.conversation import Conversation


async def test_a_command_asks_and_a_button_answers(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone, store: Store
) -> None:
    words = catalog.texts["en"]["replies"]
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        question = (await phone.prompt()).question
        await phone.say("/learn")
        asked = await phone.prompt()
        assert asked.options == ["/learn:yes", "/learn:no"]
        assert words["consent_asked"] in asked.text
        await phone.press(asked, "/learn:yes")
        after = await phone.prompt()
        assert after.question == question
        assert words["consent_given"] in after.text
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        assert (await unit.consent(chat.id)).given is True
