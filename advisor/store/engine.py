"""Connections to the database, and what each kind needs so that a commit is a commit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, ExceptionContext, event
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

from advisor.errors import DiskFullError, StoreAwayError, StoreError
from advisor.store.pool import is_quiet

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a committed turn outlives a power cut, too
    "foreign_keys=ON",
    "busy_timeout=30000",  # another process may be at work; milliseconds
    "secure_delete=ON",  # what an owner had deleted can't be read from free pages
)
READING = "comeback_reading"
"""The execution option of a connection that only reads: on SQLite it lets others write."""
ABANDONED = 300
"""Seconds after which PostgreSQL ends a transaction in which nothing happens: its process hangs or
is cut off, and holds the lock of a chat."""
UNHEARD = {
    "connect_timeout": 10,  # seconds
    # A server that vanished without a word is noticed within a minute, not within two hours.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
    "application_name": "comeback",
}
"""What libpq is told, where the URL doesn't say otherwise."""
UNHEARD_BY_SERVER = {
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
}
"""The other way round: a machine that vanished holds locks until the server notices."""


UNREACHED = (
    "The database can't be reached just now ({why}); try again in a moment, or check"
    " COMEBACK_DATABASE_URL."
)
DISK_FULL = "53100"
"""PostgreSQL's number of that error."""
FULL = "database or disk is full"
"""SQLite's words for it."""
ROOM = 16 * 2**20
"""Bytes that SQLite's file and log need for the work of minutes."""
NO_ROOM = "The database's disk is full ({why}): make room on it; what waits is kept meanwhile."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a PostgreSQL server one process uses, and how long it waits there. On SQLite,
    where units take turns, they mean nothing."""

    connections: int = 10
    """Units at once."""

    patience: float = 30.0
    """Seconds until a statement, a lock or a free connection counts as not to be had."""


def make_engine(address: str, limits: Limits) -> AsyncEngine:
    """An engine for a database URL. Its errors never quote what was to be stored."""
    try:
        url = with_driver(make_url(address))
        served = postgres_options(url, limits) if url.drivername.startswith("postgresql") else {}
        # The ping tells of a server that was started anew before a unit begins, not in the middle.
        engine = create_async_engine(url, hide_parameters=True, pool_pre_ping=True, **served)
    except (ArgumentError, InvalidRequestError, ImportError, ValueError) as error:
        raise StoreError(
            "COMEBACK_DATABASE_URL names no database that can be used here: write"
            " sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE."
        ) from error
    if is_sqlite(engine):
        event.listen(engine.sync_engine, "connect", prepare)
        event.listen(engine.sync_engine, "begin", begin)
    else:
        ping_where_needed(engine.dialect)
    event.listen(engine.sync_engine, "handle_error", shorten)
    return engine


def ping_where_needed(dialect: Dialect) -> None:
    """Ping only a connection on which something came while nobody had it: a server that ends one
    says so, or closes it. A way to the server and back for each unit is a tenth of it."""
    ping = dialect.do_ping

    def quiet_or_pinged(connection: Any) -> bool:
        return is_quiet(connection.driver_connection) or ping(connection)

    dialect.do_ping = quiet_or_pinged  # type: ignore[method-assign,assignment]


def with_driver(url: URL) -> URL:
    """The URL with an asynchronous driver, where it names none."""
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def postgres_options(url: URL, limits: Limits) -> dict[str, Any]:
    """What an engine for PostgreSQL is made with."""
    return {
        # Whoever waited for the lock of a chat must then see what the turn before it saved.
        "isolation_level": "READ COMMITTED",
        "pool_size": limits.connections + 1,  # the one more holds the claims
        "max_overflow": 0,
        "pool_use_lifo": True,  # the one that was used last has its statements prepared
        "pool_timeout": limits.patience,
        "pool_recycle": 1800,
        "connect_args": connection_options(url, limits),
    }


def connection_options(url: URL, limits: Limits) -> dict[str, Any]:
    """What a connection to PostgreSQL is made with; what the URL itself says goes before."""
    milliseconds = round(limits.patience * 1000)
    session = {
        "timezone": "UTC",
        "statement_timeout": milliseconds,
        "lock_timeout": milliseconds,
        "idle_in_transaction_session_timeout": ABANDONED * 1000,
        **UNHEARD_BY_SERVER,
    }
    ours = " ".join(f"-c {name}={value}" for name, value in session.items())
    theirs = url.query.get("options", "")
    arguments = {name: value for name, value in UNHEARD.items() if name not in url.query}
    return {**arguments, "options": f"{ours} {theirs}".strip()}


def libpq(url: URL, limits: Limits, **session: str) -> dict[str, Any]:
    """The same for a pool of psycopg's own, whose sessions have these settings besides."""
    address = url.set(drivername="postgresql").difference_update_query(["options"])
    arguments = connection_options(url, limits)
    more = " ".join(f"-c {name}={value}" for name, value in session.items())
    return {
        "conninfo": address.render_as_string(hide_password=False),
        "kwargs": arguments | {"options": f"{arguments['options']} {more}".strip()},
        "timeout": limits.patience,
    }


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


def begin(connection: Connection) -> None:
    """Take SQLite's write lock at once, but to read only: a transaction that reads first and then
    finds the lock taken would fail without waiting."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def shorten(context: ExceptionContext) -> None:
    """Keep the first line of an error. In the others PostgreSQL quotes the row."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (error.args[0].partition("\n")[0], *error.args[1:])


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
        raise away(error) from error
    except IntegrityError:
        raise
    except DatabaseError as error:
        if error.connection_invalidated:  # the server ended it, for whatever reason
            raise away(error) from error
        raise StoreError(
            f"The database can't be used ({reason(error)}); check COMEBACK_DATABASE_URL."
        ) from error


def away(error: Exception) -> StoreAwayError:
    """The error of a database that doesn't answer, or can't just now."""
    why = reason(error)
    full = getattr(getattr(error, "orig", None), "sqlstate", None) == DISK_FULL or why == FULL
    kind, words = (DiskFullError, NO_ROOM) if full else (StoreAwayError, UNREACHED)
    told = kind(words.format(why=why))
    told.why = why
    return told


def refuse_full_disk(file: str | None) -> None:
    """Raises DiskFullError where there is little room beside a file of SQLite's, if it has one."""
    if not file or not Path(file).is_file():
        return
    free = shutil.disk_usage(Path(file).parent).free
    if free < ROOM:
        raise DiskFullError(NO_ROOM.format(why=f"{free // 2**20} MB are free"))


def reason(error: Exception) -> str:
    """What the driver says first."""
    lines = str(getattr(error, "orig", None) or "").splitlines()
    return lines[0] if lines else type(error).__name__
