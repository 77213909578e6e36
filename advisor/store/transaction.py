"""A transaction in which what is to be written waits, and is written by one statement.

A way to the database and back takes more time than what is done there, and a turn writes into half
a dozen tables. What waits is written before anything else is executed, so that whoever asks finds
it, and at the end at the latest; only what has nothing to do with it may go past.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from functools import cache
from typing import Any, TypeVarTuple, overload

from sqlalchemy import (
    JSON,
    Column,
    CursorResult,
    Dialect,
    Executable,
    Insert,
    Table,
    Text,
    TypeDecorator,
    Update,
    UpdateBase,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import TypedReturnsRows

Columns = TypeVarTuple("Columns")
Row = Mapping[str, Any]
Parameters = Row | Sequence[Row] | None
Shape = tuple[Table, tuple[str, ...]]
"""A table, and the columns that its new rows fill."""


class Transaction:
    """A connection within `Store.unit`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.rows: dict[Table, list[dict[str, Any]]] = {}
        """New rows that wait to be written."""
        self.changes: dict[Update, Row] = {}
        """Changes that wait with them, and what they are filled with."""

    @property
    def dialect(self) -> Dialect:
        """Which database this is, and the keys that seal what is personal."""
        return self.connection.dialect

    @overload
    async def execute(
        self,
        statement: TypedReturnsRows[*Columns],
        parameters: Parameters = None,
        about: Collection[Table] | None = None,
    ) -> CursorResult[*Columns]: ...

    @overload
    async def execute(
        self,
        statement: UpdateBase,
        parameters: Parameters = None,
        about: Collection[Table] | None = None,
    ) -> CursorResult[Any]: ...

    @overload
    async def execute(
        self,
        statement: Executable,
        parameters: Parameters = None,
        about: Collection[Table] | None = None,
    ) -> Any: ...

    async def execute(
        self,
        statement: Executable,
        parameters: Parameters = None,
        about: Collection[Table] | None = None,
    ) -> Any:
        """Run a statement, which sees all that was to be written before. Where it is `about`
        nothing but some tables, what is for others goes on waiting; it must not delete what that
        belongs to."""
        if about is None or not self.waiting.isdisjoint(about):
            await self.write()
        return await self.connection.execute(statement, parameters)

    @property
    def waiting(self) -> Set[Table]:
        """The tables for which something waits."""
        return {*self.rows, *map(table_of, self.changes)}

    def add(self, table: Table, *rows: dict[str, Any]) -> None:
        """Have rows, all with the same columns, written before anything else is executed. Raises
        ValueError where one has others: written with those of the first, it would lose them."""
        if rows:
            waiting = [*self.rows.get(table, ()), *rows]
            if any(row.keys() != waiting[0].keys() for row in rows):
                raise ValueError(f"new rows of {table.name} have different columns")
            self.rows[table] = waiting

    async def put_off(self, change: Update, **parameters: Any) -> None:
        """The same for a change of rows that are there. It is made once and for all, and its
        parameters are named like no other's."""
        if table_of(change) in self.waiting:  # one statement can't change a row twice
            await self.write()
        self.changes[change] = parameters

    async def write(self) -> None:
        """Write what waits."""
        new, self.rows = self.rows, {}
        changes, self.changes = self.changes, {}
        if not new and not changes:
            return
        if self.dialect.name != "postgresql":  # within this process, a statement costs little
            changed = set(map(table_of, changes))
            for table in (t for t in new if t not in changed):
                await self.connection.execute(insert(table), new[table])
            for change, parameters in changes.items():
                await self.connection.execute(change, parameters)
            for table in (t for t in new if t in changed):  # they came after the change
                await self.connection.execute(insert(table), new[table])
            return
        shapes = tuple((table, tuple(rows[0])) for table, rows in new.items())
        filled: dict[str, Any] = {
            table.name: self.document(table, rows) for table, rows in new.items()
        }
        for parameters in changes.values():
            filled |= parameters
        await self.connection.execute(writing(shapes, tuple(changes)), filled)

    def document(self, table: Table, rows: Sequence[Row]) -> str:
        """Rows as JSON, each value as its column stores it."""
        columns = table.columns
        return json.dumps(
            [
                {name: stored(columns[name], value, self.dialect) for name, value in row.items()}
                for row in rows
            ]
        )

    async def driver_connection(self) -> Any:
        """The driver's own connection, for a library that writes in the same transaction."""
        await self.write()
        return (await self.connection.get_raw_connection()).driver_connection


Connected = AsyncConnection | Transaction


def table_of(change: Update) -> Table:
    """The table whose rows a statement changes."""
    assert isinstance(change.table, Table)
    return change.table


def stored(of: Column[Any], value: Any, dialect: Dialect) -> Any:
    """A value as its column stores it: sealed, cleaned, and JSON as the text that it is kept as."""
    if isinstance(of.type, TypeDecorator):
        value = of.type.process_bind_param(value, dialect)
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value) if is_json(of) and value is not None else value


def is_json(of: Column[Any]) -> bool:
    """Whether a column holds JSON."""
    kind = of.type.impl_instance if isinstance(of.type, TypeDecorator) else of.type
    return isinstance(kind, JSON)


@cache
def writing(shapes: tuple[Shape, ...], changes: tuple[Update, ...]) -> Executable:
    """The statement that writes all at once, however many rows; made once for each choice of tables
    and changes, so that the server plans it once."""
    parts: list[Insert | Update] = [*changes, *(inserting(*shape) for shape in shapes)]
    *others, last = parts
    named = (each.cte(f"part_{number}") for number, each in enumerate(others))
    return last.add_cte(*named)


def inserting(table: Table, names: Sequence[str]) -> Insert:
    """A table's part: its rows come as one document, named like the table, and keep their order."""
    kinds = [Text() if is_json(table.c[name]) else table.c[name].type for name in names]
    rows = (
        func.json_to_recordset(cast(bindparam(table.name, type_=Text), JSON))
        .table_valued(*map(column, names, kinds), name=f"new_{table.name}")
        .render_derived(with_types=True)
    )
    values = (
        cast(rows.c[name], JSON) if is_json(table.c[name]) else rows.c[name] for name in names
    )
    return insert(table).from_select(names, select(*values))
