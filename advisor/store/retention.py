"""Chats of which nothing was heard for long, and what was sent long ago, in a unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from advisor.followup.retention import Limits, Silent
from advisor.store.base import Part
from advisor.store.outbox import of_prefix
from advisor.store.tables import chats, messages, outbox

PASSING = ("ask", "wait", "say", "export")
"""What is sent and done with. A plan tells which one its owner saw last, a consultant's word what
a reply to it is about: they stay."""
ASKING = ("ask", "wait")
KEPT = 4
"""The newest questions of a chat stay: an answer to them may come at any time."""


class Retention(Part):
    """Finds what is old enough to be deleted."""

    async def idle_chats(self, prefix: str, limits: Limits, most: int) -> list[str]:
        """Addresses that begin with `prefix` of chats to warn or to forget by now, longest silent
        first; and of those that an older program made, where it isn't known."""
        columns = chats.c
        found = await self.connection.execute(
            select(columns.address)
            .where(
                of_prefix(prefix),
                or_(columns.heard_at <= limits.warn, columns.heard_at.is_(None)),
                or_(
                    columns.heard_at.is_(None),
                    and_(columns.warned_at.is_(None), columns.stopped_at.is_(None)),
                    and_(columns.heard_at <= limits.forget, may_go(limits)),
                ),
            )
            .order_by(columns.heard_at)
            .limit(most)
        )
        return list(found.scalars())

    async def silent(self, chat_id: str) -> Silent:
        """What decides over a chat, from its transcript rather than from what was noted of it."""
        columns = chats.c
        spoke = (
            select(func.max(messages.c.at))
            .where(messages.c.chat_id == chat_id, messages.c.direction == "in")
            .scalar_subquery()
        )
        found = await self.connection.execute(
            select(
                func.coalesce(spoke, columns.created_at), columns.stopped_at, columns.warned_at
            ).where(columns.id == chat_id)
        )
        heard, stopped, warned = found.one()
        if warned is None or warned < heard:
            return Silent(heard, stopped is not None, None, False)
        waits, arrived = await self.warning(chat_id, warned)
        return Silent(heard, stopped is not None, arrived or warned, waits)

    async def warning(self, chat_id: str, warned: datetime) -> tuple[bool, datetime | None]:
        """Whether a warning still waits to be sent, and when it arrived."""
        columns = outbox.c
        found = await self.connection.execute(
            select(columns.sent_at, columns.dead_at)
            .where(columns.chat_id == chat_id, columns.created_at >= warned)
            .order_by(columns.id)
            .limit(1)
        )
        row = found.first()
        if row is None:
            return False, None
        return row.sent_at is None and row.dead_at is None, row.sent_at

    async def note_heard(self, chat_id: str, at: datetime) -> None:
        """The owner wrote: what was said about deleting no longer holds."""
        self.known.clear()
        await self.set_heard(chat_id, heard_at=at, warned_at=None)

    async def note_warned(self, chat_id: str, at: datetime) -> None:
        """The owner is told that this chat will be deleted."""
        await self.set_heard(chat_id, warned_at=at)

    async def set_heard(self, chat_id: str, **values: Any) -> None:
        """Note when an owner was heard, or warned."""
        await self.connection.execute(update(chats).where(chats.c.id == chat_id).values(**values))

    async def drop_sent(self, before: datetime) -> None:
        """Let go of replies that were done with before then; the transcript has their words."""
        newer = outbox.alias()
        oldest_kept = (
            select(newer.c.id)
            .where(newer.c.chat_id == outbox.c.chat_id, newer.c.kind.in_(ASKING))
            .order_by(newer.c.id.desc())
            .offset(KEPT - 1)
            .limit(1)
            .scalar_subquery()
        )
        columns = outbox.c
        await self.connection.execute(
            delete(outbox).where(
                columns.created_at < before,
                or_(columns.sent_at < before, columns.dead_at < before),
                columns.kind.in_(PASSING),
                or_(columns.kind.not_in(ASKING), columns.id < oldest_kept),
            )
        )


def may_go(limits: Limits) -> ColumnElement[bool]:
    """Chats whose owners were warned long enough ago, or can't be."""
    return or_(chats.c.stopped_at.is_not(None), chats.c.warned_at <= limits.warned)
