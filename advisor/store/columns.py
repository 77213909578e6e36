"""Types of columns that mean the same on every database."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator

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
