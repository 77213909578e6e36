"""Updates on their way in: read into the few fields in use, and written down with the job that
will deal with them, before anybody is told that they arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Protocol

import structlog
from telegram import Update

from advisor.store import NewUpdate, Store, Unit
from bot import measures
from bot.telegram.arrived import Arrived, arrived, prefix_of

log = structlog.get_logger(__name__)


class Lanes(Protocol):
    """Where the work on a lane is put."""

    async def defer(self, unit: Unit, lanes: Sequence[str]) -> None:
        """Have the next update of each lane dealt with, from within the unit that it came in."""
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

    async def receive(self, updates: Iterable[Update]) -> dict[int, Arrived]:
        """Write a batch down in one transaction; those that are new, by number. Raises
        StoreAwayError."""
        now = self.clock()
        came = {update.update_id: read(update) for update in updates}
        rows = [self.row(number, each, now) for number, each in came.items()]
        async with self.store.unit() as unit:
            new = await unit.receive_updates(self.bot, rows, now)
            lanes = [each.address for each in new if each.address is not None]
            if lanes:
                await self.lanes.defer(unit, lanes)
        self.lanes.saved()
        measures.UPDATES.inc(len(new))
        return {each.update_id: came[each.update_id] for each in new}

    def row(self, number: int, came: Arrived, now: datetime) -> NewUpdate:
        """One as it is written down. What is for nobody is done at once."""
        if came.kind == "ignored":
            return NewUpdate(number, None, done_at=now)
        return NewUpdate(number, asdict(came), f"{prefix_of(self.bot)}{came.chat}")


def read(update: Update) -> Arrived:
    """The fields in use; an update of a shape that we don't know is for nobody."""
    try:
        return arrived(update)
    except (AttributeError, ValueError) as error:
        log.warning("update_unread", reference=update.update_id, error=type(error).__name__)
        return Arrived("ignored")
