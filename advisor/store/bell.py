"""Tells a process at once that another one queued something."""

from __future__ import annotations

import asyncio

from psycopg import AsyncConnection, Error

from advisor.store.store import Store

CHANNEL = "comeback_outbox"
"""A trigger on the outbox rings on it."""
PAUSE = 1.0
"""Seconds until a connection that was lost is made anew."""


async def listen(store: Store, rung: asyncio.Event) -> None:
    """Set `rung` whenever something was queued, until cancelled. A lost connection is made anew,
    and rings: something may have been missed."""
    target = store.for_libpq()
    while True:
        try:
            async with await AsyncConnection.connect(
                target["conninfo"], autocommit=True, **target["kwargs"]
            ) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                rung.set()
                async for _ in connection.notifies():
                    rung.set()
        except (Error, OSError):
            await asyncio.sleep(PAUSE)
