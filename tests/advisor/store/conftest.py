"""A store in memory, and times that tell the order."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from advisor.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def at() -> Callable[[int], datetime]:
    """A minute of the test's day."""
    return lambda minute: NOON + timedelta(minutes=minute)


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    numbers = count(1)
    store = await Store.open("sqlite+aiosqlite://", ids=lambda: f"id-{next(numbers)}")
    await store.migrate()
    yield store
    await store.close()
