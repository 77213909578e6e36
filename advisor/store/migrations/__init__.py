"""Revisions of the tables, run by Alembic from inside the package: no alembic.ini is needed."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from advisor.errors import StoreError
from advisor.store.revision import LOCK


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision inside the transaction that the caller began."""
    if connection.dialect.name == "postgresql":
        wait_for_others(connection)
    try:
        command.upgrade(config_for(connection), "head")
    except CommandError as error:
        raise StoreError(
            "The database was written by a newer version of Comeback: update the program."
        ) from error
    if connection.dialect.name == "sqlite":
        check_foreign_keys(connection)


def wait_for_others(connection: Connection) -> None:
    """Take turns with other processes that migrate, however long they take. After that only the
    wait for a table is cut short: whoever comes behind us in that queue waits as long as we do."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")


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
