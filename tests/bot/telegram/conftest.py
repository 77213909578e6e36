"""A server, a store and an owner's phone for the tests of the channel."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram_peer import Phone, Server, check_texts, serving
from telegram_running import conversation

from advisor.store import Store
from bot.conversation import Conversation


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A Bot API server; whatever a test had it show must be sound."""
    async with serving() as server:
        yield server
        check_texts(server)


@pytest.fixture
async def store(tmp_path: Path, migrated: Path) -> AsyncIterator[Store]:
    copied = shutil.copy(migrated, tmp_path / "comeback.db")
    store = await Store.open(f"sqlite+aiosqlite:///{copied}")
    await store.migrate()
    yield store
    await store.close()


@pytest.fixture
def talk(store: Store) -> Conversation:
    return conversation(store)


@pytest.fixture
def phone(server: Server) -> Phone:
    return Phone(server)
