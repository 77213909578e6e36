"""Types of columns that mean the same on every database."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.elements import ColumnElement

from advisor.store.sealing import NO_KEYS, SEALED, Keys

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Half a surrogate pair can't be written as UTF-8, and PostgreSQL refuses a zero character."""


class Moment(TypeDecorator[datetime]):
    """A point in time: always with a zone in Python, always in UTC in the database. SQLite keeps
    no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without its zone, which would be hours wrong somewhere."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without its zone can't be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that people or other programs wrote, with what no database can hold replaced: one odd
    character must not make a message poison."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what can't be stored."""
        return UNSTORABLE.sub("\ufffd", value) if value is not None else None


def storable(value: Any) -> Any:
    """JSON with what no database can hold replaced: PostgreSQL keeps such text in JSON, and then
    can't look into it."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [storable(item) for item in value]
    return value


# json, not jsonb, on PostgreSQL: the order of the answers is part of an interview's state.
Document = JSON(none_as_null=True)

# SQLite counts by itself only in a column that it calls INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


MARK = "sealed:"
"""What sealed words begin with; plain ones that begin so, too, get PLAIN in front."""
PLAIN = "sealed:0:"
BOX = "sealed"
"""The only key of the object that stands for a sealed document."""


def give_keys(engine: AsyncEngine, keys: Keys) -> None:
    """Let an engine seal what is personal, and open what was sealed."""
    engine.dialect.comeback_keys = keys  # type: ignore[attr-defined]


def keys_of(dialect: Dialect) -> Keys:
    """The keys of the engine that a statement runs on."""
    keys: Keys = getattr(dialect, "comeback_keys", NO_KEYS)
    return keys


class PersonalWords(TypeDecorator[str]):
    """Words that are somebody's own: sealed where there is a key. `place` is "table.column"."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal, or leave plain."""
        if value is None:
            return None
        words, keys = UNSTORABLE.sub("\ufffd", value), keys_of(dialect)
        if keys.newest is not None:
            return MARK + keys.seal(self.place, words.encode())
        return PLAIN + words if words.startswith(MARK) else words

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Open; what was written before there was a key is plain."""
        sealed = self.sealed(value)
        if sealed is not None:
            return keys_of(dialect).open(self.place, sealed).decode()
        return None if value is None else str(value).removeprefix(PLAIN)

    @staticmethod
    def sealed(stored: Any) -> str | None:
        """The sealed value in what is stored, if it is one."""
        found = isinstance(stored, str) and stored.startswith(MARK) and stored[len(MARK) :]
        return found if found and SEALED.fullmatch(found) else None


class PersonalDocument(TypeDecorator[Any]):
    """JSON that is somebody's own: sealed where there is a key. `place` is "table.column"."""

    impl = JSON
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__(none_as_null=True)
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Seal, or leave plain."""
        if value is None:
            return None
        keys = keys_of(dialect)
        if keys.newest is not None:
            content = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
            return {BOX: keys.seal(self.place, content)}
        return {BOX: {"plain": value}} if is_box(value) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open; what was written before there was a key is plain."""
        sealed = self.sealed(value)
        if sealed is not None:
            content = keys_of(dialect).open(self.place, sealed)
            return json.loads(content.decode("utf-8", "surrogatepass"))
        return value[BOX]["plain"] if is_box(value) else value

    @staticmethod
    def sealed(stored: Any) -> str | None:
        """The sealed value in what is stored, if it is one."""
        return stored[BOX] if is_box(stored) and isinstance(stored[BOX], str) else None


Personal = PersonalWords | PersonalDocument


def is_box(value: Any) -> bool:
    """Whether a document looks like one that stands for a sealed one."""
    return isinstance(value, dict) and value.keys() == {BOX}


def as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """A personal column as it stands in the database, neither opened nor sealed."""
    return type_coerce(column, Text() if isinstance(column.type, PersonalWords) else Document)
