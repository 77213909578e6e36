"""A practice's link ties the chat to it, and the owner is told who sees the answers."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram_peer import TOKEN, Phone, Server
from telegram_running import running

from advisor.store import Store
from advisor.store.practice.tokens import digest
from bot.conversation import Conversation

LINK = "AbcDEF-123_xyzAbcDEF-123_xyz0000"


async def invite(store: Store, at: datetime) -> str:
    async with store.unit() as unit:
        made = await unit.accounts.add_practice("Second Wind", at)
        lead = await unit.accounts.add_consultant(made.id, "d@x", "D", "lead", "he", "x", at)
        assert lead is not None
        await unit.practice(made.id).invite_owner(digest(LINK), lead, "The baker", at, 7)
    return made.id


async def test_a_link_ties_the_chat_to_the_practice(
    server: Server, talk: Conversation, store: Store
) -> None:
    at = datetime.now(UTC)
    practice_id = await invite(store, at)
    phone, stranger = Phone(server, code="en"), Phone(server, chat=99, code="en")
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {LINK}")
        await phone.until(lambda screen: [m for m in screen if "Second Wind" in m.text])
        await phone.press(await phone.prompt(), "/language:en")
        await phone.until(lambda screen: [m for m in screen if "at Second Wind" in m.text])
        await stranger.say(f"/start {LINK}")
        await stranger.until(lambda screen: [m for m in screen if "no longer good" in m.text])
    async with store.unit() as unit:
        practice = unit.practice(practice_id)
        assert (await practice.counts(at))["all"] == 1
        assert await practice.open_invitations(at) == []
        [entry] = await practice.entries()
        assert entry.act == "owner_joined"
