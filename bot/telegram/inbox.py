"""Updates on their way in: written down first, then dealt with in order, lane by lane.

An update whose turn fails is rolled back and tried again after 1, 2, 4 … seconds, while other lanes
go on; after five attempts it is dead, its owner is told, and its lane goes on. Where several
processes work on one database, an update that another one is at holds up its lane here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import timedelta
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import Any

import structlog
from telegram import Update

from advisor.errors import NewerDataError, StoreAwayError
from advisor.store import Store, StoredUpdate
from bot.telegram.arrived import Arrived, arrived
from bot.telegram.languages import hinted
from bot.telegram.pace import any_of
from bot.telegram.reception import Reception

ATTEMPTS = 5
REMEMBERED = timedelta(hours=48)
TIDYING = 6 * 3600.0
LOOKING = 30.0
"""Seconds after which we look unasked: another process may have left something behind."""

log = structlog.get_logger(__name__)


class Inbox:
    """Updates of one bot. `woken` is called when something waits in the outbox; `second` is the
    unit of the waits between attempts."""

    def __init__(
        self,
        store: Store,
        reception: Reception,
        bot: str,
        woken: Callable[[], None],
        second: float = 1.0,
    ) -> None:
        self.store = store
        self.reception = reception
        self.bot = bot
        self.woken = woken
        self.second = second
        self.something = asyncio.Event()
        self.held: dict[str, float] = {}

    async def receive(self, updates: Iterable[Update]) -> list[Arrived]:
        """Write a batch down in one transaction; those that are new."""
        fresh = []
        async with self.store.unit() as unit:
            for update in updates:
                came = read(update)
                now = self.reception.conversation.clock()
                address = self.reception.address(came)
                row = asdict(came)
                if await unit.receive_update(self.bot, update.update_id, row, now, address):
                    fresh.append(came)
        self.something.set()
        return fresh

    async def work(self, stop: asyncio.Event) -> None:
        """Deal with what is there, until stopped; the turn in progress is finished."""
        while not stop.is_set():
            self.something.clear()
            try:
                pause = await self.round(stop)
            except Exception as error:  # the database is away: the rows are still there
                log.error("inbox_unread", error=type(error).__name__, at=place(error))
                pause = self.second
            await any_of(self.something, stop, seconds=LOOKING if pause is None else pause)

    async def tidy(self, stop: asyncio.Event) -> None:
        """Drop the ids of old updates now and then: Telegram gives them anew after a while."""
        while not stop.is_set():
            try:
                async with self.store.unit() as unit:
                    await unit.drop_updates(self.reception.conversation.clock() - REMEMBERED)
            except StoreAwayError as error:
                log.warning("updates_not_dropped", error=type(error).__name__)
            await any_of(stop, seconds=TIDYING)

    async def round(self, stop: asyncio.Event) -> float | None:
        """Every unfinished update once, in order. Returns how long to wait for those on hold."""
        async with self.store.unit() as unit:
            rows = await unit.unfinished_updates(self.bot)
        blocked: set[str] = set()
        for row in rows:
            came = known(row.payload)
            if stop.is_set():
                break
            held = came.lane in blocked or self.held.get(came.lane, 0.0) > monotonic()
            if held or not await self.attempt(row, came):
                blocked.add(came.lane)
        waits = [self.held[lane] - monotonic() for lane in blocked]
        return max(min(waits), 0.0) if waits else None

    async def attempt(self, row: StoredUpdate, came: Arrived) -> bool:
        """One try at an update, in one transaction. False where it is to be tried again."""
        try:
            async with self.store.unit() as unit:
                if not await unit.claim_update(self.bot, row.update_id):
                    self.held[came.lane] = monotonic() + self.second
                    return False
                await self.reception.take(unit, came)
                now = self.reception.conversation.clock()
                await unit.finish_update(self.bot, row.update_id, now)
        except StoreAwayError:  # no fault of the update's: not counted
            raise
        except NewerDataError:  # while versions change, a process of the new one goes on with it
            log.warning("left_to_newer_version", reference=row.update_id)
            self.held[came.lane] = monotonic() + self.second * LOOKING
            return False
        except Exception as error:  # whatever it is, the lane and the other lanes must go on
            return await self.fail(row, came, error)
        self.held.pop(came.lane, None)
        self.woken()
        return True

    async def fail(self, row: StoredUpdate, came: Arrived, error: Exception) -> bool:
        """Count the attempt; after the last one tell the owner and let the lane go on."""
        attempts = row.attempts + 1
        dead = attempts >= ATTEMPTS
        log.error(
            "update_failed",
            reference=row.update_id,
            attempts=attempts,
            dead=dead,
            error=type(error).__name__,
            at=place(error),
        )
        async with self.store.unit() as unit:
            now = self.reception.conversation.clock()
            await unit.fail_update(self.bot, row.update_id, type(error).__name__, dead, now)
            if dead:
                address = self.reception.address(came)
                reference, hint = str(row.update_id), hinted(came.hint)
                await self.reception.apologize(unit, address, reference, hint)
        if dead:
            self.held.pop(came.lane, None)
            self.woken()
        else:
            self.held[came.lane] = monotonic() + self.second * 2.0 ** (attempts - 1)
        return dead


def known(payload: Mapping[str, Any]) -> Arrived:
    """What was written down, even by another version of ours."""
    names = {field.name for field in fields(Arrived)} & payload.keys()
    return Arrived(**{"kind": "ignored"} | {name: payload[name] for name in names})


def read(update: Update) -> Arrived:
    """The fields in use; an update of a shape that we don't know is for nobody."""
    try:
        return arrived(update)
    except (AttributeError, ValueError) as error:
        log.warning("update_unread", reference=update.update_id, error=type(error).__name__)
        return Arrived("ignored")


def place(error: BaseException) -> str:
    """Where it was raised; never what it says, which may hold words of an owner."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
