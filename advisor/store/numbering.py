"""The numbers that the database gives to rows: how far it has come, and to go on from there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select, text

from advisor.store.tables import metadata

SEQUENCE = "SELECT pg_get_serial_sequence(:table, :column)"
SET_SEQUENCE = f"SELECT setval(({SEQUENCE})::regclass, :number)"


def numbered() -> Iterator[Table]:
    """Tables whose rows are numbered by the database."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            yield table


def last_numbers(connection: Connection) -> dict[str, int]:
    """The highest number that each table ever gave out, of deleted rows, too, where it is known."""
    sqlite = connection.dialect.name == "sqlite"
    return {
        table.name: last_of_sqlite(connection, table) if sqlite else last_of(connection, table)
        for table in numbered()
    }


def highest(connection: Connection, table: Table) -> int:
    """The highest number that is there."""
    (column,) = table.primary_key
    return connection.execute(select(func.max(column))).scalar_one() or 0


def last_of_sqlite(connection: Connection, table: Table) -> int:
    """SQLite keeps it for tables with AUTOINCREMENT."""
    kept = connection.execute(
        text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
    )
    return max(kept.scalar() or 0, highest(connection, table))


def last_of(connection: Connection, table: Table) -> int:
    """PostgreSQL keeps it in a sequence."""
    sequence = connection.execute(text(SEQUENCE), named(table)).scalar_one()
    row = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()
    return int(row.last_value) if row.is_called else 0


def set_numbers(connection: Connection, last: dict[str, int]) -> None:
    """Go on counting where the other database stopped."""
    for table in numbered():
        number = max(int(last.get(table.name, 0)), highest(connection, table))
        if not number:
            continue
        if connection.dialect.name == "postgresql":
            connection.execute(text(SET_SEQUENCE), named(table) | {"number": number})
        elif table.dialect_options["sqlite"]["autoincrement"]:
            values = {"name": table.name, "number": number}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
            connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :number)"), values)


def named(table: Table) -> dict[str, str]:
    """A table and its numbers, for a statement."""
    (column,) = table.primary_key
    return {"table": table.name, "column": column.name}
