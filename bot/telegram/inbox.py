"""The work on updates in one process: every lane that has something to do, again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic

import structlog

from advisor.errors import StoreAwayError, cause, place
from advisor.store import Store, Unit
from bot.telegram.pace import any_of
from bot.telegram.turns import PostponedError, Turns

TIDYING = 6 * 3600.0
LOOKING = 30.0
"""Seconds after which we look unasked: another process may have left something behind."""

log = structlog.get_logger(__name__)


class Inbox:
    """What one process still has to deal with, for one bot."""

    def __init__(self, store: Store, turns: Turns, bot: str) -> None:
        self.store = store
        self.turns = turns
        self.bot = bot
        self.second = turns.second
        self.something = asyncio.Event()
        self.held: dict[str, float] = {}

    async def defer(self, unit: Unit, lanes: Sequence[str]) -> None:
        """Nothing: the rows themselves say what is to be done."""

    def saved(self) -> None:
        """Look at what came in."""
        self.something.set()

    async def work(self, stop: asyncio.Event) -> None:
        """Deal with what is there, until stopped; the turn in progress is finished."""
        while not stop.is_set():
            self.something.clear()
            try:
                pause = await self.round(stop)
            except Exception as error:  # the database is away: the rows are still there
                log.error("inbox_unread", error=cause(error), at=place(error))
                pause = self.second
            await any_of(self.something, stop, seconds=LOOKING if pause is None else pause)

    async def tidy(self, stop: asyncio.Event) -> None:
        """Drop the ids of old updates now and then."""
        while not stop.is_set():
            try:
                await self.turns.tidy()
            except StoreAwayError as error:
                log.warning("updates_not_dropped", error=cause(error))
            await any_of(stop, seconds=TIDYING)

    async def round(self, stop: asyncio.Event) -> float | None:
        """A turn for every unfinished update. Returns how long to wait for lanes on hold."""
        async with self.store.unit() as unit:
            rows = await unit.unfinished_updates(self.bot)
        blocked: set[str] = set()
        for row in rows:
            lane = row.address or ""
            if stop.is_set():
                break
            held = lane in blocked or self.held.get(lane, 0.0) > monotonic()
            if held or not await self.attempt(lane):
                blocked.add(lane)
        waits = [self.held[lane] - monotonic() for lane in blocked]
        return max(min(waits), 0.0) if waits else None

    async def attempt(self, lane: str) -> bool:
        """One try at the next update of a lane. False where the lane is put on hold."""
        try:
            await self.turns.take(lane)
        except PostponedError as postponed:
            self.held[lane] = monotonic() + postponed.seconds
            return False
        self.held.pop(lane, None)
        return True
