"""A deployment on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from databases import Postgres
from deployment import Deployment, deployed
from telegram_peer import Server, check_texts, serving


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    with postgres.database(migrated=True) as url:
        yield url


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as server:
        yield server
        check_texts(server)


@pytest.fixture
async def deployment(database: str, server: Server, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(database, server, tmp_path) as deployment:
        yield deployment
