"""Revisions lead to the tables that the code uses, from anywhere, and errors tell what to do."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from advisor.errors import StoreAwayError, StoreError
from advisor.store import Store
from advisor.store.migrations import config_for
from advisor.store.revision import is_newest, newest
from advisor.store.tables import metadata


def difference(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def declared(connection: Connection) -> dict[str, str]:
    """What SQLite says about each index and table, conditions and foreign keys with it."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {name: sql for name, sql in found if name != "alembic_version"}


def by_clause(sql: str) -> list[str]:
    """A statement's parts without regard to the order of constraints."""
    return sorted(part.strip(" ,") for part in sql.replace("\t", "").splitlines())


async def test_revisions_and_tables_say_the_same(store: Store) -> None:
    async with store.engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_they_say_the_same_where_alembic_does_not_look(store: Store) -> None:
    """Conditions of indexes, autoincrement, and what is deleted with what."""
    plain = await Store.open("sqlite+aiosqlite://")
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Connection) -> None:
        raise StoreError("in the last step")

    monkeypatch.setattr("advisor.store.migrations.check_foreign_keys", fail)
    store = await Store.open(f"sqlite:///{tmp_path}/comeback.db")
    with pytest.raises(StoreError, match="last step"):
        await store.migrate()
    async with store.engine.connect() as connection:
        assert await connection.run_sync(declared) == {}
        on = await connection.execute(text("PRAGMA foreign_keys"))
        assert on.scalar_one() == 1
    await store.close()


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
        assert not await before.run_sync(is_newest)
        assert await after.run_sync(is_newest)
        script = await after.run_sync(
            lambda connection: ScriptDirectory.from_config(config_for(connection))
        )
    await empty.close()
    assert newest() == script.get_current_head()
