"""Which revision the tables are at, told without loading Alembic, so that a chat starts at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

VERSIONS = Path(__file__).parent / "migrations" / "versions"
LOCK = 0x636F6D65
"""Any number that stays the same: whoever changes the database as a whole takes turns on it."""


def newest() -> str:
    """The last revision: files are named r<number>_<what>.py and numbers only rise."""
    return max(path.name[1:5] for path in VERSIONS.glob("r*_*.py"))


def is_up_to_date(connection: Connection) -> bool:
    """Whether nothing is left to do. A database that is one revision ahead will do: each revision
    lets the code before it go on, so that replicas can be replaced one after the other."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one_or_none()
    return row is not None and row[0] in (newest(), following(newest()))


def following(revision: str) -> str:
    """The revision after this one."""
    return f"{int(revision) + 1:04}"
