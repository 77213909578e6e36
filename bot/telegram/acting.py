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
    giving = asyncio.create_task(give(act, after))
    try:
        yield
    finally:
        giving.cancel()
        await asyncio.gather(giving, return_exceptions=True)


async def give(act: Callable[[], Awaitable[None]], after: float) -> None:
    """Until cancelled."""
    await asyncio.sleep(after)
    while True:
        await act()
        await asyncio.sleep(AGAIN)
