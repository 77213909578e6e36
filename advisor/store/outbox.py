"""What is to be sent, in a unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from advisor.store.base import Part
from advisor.store.columns import as_stored, storable
from advisor.store.records import DeadMessage, Queued
from advisor.store.tables import chats, outbox

UNWANTED = "Forbidden"
"""What stands under `error` where an owner blocked us: no fault, and nothing to be tried again."""

NOTED = select(outbox.c.payload).where(outbox.c.id == bindparam("number")).with_for_update()
NOTING = update(outbox).where(outbox.c.id == bindparam("number"))
"""For every turn, and so made once."""


class Outbox(Part):
    """Replies from the moment their turn is saved until they are sent or given up."""

    async def queue(self, chat_id: str, payload: dict[str, Any], at: datetime) -> int:
        """Add a reply behind those that wait in its chat."""
        added = await self.connection.execute(
            insert(outbox)
            .values(
                chat_id=chat_id,
                kind=payload.get("type"),
                payload=storable(payload),
                created_at=at,
                attempts=0,
            )
            .returning(outbox.c.id)
        )
        queued_id: int = added.scalar_one()
        return queued_id

    def queue_with_turn(self, chat_id: str, payload: dict[str, Any], at: datetime) -> None:
        """The same for a reply of which nobody asks the number: it waits for the turn's other
        rows."""
        row = {
            "chat_id": chat_id,
            "kind": payload.get("type"),
            "payload": storable(payload),
            "created_at": at,
            "attempts": 0,
        }
        self.connection.add(outbox, row)

    async def unsent(self, prefix: str, limit: int = 100) -> list[Queued]:
        """What waits for the chats whose address begins with `prefix`, oldest first. A prefix
        ends where a part of the address does ("telegram:<bot>:"), or other bots match, too."""
        found = await self.connection.execute(
            queued()
            .where(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None), of_prefix(prefix))
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return [Queued(*row) for row in found]

    async def waiting_chats(
        self, prefix: str, limit: int = 500, without: Collection[int] = ()
    ) -> dict[str, str]:
        """Addresses and ids of the chats for which something waits, whoever waits longest first;
        of that, the oldest `limit` rows count. Rows in `without` are on their way already."""
        waits = outbox.c.sent_at.is_(None) & outbox.c.dead_at.is_(None)
        if without:
            waits &= outbox.c.id.not_in(without)
        found = await self.connection.execute(
            select(chats.c.address, chats.c.id)
            .join(outbox, chats.c.id == outbox.c.chat_id)
            .where(waits, of_prefix(prefix))
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return {row.address: row.id for row in found}

    async def unsent_of(self, chat_id: str, limit: int = 100) -> list[Queued]:
        """What waits in one chat, oldest first."""
        waits = (outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
        found = await self.connection.execute(
            queued().where(outbox.c.chat_id == chat_id, *waits).order_by(outbox.c.id).limit(limit)
        )
        return [Queued(*row) for row in found]

    async def mark_sent(self, queued_id: int, at: datetime) -> None:
        """It arrived. Nothing happens where the owner was forgotten meanwhile."""
        await self.connection.execute(
            update(outbox).where(outbox.c.id == queued_id).values(sent_at=at)
        )

    async def mark_failed(self, queued_id: int, error: str, dead: bool, at: datetime) -> None:
        """It didn't arrive; `dead` gives it up, else it still waits."""
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.id == queued_id)
            .values(
                attempts=outbox.c.attempts + 1,
                failed_at=at,
                dead_at=at if dead else None,
                error=error,
            )
        )

    async def dead_messages(
        self, reference: int | None = None, limit: int = 100
    ) -> list[DeadMessage]:
        """What was given up, newest first, or the one that an owner was told of by this number.
        Nothing of what was in it, nor of whom it was for."""
        columns = outbox.c
        statement = (
            select(columns.id, columns.kind, columns.dead_at, columns.attempts, columns.error)
            .where(columns.dead_at.is_not(None), is_fault())
            .order_by(columns.dead_at.desc(), columns.id.desc())
            .limit(limit)
        )
        if reference is not None:
            statement = statement.where(columns.id == reference)
        return [DeadMessage(*row) for row in await self.connection.execute(statement)]

    async def revive_message(self, queued_id: int) -> bool:
        """Have a message that was given up sent once more; whoever sends finds it by itself. False
        where it wasn't given up."""
        revived = await self.connection.execute(
            update(outbox)
            .where(outbox.c.id == queued_id, outbox.c.dead_at.is_not(None))
            .values(dead_at=None, failed_at=None, error=None, attempts=0)
        )
        return revived.rowcount == 1

    async def annotate(
        self, queued_id: int, notes: Mapping[str, Any], sent_at: datetime | None = None
    ) -> None:
        """Keep what the channel has to remember about a reply under its `notes`, beside what is
        there; and that it arrived. Nothing happens where the owner was forgotten meanwhile."""
        this = {"number": queued_id}
        # about nothing that waits: what has a number is written
        found = await self.connection.execute(NOTED, this, about=())
        payload = found.scalar_one_or_none()
        if payload is not None:
            kept = with_notes(payload, notes)
            # in one statement: a second one would look at the chat, which a turn may hold
            sent = {} if sent_at is None else {"sent_at": sent_at}
            await self.connection.execute(NOTING, {**this, "payload": kept, **sent}, about=())

    async def annotate_new(
        self,
        chat_id: str,
        types: Collection[str],
        notes: Callable[[Mapping[str, Any]], Mapping[str, Any]],
        after: int | None,
    ) -> None:
        """Keep notes on the newest reply of some types, where it came after another one. `notes`
        makes them from its payload."""
        waiting = (
            row
            for row in reversed(self.connection.rows.get(outbox, ()))
            if row["chat_id"] == chat_id and row["kind"] in types
        )
        if row := next(waiting, None):
            row["payload"] = with_notes(row["payload"], notes(row["payload"]))
            return
        for newest in await self.recent(chat_id, tuple(types), 1):
            if newest.id != after:
                await self.annotate(newest.id, notes(newest.payload))

    async def recent(
        self, chat_id: str, types: Sequence[str], limit: int, before: int | None = None
    ) -> list[Queued]:
        """A chat's newest replies of some types, sent or not; those in front of `before`."""
        wanted = newest_first(tuple(types))
        if before is not None:
            wanted = wanted.where(outbox.c.id < before)
        found = await self.connection.execute(
            wanted, {"chat": chat_id, "most": limit}, about=[outbox]
        )
        return [Queued(*row) for row in found]


