"""Seals what is stored plainly, and seals anew what an older key sealed, while others work.

Row by row in batches of their own transactions, by the primary key: what was done stays done, so
it may be stopped at any time and started again. Rows that a turn holds just now are left to the
next round, so that nobody waits for us, nor we for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, and_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from advisor.errors import StoreError
from advisor.store.columns import Personal, PersonalDocument, PersonalWords, as_stored, keys_of
from advisor.store.engine import READING, told_apart
from advisor.store.keyring import drop_keys, ids_of
from advisor.store.store import Store
from advisor.store.tables import answers, metadata

BATCH = 100
PAUSE = 0.2
"""Seconds until rows are tried again that somebody held."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many rows were sealed anew, and how many keys are no longer needed."""

    rows: int
    keys_done: tuple[str, ...]


async def reseal(store: Store) -> Resealed:
    """Seal everything personal with the newest key. Raises StoreError where there is none."""
    newest = keys_of(store.engine.dialect).newest
    if newest is None:
        raise StoreError(
            "There is no key to encrypt with: print one with `comeback db key`, and set"
            " COMEBACK_ENCRYPTION_KEY to it."
        )
    with told_apart():
        rows = 0
        for table in metadata.sorted_tables:
            rows += await whole(store, table) if personal_columns(table) else 0
        async with store.turn(), store.engine.begin() as connection:
            gone = [each for each in await ids_of(connection) if each != newest.id]
            await drop_keys(connection, gone)
        await store.empty_log()
    return Resealed(rows, tuple(gone))


def personal_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that are sealed."""
    return [column for column in table.c if isinstance(column.type, Personal)]


def moving_columns(table: Table) -> list[Column[Any]]:
    """Columns of numbers, which can't be sealed and move to one that can."""
    return [answers.c.low, answers.c.high] if table is answers else []


async def whole(store: Store, table: Table) -> int:
    """Round after round through a table, until nobody holds a row that is left."""
    done, left = await round_of(store, table)
    while left:
        await asyncio.sleep(PAUSE)
        more, left = await round_of(store, table)
        done += more
    return done


async def round_of(store: Store, table: Table) -> tuple[int, int]:
    """Once through a table: how many rows were sealed, and how many somebody held."""
    done = left = 0
    last: Sequence[Any] | None = None
    while True:
        async with store.turn(), store.engine.connect() as plain:
            connection = await plain.execution_options(**{READING: True})
            rows = await batch(connection, table, last)
        if not rows:
            return done, left
        last = key_of(table, rows[-1])
        keys = [key_of(table, row) for row in rows if is_plain(store, table, row)]
        if keys:
            async with store.turn(), store.engine.begin() as connection:
                sealed = await seal(connection, table, keys)
            done, left = done + sealed, left + len(keys) - sealed


async def batch(
    connection: AsyncConnection, table: Table, last: Sequence[Any] | None
) -> Sequence[Row[Any]]:
    """The next rows as they stand in the database."""
    statement = as_it_stands(table).order_by(*table.primary_key).limit(BATCH)
    if last is not None:
        statement = statement.where(tuple_(*table.primary_key) > tuple(last))
    return (await connection.execute(statement)).all()


def as_it_stands(table: Table) -> Any:
    """Keys and personal columns, unopened; with what of a row moves into them."""
    stored = [as_stored(column).label(f"{column.name}_") for column in personal_columns(table)]
    return select(*table.primary_key, *stored, *moving_columns(table))


def key_of(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    """A row's primary key."""
    return tuple(row._mapping[column.name] for column in table.primary_key)


def is_plain(store: Store, table: Table, row: Row[Any]) -> bool:
    """Whether anything in a row isn't sealed with the newest key."""
    keys = keys_of(store.engine.dialect)
    if any(row._mapping[column.name] is not None for column in moving_columns(table)):
        return True
    for column in personal_columns(table):
        value = row._mapping[f"{column.name}_"]
        if value is not None and not keys.is_newest(kind_of(column).sealed(value) or ""):
            return True
    return False


def kind_of(column: Column[Any]) -> PersonalWords | PersonalDocument:
    """The type of a personal column."""
    assert isinstance(column.type, Personal)
    return column.type


async def seal(connection: AsyncConnection, table: Table, keys: list[tuple[Any, ...]]) -> int:
    """Seal these rows, but for those that somebody holds; how many it were."""
    names = [column.name for column in personal_columns(table)]
    columns = [*table.primary_key, *personal_columns(table), *moving_columns(table)]
    wanted = or_(*(having(table, key) for key in keys))
    found = await connection.execute(
        select(*columns).where(wanted).with_for_update(skip_locked=True)
    )
    rows = found.all()
    for row in rows:
        values = {name: row._mapping[name] for name in names}
        if moving_columns(table) and not (row.low is None and row.high is None):
            values |= {"bounds": [row.low, row.high], "low": None, "high": None}
        await connection.execute(
            update(table).where(having(table, key_of(table, row))).values(values)
        )
    return len(rows)


def having(table: Table, key: tuple[Any, ...]) -> ColumnElement[bool]:
    """The row with a key."""
    return and_(*(column == part for column, part in zip(table.primary_key, key, strict=True)))
