"""A console over a store in memory, with a practice of two and another one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from consoles import Console, changes, people
from talking import IN_MEMORY, keep_copy, take_copy, up_to_date

from advisor.catalog import Catalog
from advisor.store import Store

PEOPLE = "people"
known: list[Console] = []
"""The first console, for the ids of its people."""


@pytest.fixture
async def console(catalog: Catalog) -> AsyncIterator[Console]:
    store = await Store.open(IN_MEMORY)
    made = Console(catalog, store, datetime(2026, 3, 1, 12, tzinfo=UTC), {}, {})
    if await take_copy(store, PEOPLE):
        made.practices, made.people = dict(known[0].practices), dict(known[0].people)
    else:
        await up_to_date(store, IN_MEMORY)
        await people(made)
        await keep_copy(store, PEOPLE)
        known.append(replace(made, practices=dict(made.practices), people=dict(made.people)))
    made.untouched = await changes(store)
    yield made
    await store.close()
