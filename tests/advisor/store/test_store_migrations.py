"""Revisions lead to the tables that the code uses, from anywhere, and errors tell what to do."""

import asyncio
import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from advisor.errors import StoreAwayError, StoreError
from advisor.store import Store
from advisor.store.migrations import config_for
from advisor.store.revision import following, is_up_to_date, newest
from advisor.store.tables import metadata

THEIRS = "procrastinate"
"""Tables of procrastinate's own, and an index on one."""


def is_ours(_object: object, name: str, *_: object) -> bool:
    return THEIRS not in name


def difference(connection: Connection) -> list[object]:
    options = {"compare_type": True, "include_object": is_ours}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


OF_POSTGRES = """
    SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION SELECT 'constraint ' || conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION SELECT table_name || '.' || column_name,
        concat_ws(' ', data_type, is_nullable, column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = 'public'
"""
OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def declared(connection: Connection) -> dict[str, str]:
    """What the database says about each index, table, condition and foreign key."""
    sqlite = connection.dialect.name == "sqlite"
    found = connection.execute(text(OF_SQLITE if sqlite else OF_POSTGRES))
    return {
        name: sql
        for name, sql in found
        if "alembic_version" not in name and THEIRS not in f"{name} {sql}"
    }


def by_clause(sql: str) -> list[str]:
    """A statement's parts without regard to the order of constraints, nor to where SQLite puts a
    column that is added."""
    parts = re.split(r",? *\n|, ", re.sub(r"\s*\)$", "\n)", sql.replace("\t", "")))
    return sorted(filter(None, (part.strip(" ,") for part in parts)))


async def test_revisions_and_tables_say_the_same(store: Store) -> None:
    async with store.engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_they_say_the_same_where_alembic_does_not_look(store: Store, database: str) -> None:
    """Conditions of indexes, autoincrement, and what is deleted with what."""
    plain = await Store.open(database)
    async with plain.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        wanted = await connection.run_sync(declared)
    async with store.engine.connect() as connection:
        made = await connection.run_sync(declared)
    await plain.close()
    assert made.keys() == wanted.keys()
    for name, sql in wanted.items():
        assert by_clause(made[name]) == by_clause(sql), name


async def test_there_is_one_newest_revision(store: Store) -> None:
    async with store.engine.connect() as connection:
        config = await connection.run_sync(config_for)
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


async def test_migrating_needs_no_folder_and_may_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = await Store.open("sqlite:///100%25 mine.db")
    await store.migrate()
    await store.migrate()
    async with store.engine.connect() as connection:
        for pragma, value in [
            ("foreign_keys", 1),
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
        ]:
            row = await connection.execute(text(f"PRAGMA {pragma}"))
            assert row.scalar_one() == value, pragma
    await store.close()


async def test_a_newer_database_is_left_alone(store: Store) -> None:
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        await store.migrate()


async def test_a_failed_migration_leaves_the_database_as_it_was(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(config: Config, revision: str) -> None:
        upgrade_all(config, revision)
        raise StoreError("in the last step")

    upgrade_all = command.upgrade
    monkeypatch.setattr(command, "upgrade", fail)
    store = await Store.open(database)
    with pytest.raises(StoreError, match="last step"):
        await store.migrate()
    async with store.engine.connect() as connection:
        assert await connection.run_sync(declared) == {}
        if "sqlite" in database:
            on = await connection.execute(text("PRAGMA foreign_keys"))
            assert on.scalar_one() == 1
    await store.close()


async def test_replicas_that_start_together_migrate_once(database: str) -> None:
    stores = [await Store.open(database) for _ in range(4)]
    await asyncio.gather(*(store.migrate() for store in stores))
    for store in stores:
        async with store.engine.connect() as connection:
            assert await connection.run_sync(difference) == []
        await store.close()


async def test_every_revision_lets_the_code_before_it_go_on(database: str) -> None:
    """It takes no column away, changes none, and asks for nothing that old code doesn't write."""
    store = await Store.open(database)
    async with store.engine.begin() as connection:
        script = ScriptDirectory.from_config(await connection.run_sync(config_for))
        revisions = [each.revision for each in reversed(list(script.walk_revisions()))]
        before: dict[str, dict[str, tuple[str, bool]]] = {}
        for revision in revisions:
            await connection.run_sync(
                lambda sync, to: command.upgrade(config_for(sync), to), revision
            )
            after = await connection.run_sync(columns)
            for table, held in before.items():
                assert held.items() <= after[table].items(), (revision, table)
                assert not any(new[1] for name, new in after[table].items() if name not in held)
            before = after
    assert revisions == [f"{number + 1:04}" for number in range(len(revisions))]
    await store.close()


def columns(connection: Connection) -> dict[str, dict[str, tuple[str, bool]]]:
    """By table and name: each column's type, and whether a row must give it."""
    inspector = inspect(connection)
    return {
        table: {
            column["name"]: (
                str(column["type"]),
                not column["nullable"] and column["default"] is None,
            )
            for column in inspector.get_columns(table)
        }
        for table in inspector.get_table_names()
    }


async def test_code_goes_on_with_a_database_that_is_one_revision_ahead(store: Store) -> None:
    """Or replicas could not be replaced one after the other."""
    async with store.engine.begin() as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = :ahead"),
            {"ahead": following(newest())},
        )
    await store.migrate()
    async with store.unit() as unit:
        assert await unit.unfinished_updates("7") == []


@pytest.mark.parametrize("url", ["", "nonsense", "mysql+nothing://x", "oracle://x/y"])
async def test_an_address_that_names_no_database_says_what_to_write(url: str) -> None:
    with pytest.raises(StoreError, match="COMEBACK_DATABASE"):
        await Store.open(url)


async def test_a_folder_that_is_not_there_and_a_file_that_is_something_else(
    tmp_path: Path,
) -> None:
    with pytest.raises(StoreAwayError, match="unable to open"):
        await Store.open(f"sqlite:///{tmp_path}/no/comeback.db")
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 99)
    with pytest.raises(StoreError, match="not a database"):
        await Store.open(f"sqlite:///{tmp_path}/letter.txt")


async def test_alembic_is_asked_only_where_something_is_left_to_do(store: Store) -> None:
    empty = await Store.open("sqlite+aiosqlite://")
    async with empty.engine.connect() as before, store.engine.connect() as after:
        assert not await before.run_sync(is_up_to_date)
        assert await after.run_sync(is_up_to_date)
        script = await after.run_sync(
            lambda connection: ScriptDirectory.from_config(config_for(connection))
        )
    await empty.close()
    assert newest() == script.get_current_head()
