"""Revisions of the tables, run by Alembic from inside the package: no alembic.ini is needed."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from advisor.errors import StoreError

LOCK = 0x636F6D65
"""Any number that stays the same: replicas that start together take turns on it."""


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision inside the transaction that the caller began."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    try:
        command.upgrade(config_for(connection), "head")
    except CommandError as error:
        raise StoreError(
            "The database was written by a newer version of Comeback: update the program."
        ) from error
    if connection.dialect.name == "sqlite":
        check_foreign_keys(connection)


def config_for(connection: Connection) -> Config:
    """What Alembic has to know."""
    config = Config()
    config.set_main_option("script_location", "advisor.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def check_foreign_keys(connection: Connection) -> None:
    """They rested while tables were replaced: nothing may point nowhere now."""
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreError("The database has rows that belong to nothing: restore it from a copy.")
