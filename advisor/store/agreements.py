"""What owners were told of what is kept, and that they went on, in a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from advisor.store.base import Part
from advisor.store.records import Agreement
from advisor.store.tables import agreements


class Agreements(Part):
    """One row for each wording that a chat was shown; it stays when a newer one comes."""

    async def agreement(self, chat_id: str, version: str) -> Agreement | None:
        """Whether a wording was shown in a chat, and agreed to by going on; the last
        one is not asked for again where it is known."""
        if chat_id in self.agreed:
            last = self.agreed[chat_id]
            if last is None or last.version == version:
                return last
        columns = agreements.c
        wanted = (
            select(columns.version, columns.shown_at, columns.agreed_at, columns.message_id)
        ).where(columns.chat_id == chat_id, columns.version == version)
        found = await self.connection.execute(wanted, about=[agreements])
        row = found.one_or_none()
        return Agreement(*row) if row is not None else None

    async def note_shown(self, chat_id: str, version: str, at: datetime) -> None:
        """The owner was shown a wording; the first time counts."""
        self.agreed.pop(chat_id, None)
        await self.insert_unless_there(agreements, chat_id=chat_id, version=version, shown_at=at)

    async def note_agreed(
        self, chat_id: str, version: str, message_id: str | None, at: datetime
    ) -> None:
        """The owner went on after that, with this message."""
        self.agreed.pop(chat_id, None)
        columns = agreements.c
        await self.connection.execute(
            update(agreements)
            .where(columns.chat_id == chat_id, columns.version == version)
            .where(columns.agreed_at.is_(None))
            .values(agreed_at=at, message_id=message_id)
        )
