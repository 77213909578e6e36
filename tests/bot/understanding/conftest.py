"""The real Rasa model, trained if need be and served once for all tests that need it."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from advisor.catalog import Catalog
from bot.understanding.rasa import RasaClient
from bot.understanding.reader import MessageReader
from comeback.nlu import NluServer, train
from comeback.settings import Settings


@pytest.fixture(scope="session")
def nlu_project() -> Path:
    """The Rasa project with an up-to-date model; of tests in parallel one trains, others wait."""
    project = Settings().nlu_project
    (project / ".cache").mkdir(exist_ok=True)
    with (project / ".cache" / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        train(project)
    return project


@pytest.fixture
async def reader(nlu_project: Path, catalog: Catalog) -> AsyncIterator[MessageReader]:
    async with NluServer(nlu_project) as server, RasaClient(server.url) as client:
        await asyncio.wait_for(client.ready(), 120)
        yield MessageReader(catalog, client)
