"""What every part of a unit has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from advisor.store.columns import keys_of
from advisor.store.records import Agreement, Consent, StoredChat, StoredInterview
from advisor.store.transaction import Connected, Transaction


class Part:
    """The transaction, and where new ids come from."""

    def __init__(self, connection: Transaction, ids: Callable[[], str]) -> None:
        self.connection = connection
        self.ids = ids
        self.known: dict[str, StoredChat] = {}
        """Chats that this unit has locked, as they are, by address."""
        self.under_way: dict[str, StoredInterview] = {}
        """Interviews that this unit has read or saved, as they are, by chat."""
        self.consents: dict[str, Consent] = {}
        """What is known of consents, by chat."""
        self.agreed: dict[str, Agreement | None] = {}
        """The last wording that a chat was shown, by chat."""
        self.on_line: set[str] = set()
        """Interviews that their owner's line in the list of clients tells of."""
        self.planned: set[str] = set()
        """Interviews of which this unit made a version of the plan."""
        self.forgot = False
        """Whether something was deleted for good."""

    def forget_known(self) -> None:
        """Ask again for everything: rows changed on a way that nothing here follows."""
        self.known.clear()
        self.under_way.clear()
        self.consents.clear()
        self.agreed.clear()
        self.on_line.clear()

    async def driver_connection(self) -> Any:
        """The driver's own connection, for a library that writes in the same transaction."""
        return await self.connection.driver_connection()

    async def insert_unless_there(self, table: Table, **values: Any) -> bool:
        """Insert a row unless its key is taken; whether it was inserted."""
        return await insert_unless_there(self.connection, table, **values)

    def search_key(self, word: str) -> str:
        """What a word of an owner is kept as, to be found by: a hash where there is a key."""
        return keys_of(self.connection.dialect).search_key(word)

    def search_keys(self, word: str) -> list[str]:
        """All that such a word may have been kept as; look for any of them."""
        return keys_of(self.connection.dialect).search_keys(word)


async def insert_unless_there(connection: Connected, table: Table, **values: Any) -> bool:
    """Insert a row unless its key is taken; whether it was inserted."""
    return bool(await insert_missing(connection, table, [values]))


async def insert_missing(
    connection: Connected, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Sequence[Row[Any]]:
    """Insert the rows whose keys aren't taken, in one statement; the keys of those inserted."""
    statement = unless_there(connection.dialect.name, table)
    # not rowcount, which psycopg doesn't know after an insert
    return (await connection.execute(statement, rows)).all()


@cache
def unless_there(dialect: str, table: Table) -> Any:
    """The statement, made once."""
    of_dialect = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return of_dialect(table).on_conflict_do_nothing().returning(*table.primary_key)
