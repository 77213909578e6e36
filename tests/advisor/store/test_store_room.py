"""Whether there is room for what is to be written."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from advisor.errors import DiskFullError
from advisor.store import Store


async def test_a_database_with_room_says_so(store: Store) -> None:
    await store.check_room()
    async with store.unit() as unit:
        assert (await unit.queues())["updates"].length == 0


async def test_a_full_disk_is_seen_before_something_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/c.db")
    await store.migrate()
    await store.check_room()
    usage = shutil.disk_usage(tmp_path)._replace(free=2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DiskFullError, match="1 MB are free"):
        await store.check_room()
    await store.close()


async def test_sqlite_without_room_is_told_from_one_that_is_away(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/c.db")
    await store.migrate()
    with pytest.raises(DiskFullError):  # noqa: PT012
        async with store.unit() as unit:
            await unit.connection.execute(text("PRAGMA max_page_count = 1"))
            await unit.connection.execute(text("CREATE TABLE big AS SELECT zeroblob(9999999)"))
    await store.close()
