"""The API does what its OpenAPI document says, whatever is sent: tried by schemathesis against a
real server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
import uvicorn
from consoles import Console, people
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from advisor.catalog import load_catalog
from advisor.store import Store
from comeback.wiring import clock
from console.api.app import make_api
from console.api.caller import SCOPES
from console.security.tokens import digest

TOKEN = "a token for the test"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
EXAMPLES = 12
"""Cases for each route."""


class Running(threading.Thread):
    """A server with a client to read, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.url = f"sqlite:///{folder / 'api.db'}"
        self.server: uvicorn.Server | None = None
        self.ready = threading.Event()
        self.port = 0

    def run(self) -> None:
        asyncio.run(self.serve())

    async def serve(self) -> None:
        catalog = load_catalog()
        store = await Store.open(self.url)
        await store.migrate()
        console = Console(catalog, store, clock(), {}, {})
        await people(console)
        await console.client("One", "yossi", "test:1", "Corner Bakery")
        async with store.unit() as unit:
            office = unit.practice(console.practices["One"])
            dana = console.people["dana"]
            await office.add_token(digest(TOKEN), dana, "t", SCOPES, console.now, 30)
        app = make_api(console.parts(), a_minute=100_000)
        config = uvicorn.Config(app, port=0, log_level="critical")
        self.server = uvicorn.Server(config)
        task = asyncio.create_task(self.server.serve())
        while not self.server.started:  # noqa: ASYNC110 - uvicorn tells in no other way
            await asyncio.sleep(0.05)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.ready.set()
        await task
        await store.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    running = Running(tmp_path_factory.mktemp("api"))
    running.start()
    assert running.ready.wait(60)
    yield f"http://127.0.0.1:{running.port}/openapi.json"
    assert running.server is not None
    running.server.should_exit = True
    running.join(20)


def test_it_keeps_its_word(address: str, subtests: pytest.Subtests) -> None:
    schema = schemathesis.openapi.from_url(address)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        with subtests.test(operation=operation.label):

            @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
            def right(case: schemathesis.Case) -> None:
                case.call_and_validate(headers=HEADERS)

            @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
            def wrong(case: schemathesis.Case) -> None:
                case.call_and_validate(headers=HEADERS)

            right()
            wrong()
