"""What owners were told of what is kept, and that they went on, in a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update

from advisor.store.base import Part
from advisor.store.records import Agreement
from advisor.store.tables import agreements

SHOWN = select(
    agreements.c.version, agreements.c.shown_at, agreements.c.agreed_at, agreements.c.message_id
).where(agreements.c.chat_id == bindparam("chat"), agreements.c.version == bindparam("wording"))
"""For every turn, and so made once."""


class Agreements(Part):
    """One row for each wording that a chat was shown; it stays when a newer one comes."""

    async def agreement(self, chat_id: str, version: str) -> Agreement | None:
        """Whether a wording was shown in a chat, and agreed to by going on."""
        sought = {"chat": chat_id, "wording": version}
        found = await self.connection.execute(SHOWN, sought, about=[agreements])
        row = found.one_or_none()
        return Agreement(*row) if row is not None else None

    async def note_shown(self, chat_id: str, version: str, at: datetime) -> None:
        """The owner was shown a wording; the first time counts."""
        await self.insert_unless_there(agreements, chat_id=chat_id, version=version, shown_at=at)

    async def note_agreed(
        self, chat_id: str, version: str, message_id: str | None, at: datetime
    ) -> None:
        """The owner went on after that, with this message."""
        columns = agreements.c
        await self.connection.execute(
            update(agreements)
            .where(columns.chat_id == chat_id, columns.version == version)
            .where(columns.agreed_at.is_(None))
            .values(agreed_at=at, message_id=message_id)
        )
