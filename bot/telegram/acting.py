"""Signs of life while something takes long: "typing …", "sending a file …"."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

AGAIN = 4.0
"""Seconds until the sign is given again: Telegram takes it down after five."""


@asynccontextmanager
async def while_slow(act: Callable[[], Awaitable[None]], after: float) -> AsyncIterator[None]:
    """Have `act` give the sign once this has taken so many seconds, and again until it is over."""
    giving: list[asyncio.Task[None]] = []

    def begin() -> None:
        giving.append(asyncio.create_task(give(act)))

    beginning = asyncio.get_running_loop().call_later(after, begin)
    try:
        yield
    finally:
        beginning.cancel()
        for each in giving:
            each.cancel()
            await asyncio.gather(each, return_exceptions=True)


async def give(act: Callable[[], Awaitable[None]]) -> None:
    """Until cancelled."""
    while True:
        await act()
        await asyncio.sleep(AGAIN)
