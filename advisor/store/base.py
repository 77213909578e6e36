"""What every part of a unit has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from advisor.store.columns import keys_of
from advisor.store.records import Consent, StoredChat, StoredInterview
from advisor.store.tables import messages


class Part:
    """The transaction, and where new ids come from."""

    def __init__(self, connection: AsyncConnection, ids: Callable[[], str]) -> None:
        self.connection = connection
        self.ids = ids
        self.known: dict[str, StoredChat] = {}
        """Chats that this unit has locked, as they are, by address."""
        self.under_way: dict[str, StoredInterview] = {}
        """Interviews that this unit has read or saved, as they are, by chat."""
        self.consents: dict[str, Consent] = {}
        """What is known of consents, by chat."""
        self.planned: set[str] = set()
        """Interviews of which this unit made a version of the plan."""
        self.said_last: list[dict[str, Any]] = []
        """Rows of the transcript that are still to be written: together, as a turn has several."""
        self.forgot = False
        """Whether something was deleted for good."""

    def forget_known(self) -> None:
        """Ask again for everything: rows changed on a way that nothing here follows."""
        self.known.clear()
        self.under_way.clear()
        self.consents.clear()

    async def write_messages(self) -> None:
        """Write down what was added to the transcript."""
        rows, self.said_last = self.said_last, []
        await add_rows(self.connection, messages, rows)

    async def driver_connection(self) -> Any:
        """The driver's own connection, for a library that writes in the same transaction."""
        return (await self.connection.get_raw_connection()).driver_connection

    async def insert_unless_there(self, table: Table, **values: Any) -> bool:
        """Insert a row unless its key is taken; whether it was inserted."""
        return await insert_unless_there(self.connection, table, **values)

    def search_key(self, word: str) -> str:
        """What a word of an owner is kept as, to be found by: a hash where there is a key."""
        return keys_of(self.connection.dialect).search_key(word)

    def search_keys(self, word: str) -> list[str]:
        """All that such a word may have been kept as; look for any of them."""
        return keys_of(self.connection.dialect).search_keys(word)


async def insert_unless_there(connection: AsyncConnection, table: Table, **values: Any) -> bool:
    """Insert a row unless its key is taken; whether it was inserted."""
    return bool(await insert_missing(connection, table, [values]))


async def insert_missing(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Sequence[Row[Any]]:
    """Insert the rows whose keys aren't taken, in one statement; the keys of those inserted."""
    statement = unless_there(connection.dialect.name, table)
    # not rowcount, which psycopg doesn't know after an insert
    return (await connection.execute(statement, rows)).all()


async def add_rows(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, of the same columns, in one statement."""
    if rows:
        await connection.execute(adding(table, many=len(rows) > 1), rows)


@cache
def adding(table: Table, many: bool) -> Any:
    """The statement, made once. Only where it returns something are many rows one statement."""
    return insert(table).returning(*table.primary_key) if many else insert(table)


@cache
def unless_there(dialect: str, table: Table) -> Any:
    """The statement, made once."""
    of_dialect = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return of_dialect(table).on_conflict_do_nothing().returning(*table.primary_key)
