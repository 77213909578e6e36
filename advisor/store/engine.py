"""Connections to the database, and what SQLite needs so that a commit is a commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    InterfaceError,
    InvalidRequestError,
    OperationalError,
    TimeoutError,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from advisor.errors import StoreAwayError, StoreError

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a committed turn outlives a power cut, too
    "foreign_keys=ON",
    "busy_timeout=30000",  # another process may be at work; milliseconds
    "secure_delete=ON",  # what an owner had deleted can't be read from free pages
)


def make_engine(address: str) -> AsyncEngine:
    """An engine for a database URL. Its errors never quote what was to be stored."""
    try:
        url = with_driver(make_url(address))
        engine = create_async_engine(url, hide_parameters=True, pool_pre_ping=True)
    except (ArgumentError, InvalidRequestError, ImportError) as error:
        raise StoreError(
            "COMEBACK_DATABASE names no database that can be used here: write"
            " sqlite+aiosqlite:///FILE or, with psycopg installed, postgresql+psycopg://…"
        ) from error
    if is_sqlite(engine):
        event.listen(engine.sync_engine, "connect", prepare)
        event.listen(engine.sync_engine, "begin", begin_immediately)
    return engine


def with_driver(url: URL) -> URL:
    """The URL with an asynchronous driver, where it names none."""
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def is_sqlite(engine: AsyncEngine) -> bool:
    """Whether this is SQLite."""
    return engine.dialect.name == "sqlite"


def prepare(connection: Any, _: object) -> None:
    """Set up a new SQLite connection; transactions begin where we say, not where it guesses."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_immediately(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and then finds the lock taken
    would fail without waiting."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def outside_transaction(connection: AsyncConnection, statement: str) -> None:
    """Run a SQLite statement that has no effect, or fails, inside a transaction."""
    raw = await connection.get_raw_connection()
    cursor = await raw.driver_connection.execute(statement)  # type: ignore[union-attr]
    await cursor.fetchall()
    await cursor.close()


@contextmanager
def told_apart() -> Iterator[None]:
    """Let errors of the database leave as ours: worth trying again, or not. A broken constraint is
    a fault in our code and stays what it is."""
    try:
        yield
    except (OperationalError, InterfaceError, TimeoutError) as error:
        raise StoreAwayError(
            f"The database can't be reached just now ({reason(error)}); try again in a moment."
        ) from error
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise StoreError(
            f"The database can't be used ({reason(error)}); check COMEBACK_DATABASE."
        ) from error


def reason(error: Exception) -> str:
    """What the driver says first."""
    lines = str(getattr(error, "orig", None) or "").splitlines()
    return lines[0] if lines else type(error).__name__