def queued() -> Select[Any]:
    """Columns in the order of Queued."""
    return select(
        outbox.c.id,
        outbox.c.chat_id,
        chats.c.address,
        outbox.c.payload,
        outbox.c.attempts,
        outbox.c.created_at,
        outbox.c.failed_at,
    ).join(chats, chats.c.id == outbox.c.chat_id)


@cache
def newest_first(types: tuple[str, ...]) -> Select[Any]:
    """A chat's replies of some types. Asked for in every turn, and so made once."""
    # An older version of ours leaves the kind empty, and the payload plain.
    kind = func.coalesce(outbox.c.kind, as_stored(outbox.c.payload)["type"].as_string())
    mine = outbox.c.chat_id == bindparam("chat")
    newest = queued().where(mine, or_(*(kind == name for name in types)))
    return newest.order_by(outbox.c.id.desc()).limit(bindparam("most", type_=Integer))


def with_notes(payload: Mapping[str, Any], notes: Mapping[str, Any]) -> dict[str, Any]:
    """A payload with notes beside those that it has."""
    return {**payload, "notes": {**payload.get("notes", {}), **notes}}


def is_fault() -> ColumnElement[bool]:
    """Of what was given up: not what its owner didn't want."""
    return func.coalesce(outbox.c.error, "") != UNWANTED


def of_prefix(prefix: str) -> ColumnElement[bool]:
    """Chats whose address begins so. Not LIKE: SQLite's ignores case, and % and _ mean something
    in it."""
    return func.substr(chats.c.address, 1, len(prefix)) == prefix
