"""A store, once on each kind of database, and times that tell the order."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from talking import IN_MEMORY, up_to_date

from advisor.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def at() -> Callable[[int], datetime]:
    """A minute of the test's day."""
    return lambda minute: NOON + timedelta(minutes=minute)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture
def database(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database that several stores can open."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/comeback.db"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture
def address(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database for one store, made as quickly as can be."""
    if kind == "sqlite":
        yield IN_MEMORY
        return
    with request.getfixturevalue("postgres").database(migrated=True) as url:
        yield url


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    numbers = count(1)
    store = await Store.open(address, ids=lambda: f"id-{next(numbers)}")
    await up_to_date(store, address)
    yield store
    await store.close()
