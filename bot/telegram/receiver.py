"""Updates on their way in: read into the few fields in use, and written down with the job that
will deal with them, before anybody is told that they arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Protocol

import structlog
from telegram import Update

from advisor.store import Store, Unit
from bot import measures
from bot.telegram.arrived import Arrived, arrived, prefix_of

log = structlog.get_logger(__name__)


class Lanes(Protocol):
    """Where the work on a lane is put."""

    async def defer(self, unit: Unit, lane: str) -> None:
        """Have the next update of a lane dealt with, from within the unit that it came in."""
        ...

    def saved(self) -> None:
        """That unit is saved."""
        ...


class Receiver:
    """Takes in the updates of one bot."""

    def __init__(self, store: Store, bot: str, lanes: Lanes, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.lanes = lanes

    async def receive(self, updates: Iterable[Update]) -> list[Arrived]:
        """Write a batch down in one transaction; those that are new. Raises StoreAwayError."""
        fresh = []
        async with self.store.unit() as unit:
            for update in updates:
                came = read(update)
                if await self.write(unit, update.update_id, came):
                    fresh.append(came)
        self.lanes.saved()
        measures.UPDATES.inc(len(fresh))
        return fresh

    async def write(self, unit: Unit, number: int, came: Arrived) -> bool:
        """Write one down; False where it was there already. What is for nobody is done at once."""
        now = self.clock()
        if came.kind == "ignored":
            return await unit.receive_update(self.bot, number, None, now, done_at=now)
        lane = f"{prefix_of(self.bot)}{came.chat}"
        fresh = await unit.receive_update(self.bot, number, asdict(came), now, lane)
        if fresh:
            await self.lanes.defer(unit, lane)
        return fresh


def read(update: Update) -> Arrived:
    """The fields in use; an update of a shape that we don't know is for nobody."""
    try:
        return arrived(update)
    except (AttributeError, ValueError) as error:
        log.warning("update_unread", reference=update.update_id, error=type(error).__name__)
        return Arrived("ignored")
