"""A console over a store in memory, with a practice of two and another one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from consoles import Console, people
from talking import IN_MEMORY, up_to_date

from advisor.catalog import Catalog
from advisor.store import Store


@pytest.fixture
async def console(catalog: Catalog) -> AsyncIterator[Console]:
    store = await Store.open(IN_MEMORY)
    await up_to_date(store, IN_MEMORY)
    made = Console(catalog, store, datetime(2026, 3, 1, 12, tzinfo=UTC), {}, {})
    await people(made)
    yield made
    await store.close()
