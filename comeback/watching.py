"""Gauges of the database and what waits in it, the same whichever process is asked."""

from __future__ import annotations

from prometheus_client import Gauge

from advisor.errors import StoreError
from advisor.store import Store
from comeback.wiring import clock

UP = Gauge("comeback_database_up", "Whether the database answers and its tables are ours.")
QUEUED = Gauge("comeback_queue_length", "What waits: updates, or messages to be sent.", ["queue"])
OLDEST = Gauge("comeback_queue_age_seconds", "How long the oldest of it has waited.", ["queue"])
DEAD = Gauge("comeback_dead_letters", "What was given up.", ["queue"])


async def look(store: Store) -> None:
    """Look at the database. While it is away nothing is told of the queues: what was true before
    would pass for true."""
    try:
        UP.set(await store.is_current())
        await queues(store)
    except StoreError:
        UP.set(0)
        for gauge in (QUEUED, OLDEST, DEAD):
            gauge.clear()


async def queues(store: Store) -> None:
    """Look at the queues. Raises StoreError."""
    async with store.unit() as unit:
        found = await unit.queues()
    now = clock()
    for name, queue in found.items():
        QUEUED.labels(name).set(queue.length)
        OLDEST.labels(name).set((now - queue.oldest).total_seconds() if queue.oldest else 0)
        DEAD.labels(name).set(queue.dead)
