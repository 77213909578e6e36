"""An owner's rights, in a unit: to get everything, and to have everything deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, select, update

from advisor.store.base import Part
from advisor.store.practice.chain import append
from advisor.store.practice.tables import clients
from advisor.store.tables import (
    agreements,
    answers,
    chats,
    checkins,
    consents,
    events,
    interviews,
    messages,
    misreadings,
    outbox,
    plan_words,
    plans,
    updates,
)

INTERNAL = frozenset({"chat_id", "interview_id", "number"})
"""Columns that only tie rows together."""


class Owners(Part):
    """Everything about one chat at once."""

    async def export(self, chat_id: str) -> dict[str, Any]:
        """All that is held about a chat, in the types of JSON, with the history of its answers."""
        about = await self.rows(chats, chats.c.id == chat_id)
        return {
            "chat": about[0],
            "interviews": [
                await self.interview(row["id"], row)
                for row in await self.rows(interviews, interviews.c.chat_id == chat_id)
            ],
            "transcript": await self.rows(messages, messages.c.chat_id == chat_id),
            "learning": {
                "consent": await self.rows(consents, consents.c.chat_id == chat_id),
                "kept": await self.rows(misreadings, misreadings.c.chat_id == chat_id),
            },
            "agreements": await self.rows(agreements, agreements.c.chat_id == chat_id),
            "outbox": [
                row | {"payload": without_document(row["payload"])}
                for row in await self.rows(outbox, outbox.c.chat_id == chat_id)
            ],
        }

    async def interview(self, interview_id: str, row: dict[str, Any]) -> dict[str, Any]:
        """An interview with all that belongs to it."""
        return row | {
            table.name: await self.rows(table, table.c.interview_id == interview_id)
            for table in (answers, plans, plan_words, checkins, events)
        }

    async def rows(self, table: Table, where: ColumnElement[bool]) -> list[dict[str, Any]]:
        """Rows of a table as they can be shown, oldest first."""
        order = [table.c[name] for name in ("started_at", "made_at") if name in table.c]
        found = await self.connection.execute(
            select(table).where(where).order_by(*order, *table.primary_key)
        )
        return [shown(row) for row in found]

    async def forget(self, chat_id: str, at: datetime | None = None) -> None:
        """Delete a chat and all that belongs to it, what waits to be sent too. Where a practice
        looks after its owner, the audit log keeps that it was done (`at`), not whose it was.

        Of what its channel received, finished updates hold nothing and dead ones are emptied.
        Those that still wait were sent after the one that asked for this: they begin anew.
        """
        tied = select(clients.c.practice_id).where(clients.c.chat_id == chat_id)
        practice_id = (await self.connection.execute(tied)).scalar_one_or_none()
        address = select(chats.c.address).where(chats.c.id == chat_id).scalar_subquery()
        await self.connection.execute(
            update(updates)
            .where(updates.c.address == address, updates.c.dead_at.is_not(None))
            .values(payload=None, address=None, error=None)
        )
        # The rest goes with it: every other table's rows are owned by a chat or an interview.
        await self.connection.execute(delete(chats).where(chats.c.id == chat_id))
        if at is not None and practice_id is not None:
            await append(self.connection, act="owner_forgotten", practice_id=practice_id, at=at)
        self.forget_known()
        self.forgot = True


def shown(row: Row[Any]) -> dict[str, Any]:
    """A row with its times as text and without the columns that tie rows together."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()
        if name not in INTERNAL
    }


def without_document(payload: dict[str, Any]) -> dict[str, Any]:
    """A queued message without the export that it carries: each export would hold all before it."""
    return {key: value for key, value in payload.items() if key != "document"}
