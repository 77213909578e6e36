"""The store: opens the database, brings it up to date, and gives out transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncEngine

from advisor.store.claims import Claims
from advisor.store.columns import give_keys
from advisor.store.engine import (
    Limits,
    is_sqlite,
    libpq,
    make_engine,
    outside_transaction,
    refuse_full_disk,
    told_apart,
)
from advisor.store.keyring import register
from advisor.store.repository import Unit
from advisor.store.revision import is_up_to_date
from advisor.store.sealing import NO_KEYS, Keys
from advisor.store.transaction import Transaction

STANDARD = Limits()
TAKE_ROOM = (
    "CREATE TEMPORARY TABLE room ON COMMIT DROP AS"
    " SELECT repeat('-', 1000) FROM generate_series(1, 2000)"
)
"""Two megabytes, gone at once: small changes find room on a disk that is full."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid4().hex


class Store:
    """An open database. On SQLite units take turns in the order in which they ask, and an
    in-memory database has one connection, so they must."""

    def __init__(self, engine: AsyncEngine, ids: Callable[[], str], limits: Limits) -> None:
        self.engine = engine
        self.ids = ids
        self.limits = limits
        self.turnstile = asyncio.Lock()
        self.inside: set[asyncio.Task[object] | None] = set()
        self.claims = Claims(engine)

    @classmethod
    async def open(
        cls,
        url: str,
        ids: Callable[[], str] = new_id,
        limits: Limits = STANDARD,
        keys: Keys = NO_KEYS,
    ) -> Store:
        """Connect; `keys` seal what is personal. Raises StoreError where the URL or the file is no
        database, StoreAwayError where it doesn't answer."""
        store = cls(make_engine(url, limits), ids, limits)
        give_keys(store.engine, keys)
        try:
            with told_apart():
                async with store.engine.connect():
                    return store
        except BaseException:
            await store.close()
            raise

    async def migrate(self) -> None:
        """Bring the tables up to date, and see that the keys fit. Raises KeyMissingError where what
        is stored can't be read without another one."""
        with told_apart():
            async with self.engine.connect() as connection:
                done = await connection.run_sync(is_up_to_date)
            if not done:
                await self.upgrade()
            async with self.turn(), self.engine.begin() as connection:
                await register(connection)

    async def upgrade(self) -> None:
        """Run the revisions that are missing, in one transaction. Foreign keys rest meanwhile on
        SQLite: it alters a table by replacing it, which would delete every row that points
        there."""
        from advisor.store.migrations import upgrade  # slow to load, and seldom needed

        sqlite = is_sqlite(self.engine)
        async with self.engine.connect() as connection:
            if sqlite:
                await outside_transaction(connection, "PRAGMA foreign_keys=OFF")
            try:
                async with connection.begin():
                    await connection.run_sync(upgrade)
            finally:
                if sqlite:
                    await outside_transaction(connection, "PRAGMA foreign_keys=ON")

    async def is_current(self) -> bool:
        """Whether the tables are those that we know. Raises StoreError."""
        async with self.turn():
            with told_apart():
                async with self.engine.connect() as connection:
                    return await connection.run_sync(is_up_to_date)

    async def check(self) -> None:
        """See that the database takes what is written, and has room. Raises StoreError where it
        doesn't."""
        async with self.unit() as unit:
            await unit.drop_updates(NEVER)
        await self.check_room()

    async def check_room(self) -> None:
        """See that there is room for what is to be written, without reading anything. Raises
        DiskFullError, and StoreAwayError where nobody can tell."""
        if not self.is_shared:
            refuse_full_disk(self.engine.url.database)
            return
        with told_apart():
            async with self.engine.begin() as connection:
                await connection.exec_driver_sql(TAKE_ROOM)

    async def close(self) -> None:
        """Let go of every claim and connection."""
        await self.claims.close()
        await self.engine.dispose()

    @property
    def is_shared(self) -> bool:
        """Whether several processes may work on it."""
        return not is_sqlite(self.engine)

    def for_libpq(self, **session: str) -> dict[str, Any]:
        """What a pool of psycopg's own connects to the same PostgreSQL with, with these settings
        for its sessions."""
        return libpq(self.engine.url, self.limits, **session)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction: saved at the end, or not at all where an exception leaves it. Raises
        StoreAwayError where the database is away or busy."""
        async with self.turn():
            with told_apart():
                async with self.engine.begin() as connection:
                    unit = Unit(Transaction(connection), self.ids)
                    yield unit
                    await unit.connection.write()
                if unit.forgot:
                    await self.empty_log()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until no other unit is open, where the database allows only one."""
        task = asyncio.current_task()
        if task in self.inside:
            raise RuntimeError("a unit inside a unit would wait for itself")
        async with self.turnstile if is_sqlite(self.engine) else nullcontext():
            self.inside.add(task)
            try:
                yield
            finally:
                self.inside.discard(task)

    async def empty_log(self) -> None:
        """Drop what was deleted from SQLite's log as well."""
        if is_sqlite(self.engine):
            async with self.engine.connect() as connection:
                await outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
