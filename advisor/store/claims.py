"""Claims: what one process does, no other does at the same time, for longer than a transaction.

On PostgreSQL a claim is an advisory lock of one connection that is kept open: when its process
dies, the server lets go of it at once, so nobody waits for a lease to run out. On SQLite there is
one process, and everything is its own.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from advisor.errors import StoreError
from advisor.store.engine import is_sqlite, told_apart

NUMBER = "hashtextextended(CAST(:name AS text), 0)"
TAKE = f"SELECT pg_try_advisory_lock({NUMBER})"
GIVE_BACK = f"SELECT pg_advisory_unlock({NUMBER})"
STILL_THERE = f"SELECT {NUMBER} IS NOT NULL"


class Claims:
    """The claims of one process. With the connection all of them are lost."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.connection: AsyncConnection | None = None
        self.turnstile = asyncio.Lock()
        self.held: set[str] = set()

    async def take(self, name: str) -> bool:
        """Claim it; False where it is claimed already, by whomever. Raises StoreAwayError."""
        async with self.turnstile:
            if name in self.held or not await self.ask(TAKE, name):
                return False
            self.held.add(name)
            return True

    async def hold(self, name: str) -> bool:
        """Whether a claim still stands: the server may have ended the connection meanwhile."""
        async with self.turnstile:
            with suppress(StoreError):
                return name in self.held and await self.ask(STILL_THERE, name)
            return False

    async def give_back(self, name: str) -> None:
        """Let go of a claim. Where the database is away, it has gone already."""
        async with self.turnstile:
            if name in self.held:
                self.held.discard(name)
                with suppress(StoreError):
                    await self.ask(GIVE_BACK, name)

    async def close(self) -> None:
        """Let go of all claims."""
        for name in tuple(self.held):
            await self.give_back(name)
        async with self.turnstile:
            await self.drop()

    async def ask(self, statement: str, name: str) -> bool:
        """Ask the server, on the connection that holds the claims."""
        if is_sqlite(self.engine):
            return True
        try:
            with told_apart():
                connection = self.connection or await self.connect()
                answer = await connection.execute(text(statement), {"name": name})
                return bool(answer.scalar_one())
        except BaseException:  # cancelled in between, nobody knows what it holds
            await self.drop()
            raise

    async def connect(self) -> AsyncConnection:
        """A connection on which a lock outlives its statement."""
        connection = await self.engine.connect()
        self.connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        return self.connection

    async def drop(self) -> None:
        """End the connection rather than give it back to the pool, locks and all."""
        connection, self.connection = self.connection, None
        self.held.clear()
        if connection is not None:
            await connection.invalidate()
            await connection.close()
