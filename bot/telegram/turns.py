"""Updates on their way through: each is dealt with in one transaction, in order within its lane.

A lane is a chat, which for an owner is the owner: messages, presses and what becomes of us there.
An update whose turn fails is rolled back and tried again after 1, 2, 4 … seconds, while its lane
waits and others go on; after five attempts it is dead, its owner is told, and its lane goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from advisor.errors import NewerDataError, StoreAwayError, place
from advisor.store import Store, StoredUpdate
from bot import measures
from bot.telegram.acting import while_slow
from bot.telegram.arrived import Arrived
from bot.telegram.languages import hinted
from bot.telegram.post import Post
from bot.telegram.reception import Reception

ATTEMPTS = 5
LONGEST_WAIT = 60.0
REMEMBERED = timedelta(hours=48)
SENT_KEPT = timedelta(days=30)
SLOW = 1.0
"""Seconds after which an owner sees that we are at it."""
LEFT = 30.0
"""Seconds until we look again at what newer code than ours wrote."""

log = structlog.get_logger(__name__)


class PostponedError(Exception):
    """The lane has to wait so many seconds, and then to be tried again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Turns:
    """Deals with the updates of one bot. `woken` is called when something waits in the outbox;
    `post` shows that a turn takes long; `second` is the unit of the waits between attempts."""

    def __init__(
        self,
        store: Store,
        reception: Reception,
        post: Post,
        woken: Callable[[], None],
        second: float = 1.0,
    ) -> None:
        self.post = post
        self.store = store
        self.reception = reception
        self.clock = reception.conversation.clock
        self.woken = woken
        self.second = second

    async def take(self, lane: str) -> bool:
        """Deal with the next update of a lane; False where there is none.

        Raises PostponedError where it is to be tried again later, and StoreAwayError.
        """
        row: StoredUpdate | None = None
        try:
            async with self.store.unit() as unit:
                row = await unit.next_update(lane)
                if row is None:
                    return False
                came = known(row.payload)
                typing = partial(self.post.act, came.chat)
                async with while_slow(typing, SLOW * self.second):
                    await self.reception.take(unit, came)
                await unit.finish_update(row.bot, row.update_id, self.clock())
        except StoreAwayError:  # no fault of the update's: not counted
            raise
        except NewerDataError:  # while versions change, a process of the new one goes on with it
            log.warning("left_to_newer_version", reference=row and row.update_id)
            raise PostponedError(self.second * LEFT) from None
        except Exception as error:  # whatever it is, the lane and the other lanes must go on
            if row is None:
                raise
            await self.fail(row, error)
            return True
        measures.turn_done(row.received_at, self.clock())
        self.woken()
        return True

    async def tidy(self) -> None:
        """Drop the ids of old updates: Telegram gives them anew after a while. And what was sent
        long ago."""
        async with self.store.unit() as unit:
            await unit.drop_updates(self.clock() - REMEMBERED)
            await unit.drop_sent(self.clock() - SENT_KEPT)

    async def fail(self, row: StoredUpdate, error: Exception) -> None:
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
        measures.TURNS_FAILED.inc()
        came = known(row.payload)
        async with self.store.unit() as unit:
            name, now = type(error).__name__, self.clock()
            await unit.fail_update(row.bot, row.update_id, name, dead, now)
            if dead:
                address = self.reception.address(came)
                reference, hint = str(row.update_id), hinted(came.hint)
                await self.reception.apologize(unit, address, reference, hint)
        if not dead:
            # without the error itself: it may hold words of an owner, and callers write logs
            raise PostponedError(self.second * min(LONGEST_WAIT, 2.0 ** (attempts - 1))) from None
        self.woken()


def known(payload: Mapping[str, Any]) -> Arrived:
    """What was written down, even by another version of ours."""
    names = {field.name for field in fields(Arrived)} & payload.keys()
    return Arrived(**{"kind": "ignored"} | {name: payload[name] for name in names})
