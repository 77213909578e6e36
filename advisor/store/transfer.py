"""All that is stored as lines of JSON, and back: the way from one kind of database to the other.

The first line says what this is, each further line is a row, then comes the last number that each
table gave out, and the last line counts the rows, so that a file that was cut off is told:

    {"comeback": "database", "version": 1, "revision": "0003"}
    {"table": "chats", "row": {"id": …}}
    {"last": {"outbox": 17}}
    {"end": {"chats": 1, …}}

Times are ISO 8601 in UTC. Lines are ASCII: half a surrogate pair, too, comes through. They are
plain where the database is encrypted, too: what is read back is sealed with the keys of the day.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, insert, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from advisor.errors import StoreError
from advisor.store.columns import Moment
from advisor.store.engine import READING, is_sqlite, told_apart
from advisor.store.numbering import last_numbers, set_numbers
from advisor.store.revision import LOCK, newest
from advisor.store.store import Store
from advisor.store.tables import metadata

VERSION = 1
BATCH = 100
"""Rows that are read and written at a time; a plan has some 100 kB."""


async def dump(store: Store) -> AsyncIterator[str]:
    """Every row, as of one moment, in lines. Others go on writing meanwhile."""
    with told_apart():
        async with store.turn(), store.engine.connect() as plain:
            level = {} if is_sqlite(store.engine) else {"isolation_level": "REPEATABLE READ"}
            connection = await plain.execution_options(**{READING: True}, **level)
            async with connection.begin():
                yield line(comeback="database", version=VERSION, revision=newest())
                counts: Counter[str] = Counter()
                for table in moving():
                    statement = select(table).order_by(*table.primary_key)
                    rows = await connection.stream(statement.execution_options(yield_per=BATCH))
                    async for row in rows:
                        counts[table.name] += 1
                        yield line(table=table.name, row=shown(row._mapping))
                yield line(last=await connection.run_sync(last_numbers))
                yield line(end=dict(counts))


def moving() -> Iterator[Table]:
    """The tables that go along, owners first."""
    return (table for table in metadata.sorted_tables if not table.info.get("stays"))


async def load(store: Store, lines: Iterable[str]) -> int:
    """Fill an empty database with what `dump` wrote, all or nothing; how many rows there were.

    Raises StoreError where the database holds something or the lines can't be used.
    """
    with told_apart():
        async with store.turn(), store.engine.begin() as connection:
            await alone(connection)
            await refuse_unless_empty(connection)
            return await fill(connection, entries(lines))


async def fill(connection: AsyncConnection, found: Iterator[tuple[int, dict[str, Any]]]) -> int:
    """Insert rows, set the numbers, and check that nothing is missing."""
    check_header(found)
    counts: Counter[str] = Counter()
    batch: list[dict[str, Any]] = []
    filling: Table | None = None
    for number, entry in found:
        if "row" in entry:
            table, row = read_row(number, entry)
            if table is not filling or len(batch) == BATCH:
                await write(connection, filling, batch)
                filling, batch = table, []
            batch.append(row)
            counts[table.name] += 1
            continue
        await write(connection, filling, batch)
        filling, batch = None, []
        if "last" in entry:
            await connection.run_sync(set_numbers, whole_numbers(number, entry["last"]))
        elif entry.get("end") == dict(counts):
            return counts.total()
        else:
            raise StoreError(f"Line {number} of the file doesn't fit the lines before it.")
    raise StoreError("The file ends too early: export it again.")


def check_header(found: Iterator[tuple[int, dict[str, Any]]]) -> None:
    """See that this is a file of ours, and that we can read it."""
    _, header = next(found, (1, {}))
    if header.get("comeback") != "database":
        raise StoreError("The file is no export of a Comeback database.")
    revision = header.get("revision")
    if header.get("version") != VERSION or not isinstance(revision, str) or revision > newest():
        raise StoreError("The file was written by a newer version of Comeback: update the program.")


def entries(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Numbers and contents of lines."""
    for number, one in enumerate(lines, 1):
        try:
            entry = json.loads(one)
        except ValueError:
            entry = None
        if not isinstance(entry, dict):
            raise StoreError(
                f"Line {number} of the file is no JSON object: it isn't an export, or was cut off."
            )
        yield number, entry


def read_row(number: int, entry: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """The table and the values of a line."""
    table = metadata.tables.get(str(entry.get("table")))
    row = entry["row"]
    if table is None or not isinstance(row, dict) or not set(row) <= set(table.c.keys()):
        raise StoreError(f"Line {number} of the file holds what this version doesn't know.")
    try:
        return table, {name: stored(table.c[name], value) for name, value in row.items()}
    except (ValueError, TypeError):
        raise StoreError(f"Line {number} of the file holds a time that is none.") from None


def whole_numbers(number: int, last: Any) -> dict[str, int]:
    """The last numbers of tables."""
    if not isinstance(last, dict) or not all(type(each) is int for each in last.values()):
        raise StoreError(f"Line {number} of the file has no numbers where they belong.")
    return last


def stored(column: Column[Any], value: Any) -> Any:
    """A value of JSON as its column takes it."""
    is_time = isinstance(column.type, Moment) and value is not None
    return datetime.fromisoformat(value) if is_time else value


async def write(
    connection: AsyncConnection, table: Table | None, batch: list[dict[str, Any]]
) -> None:
    """Insert some rows of one table."""
    if table is None or not batch:
        return
    try:
        await connection.execute(insert(table), batch)
    except StatementError as error:
        if isinstance(error, DBAPIError) and not isinstance(error, (IntegrityError, DataError)):
            raise  # no fault of the file's
        raise StoreError(
            f"A row of {table.name} can't be stored: the file was changed, or doesn't fit together."
        ) from error


async def alone(connection: AsyncConnection) -> None:
    """Let two imports and a migration take turns, whatever time they need."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


async def refuse_unless_empty(connection: AsyncConnection) -> None:
    """Nothing is mixed, and nothing is overwritten."""
    for table in moving():
        if (await connection.execute(select(table).limit(1))).first() is not None:
            raise StoreError(
                "The database already holds something: an import needs an empty one."
                " Set COMEBACK_DATABASE_URL to a new database."
            )


def shown(row: Any) -> dict[str, Any]:
    """A row in the types of JSON."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def line(**content: Any) -> str:
    """A line of the file."""
    return json.dumps(content) + "\n"
