"""How long the queues are, in a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from advisor.store.base import Part
from advisor.store.outbox import is_fault
from advisor.store.records import Queue
from advisor.store.tables import outbox, updates


class Queues(Part):
    """What waits, and what was given up; not what an owner who blocked us didn't want."""

    async def queues(self) -> dict[str, Queue]:
        """By name: `updates` on their way in, `messages` on their way out."""
        return {
            "updates": await self.queue_of(
                updates.c.received_at,
                updates.c.done_at.is_(None) & updates.c.dead_at.is_(None),
                updates.c.dead_at.is_not(None),
            ),
            "messages": await self.queue_of(
                outbox.c.created_at,
                outbox.c.sent_at.is_(None) & outbox.c.dead_at.is_(None),
                outbox.c.dead_at.is_not(None) & is_fault(),
            ),
        }

    async def queue_of(
        self,
        since: ColumnElement[datetime],
        waits: ColumnElement[bool],
        dead: ColumnElement[bool],
    ) -> Queue:
        """One of them."""
        number = select(func.count(), func.min(since)).where(waits)
        length, oldest = (await self.connection.execute(number)).one()
        given_up = select(func.count()).where(dead)
        return Queue(length, oldest, (await self.connection.execute(given_up)).scalar_one())
