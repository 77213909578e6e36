"""Gauges of what waits in the database, the same whichever process is asked."""

from __future__ import annotations

from prometheus_client import Gauge

from advisor.store import Store
from comeback.wiring import clock

QUEUED = Gauge("comeback_queue_length", "What waits: updates, or messages to be sent.", ["queue"])
OLDEST = Gauge("comeback_queue_age_seconds", "How long the oldest of it has waited.", ["queue"])
DEAD = Gauge("comeback_dead_letters", "What was given up.", ["queue"])


async def queues(store: Store) -> None:
    """Look at the queues. Raises StoreError."""
    async with store.unit() as unit:
        found = await unit.queues()
    now = clock()
    for name, queue in found.items():
        QUEUED.labels(name).set(queue.length)
        OLDEST.labels(name).set((now - queue.oldest).total_seconds() if queue.oldest else 0)
        DEAD.labels(name).set(queue.dead)
