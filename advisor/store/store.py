"""The store: opens the database, brings it up to date, and gives out transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncEngine

from advisor.store.engine import is_sqlite, make_engine, outside_transaction, told_apart
from advisor.store.repository import Unit
from advisor.store.revision import is_newest


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid4().hex


class Store:
    """An open database. On SQLite units take turns in the order in which they ask, and an
    in-memory database has one connection, so they must."""

    def __init__(self, engine: AsyncEngine, ids: Callable[[], str]) -> None:
        self.engine = engine
        self.ids = ids
        self.turnstile = asyncio.Lock()
        self.inside: asyncio.Task[object] | None = None

    @classmethod
    async def open(cls, url: str, ids: Callable[[], str] = new_id) -> Store:
        """Connect. Raises StoreError where the URL or the file is no database, StoreAwayError where
        it doesn't answer."""
        store = cls(make_engine(url), ids)
        try:
            with told_apart():
                async with store.engine.connect():
                    return store
        except BaseException:
            await store.close()
            raise

    async def migrate(self) -> None:
        """Bring the tables up to date, in one transaction. Foreign keys rest meanwhile on SQLite:
        it alters a table by replacing it, which would delete every row that points there."""
        sqlite = is_sqlite(self.engine)
        with told_apart():
            async with self.engine.connect() as connection:
                if await connection.run_sync(is_newest):
                    return
            from advisor.store.migrations import upgrade  # slow to load, and seldom needed

            async with self.engine.connect() as connection:
                if sqlite:
                    await outside_transaction(connection, "PRAGMA foreign_keys=OFF")
                try:
                    async with connection.begin():
                        await connection.run_sync(upgrade)
                finally:
                    if sqlite:
                        await outside_transaction(connection, "PRAGMA foreign_keys=ON")

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction: saved at the end, or not at all where an exception leaves it. Raises
        StoreAwayError where the database is away or busy."""
        async with self.turn():
            with told_apart():
                async with self.engine.begin() as connection:
                    unit = Unit(connection, self.ids)
                    yield unit
                if unit.forgot:
                    await self.empty_log()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until no other unit is open, where the database allows only one."""
        if not is_sqlite(self.engine):
            yield
            return
        if self.inside is asyncio.current_task():
            raise RuntimeError("a unit inside a unit would wait for itself")
        async with self.turnstile:
            self.inside = asyncio.current_task()
            try:
                yield
            finally:
                self.inside = None

    async def empty_log(self) -> None:
        """Drop what was deleted from SQLite's log as well."""
        if is_sqlite(self.engine):
            async with self.engine.connect() as connection:
                await outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
