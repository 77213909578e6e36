"""What a channel received, in a unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from advisor.store.base import Part
from advisor.store.records import StoredUpdate
from advisor.store.tables import updates


class Updates(Part):
    """Updates from their arrival until their turn is saved. A finished one leaves its id behind,
    to know it when it comes again, and nothing that was in it: the transcript has that."""

    async def receive_update(
        self,
        bot: str,
        update_id: int,
        payload: dict[str, Any],
        at: datetime,
        address: str | None = None,
    ) -> bool:
        """Take an update in; False where it was there already. `address` is its chat's, so that a
        dead one can be found when its owner is forgotten."""
        return await self.insert_unless_there(
            updates,
            bot=bot,
            update_id=update_id,
            address=address,
            payload=payload,
            received_at=at,
            attempts=0,
        )

    async def unfinished_updates(self, bot: str) -> list[StoredUpdate]:
        """What is still to be dealt with, in the order of arrival."""
        columns = updates.c
        found = await self.connection.execute(
            select(
                columns.bot,
                columns.update_id,
                columns.payload,
                columns.attempts,
                columns.address,
                columns.failed_at,
            )
            .where(columns.bot == bot, columns.done_at.is_(None), columns.dead_at.is_(None))
            .order_by(columns.received_at, columns.update_id)
        )
        return [StoredUpdate(*row) for row in found]

    async def claim_update(self, bot: str, update_id: int) -> bool:
        """Take an unfinished update for this unit alone; False where it is finished or dead, or
        where another unit is at it. Also tells a turn that was saved although nobody heard so."""
        columns = updates.c
        found = await self.connection.execute(
            select(columns.update_id)
            .where(this(bot, update_id), columns.done_at.is_(None), columns.dead_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        return found.first() is not None

    async def finish_update(self, bot: str, update_id: int, at: datetime) -> None:
        """Its turn is saved, in this very transaction."""
        await self.connection.execute(
            update(updates)
            .where(this(bot, update_id))
            .values(done_at=at, payload=None, address=None, error=None)
        )

    async def fail_update(
        self, bot: str, update_id: int, error: str, dead: bool, at: datetime
    ) -> None:
        """Its turn failed; `dead` gives it up and keeps it for the operator."""
        await self.connection.execute(
            update(updates)
            .where(this(bot, update_id))
            .values(
                attempts=updates.c.attempts + 1,
                failed_at=at,
                dead_at=at if dead else None,
                error=error,
            )
        )

    async def drop_updates(self, before: datetime) -> None:
        """Let go of the ids of finished updates that arrived before then: Telegram sends nothing
        again after a day, and after a quiet week it numbers anew, perhaps with these."""
        done = updates.c.done_at.is_not(None)
        await self.connection.execute(delete(updates).where(updates.c.received_at < before, done))


def this(bot: str, update_id: int) -> ColumnElement[bool]:
    """The row of one update."""
    return and_(updates.c.bot == bot, updates.c.update_id == update_id)
