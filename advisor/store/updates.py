"""What a channel received, in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    select,
    text,
    update,
)

from advisor.store.base import Part, insert_missing
from advisor.store.chats import COLUMNS as OF_CHAT
from advisor.store.records import DeadUpdate, NewUpdate, StoredChat, StoredUpdate
from advisor.store.tables import chats, updates

WITHOUT_JOBS = """SELECT address, count(*) FROM updates
WHERE done_at IS NULL AND dead_at IS NULL AND address IS NOT NULL AND NOT EXISTS (
  SELECT FROM procrastinate_jobs WHERE lock = address AND status IN ('todo', 'doing')
) GROUP BY address
"""


def unfinished(*more: Column[Any]) -> Select[Any]:
    """Columns in the order of StoredUpdate, and more, of what is still to be dealt with."""
    columns = updates.c
    return select(
        columns.bot,
        columns.update_id,
        columns.payload,
        columns.attempts,
        columns.address,
        columns.received_at,
        columns.failed_at,
        *more,
    ).where(columns.done_at.is_(None), columns.dead_at.is_(None))


def first_of_lane(wanted: Select[Any]) -> Select[Any]:
    """The first of a lane, in Telegram's order."""
    mine = updates.c.address == bindparam("lane")
    return wanted.where(mine).order_by(updates.c.update_id).limit(1)


NEXT = first_of_lane(unfinished()).with_for_update(key_share=True)
NEXT_WITH_CHAT = first_of_lane(
    unfinished(*OF_CHAT).join(chats, chats.c.address == updates.c.address)
    # not against foreign keys: a sender that marks a reply would wait for the turn
).with_for_update(key_share=True, of=[updates, chats])
"""For every turn, and so made once."""
OF_UPDATE = len(NEXT.selected_columns)
FINISHED = (
    update(updates)
    .where(
        updates.c.bot == bindparam("finished_bot"),
        updates.c.update_id == bindparam("finished_number"),
    )
    .values(done_at=bindparam("finished_at"), payload=None, address=None, error=None)
)


class Updates(Part):
    """Updates from their arrival until their turn is saved. A finished one leaves its id behind,
    to know it when it comes again, and nothing that was in it: the transcript has that."""

    async def receive_update(
        self,
        bot: str,
        update_id: int,
        payload: dict[str, Any] | None,
        at: datetime,
        address: str | None = None,
        done_at: datetime | None = None,
    ) -> bool:
        """Take an update in; False where it was there already."""
        came = NewUpdate(update_id, payload, address, done_at)
        return bool(await self.receive_updates(bot, [came], at))

    async def receive_updates(
        self, bot: str, came: Sequence[NewUpdate], at: datetime
    ) -> list[NewUpdate]:
        """Take in several at once; those that are new. Where a number comes twice, the first one
        counts."""
        first = {each.update_id: each for each in reversed(came)}
        rows = [
            {
                "bot": bot,
                "update_id": each.update_id,
                "address": each.address,
                "payload": each.payload,
                "received_at": at,
                "done_at": each.done_at,
                "attempts": 0,
            }
            # in the order of their numbers, or two that hold the same would wait for each other
            for each in sorted(first.values(), key=lambda each: each.update_id)
        ]
        new = {row.update_id for row in await insert_missing(self.connection, updates, rows)}
        return [each for each in came if each.update_id in new and each is first[each.update_id]]

    async def unfinished_updates(self, bot: str) -> list[StoredUpdate]:
        """What is still to be dealt with, in the order of arrival."""
        columns = updates.c
        found = await self.connection.execute(
            unfinished().where(columns.bot == bot).order_by(columns.received_at, columns.update_id)
        )
        return [StoredUpdate(*row) for row in found]

    async def next_update(self, address: str) -> StoredUpdate | None:
        """The first unfinished update of a chat, for this unit alone: by Telegram's numbers, as two
        may arrive the wrong way round. Waits for a unit that is at it already, and then finds that
        it is finished; so a turn whose commit was not heard of isn't taken again. The chat, where
        there is one, is locked along with it."""
        row = (await self.connection.execute(NEXT_WITH_CHAT, {"lane": address})).first()
        if row is not None:
            self.known[address] = StoredChat(*row[OF_UPDATE:])
            return StoredUpdate(*row[:OF_UPDATE])
        row = (await self.connection.execute(NEXT, {"lane": address})).first()
        return StoredUpdate(*row) if row is not None else None

    async def lanes_without_jobs(self) -> dict[str, int]:
        """Chats that have something unfinished and no job for it, and how many updates each, on
        PostgreSQL. An update is written together with its job: none that is new is here."""
        found = await self.connection.execute(text(WITHOUT_JOBS))
        return {row[0]: row[1] for row in found}

    async def finish_update(self, bot: str, update_id: int, at: datetime) -> None:
        """Its turn is saved, in this very transaction."""
        await self.connection.put_off(
            FINISHED, finished_bot=bot, finished_number=update_id, finished_at=at
        )

    async def fail_update(
        self, bot: str, update_id: int, error: str, dead: bool, at: datetime
    ) -> None:
        """Its turn failed; `dead` gives it up and keeps it for the operator."""
        await self.connection.execute(
            update(updates)
            .where(this(bot, update_id), updates.c.done_at.is_(None))
            .values(
                attempts=updates.c.attempts + 1,
                failed_at=at,
                dead_at=at if dead else None,
                error=error,
            )
        )

    async def dead_updates(
        self, reference: int | None = None, limit: int = 100
    ) -> list[DeadUpdate]:
        """What was given up, newest first, or those that an owner was told of by this number.
        Nothing of what was in them."""
        columns = updates.c
        statement = (
            select(
                columns.bot,
                columns.update_id,
                columns.dead_at,
                columns.attempts,
                columns.error,
                columns.payload.is_not(None),
            )
            .where(columns.dead_at.is_not(None))
            .order_by(columns.dead_at.desc(), columns.update_id.desc())
            .limit(limit)
        )
        if reference is not None:
            statement = statement.where(columns.update_id == reference)
        return [DeadUpdate(*row) for row in await self.connection.execute(statement)]

    async def revive_update(self, bot: str, update_id: int) -> bool:
        """Have a dead update dealt with once more; whoever works finds it by itself. False where it
        isn't dead, or nothing of it is left."""
        columns = updates.c
        revived = await self.connection.execute(
            update(updates)
            .where(this(bot, update_id), columns.dead_at.is_not(None), columns.payload.is_not(None))
            .values(dead_at=None, failed_at=None, error=None, attempts=0)
        )
        return revived.rowcount == 1

    async def drop_updates(self, before: datetime) -> None:
        """Let go of the ids of finished updates that arrived before then: Telegram sends nothing
        again after a day, and after a quiet week it numbers anew, perhaps with these."""
        done = updates.c.done_at.is_not(None)
        await self.connection.execute(delete(updates).where(updates.c.received_at < before, done))


def this(bot: str, update_id: int) -> ColumnElement[bool]:
    """The row of one update."""
    return and_(updates.c.bot == bot, updates.c.update_id == update_id)
