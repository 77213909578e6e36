"""Chats, in a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from advisor.store.base import Part
from advisor.store.records import Silence, StoredChat
from advisor.store.tables import chats

COLUMNS = (
    chats.c.id,
    chats.c.address,
    chats.c.language,
    chats.c.stopped_at,
    chats.c.silence,
    chats.c.heard_at,
    chats.c.warned_at,
)
"""In the order of StoredChat."""


class Chats(Part):
    """One row for each owner's chat; its lock is what keeps two turns of a chat apart."""

    async def chat(self, address: str, at: datetime) -> StoredChat:
        """The chat at an address, made if absent and locked until the unit ends; in a unit that
        has it already it is not asked for again."""
        if address in self.known:
            return self.known[address]
        wanted = (
            select(*COLUMNS)
            .where(chats.c.address == address)
            # not against foreign keys: a sender that marks a reply would wait for the turn
            .with_for_update(key_share=True)
        )
        while (row := (await self.connection.execute(wanted)).one_or_none()) is None:
            # Another unit may be making it, too: whoever comes second waits here for the first, and
            # looks again, since a third may have deleted it.
            await self.insert_unless_there(
                chats, id=self.ids(), address=address, created_at=at, heard_at=at
            )
        return self.known.setdefault(address, StoredChat(*row))

    async def hold_chat(self, chat_id: str) -> None:
        """Keep an owner's turns waiting until the unit ends: somebody else changes what they rest
        on. Nothing happens where the chat is gone."""
        await self.connection.execute(
            select(chats.c.id).where(chats.c.id == chat_id).with_for_update()
        )

    async def known_chat(self, address: str) -> StoredChat | None:
        """The chat at an address, locked until the unit ends; None where there is none."""
        found = await self.connection.execute(
            select(*COLUMNS).where(chats.c.address == address).with_for_update(key_share=True)
        )
        row = found.one_or_none()
        return StoredChat(*row) if row is not None else None

    async def set_silence(self, chat_id: str, silence: Silence | None) -> None:
        """Whether we may write first."""
        await self.connection.execute(
            update(chats).where(chats.c.id == chat_id).values(silence=silence)
        )

    async def set_language(self, chat_id: str, language: str) -> None:
        """Remember the language that the owner reads."""
        self.known.clear()
        await self.connection.execute(
            update(chats).where(chats.c.id == chat_id).values(language=language)
        )

    async def set_stopped(self, chat_id: str, at: datetime | None) -> None:
        """Note that the owner wants no messages, or (None) wants them again."""
        self.known.clear()
        await self.connection.execute(
            update(chats).where(chats.c.id == chat_id).values(stopped_at=at)
        )
