"""Updates that come at the same time are written down together: a commit costs the same for one and
for a hundred, and nobody waits for more than the commit that is under way and their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from telegram import Update

from advisor.errors import StoreAwayError
from bot.telegram.arrived import Arrived
from bot.telegram.receiver import Receiver

MOST = 100
"""Updates in one transaction; Telegram sends at most so many at a time."""

Waiting = tuple[Update, "asyncio.Future[Arrived | None]"]


class Gathering:
    """Has a receiver write down what waits, again and again, as long as something does."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self.waiting: list[Waiting] = []
        self.writing: asyncio.Task[None] | None = None

    async def take(self, update: Update) -> Arrived | None:
        """Returns when an update is written down: what it says, or None where it was there already.
        Raises StoreAwayError, and whatever else is wrong with this one."""
        written: asyncio.Future[Arrived | None] = asyncio.get_running_loop().create_future()
        self.waiting.append((update, written))
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self.write())
        return await written

    async def write(self) -> None:
        """Write down whatever waits."""
        while self.waiting:
            batch, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
            try:
                await self.together(batch)
            except StoreAwayError as error:
                fail(batch, error)
            except Exception as error:
                if len(batch) == 1:
                    fail(batch, error)
                else:  # it may be the fault of one, which the others must not pay for
                    for each in batch:
                        await self.alone(each)

    async def together(self, batch: list[Waiting]) -> None:
        """In one transaction."""
        came = await self.receiver.receive([update for update, _ in batch])
        for update, written in batch:
            # whoever was cut off meanwhile waits no longer; the same update may be there twice
            if not written.done():
                written.set_result(came.pop(update.update_id, None))

    async def alone(self, each: Waiting) -> None:
        """In a transaction of its own."""
        try:
            await self.together([each])
        except Exception as error:
            fail([each], error)


def fail(batch: Iterable[Waiting], error: Exception) -> None:
    """Let everybody know who waits."""
    for _, written in batch:
        if not written.done():
            written.set_exception(error)
