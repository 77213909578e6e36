"""A deployment for tests: PostgreSQL, receivers and workers as processes, and Telegram."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx
import serving_process
from delivery import SECRET, Delivery
from forks import FORKS
from telegram_peer import TOKEN, Server, eventually

from advisor.store import Store

NOBODY = "http://127.0.0.1:9"
POISON = "boom"
"""A text on which turns fail, in every process."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Running:
    """One process."""

    role: str
    port: int
    process: BaseProcess

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def end(self, name: signal.Signals = signal.SIGKILL, patience: float = 30) -> int | None:
        if self.process.is_alive():
            assert self.process.pid is not None
            os.kill(self.process.pid, name)
        return await self.ended(patience)

    async def ended(self, patience: float = 30) -> int | None:
        await asyncio.to_thread(self.process.join, patience)
        return self.process.exitcode


@dataclass(slots=True)
class Deployment:
    """Everything on one machine; `second` is what the processes take for one."""

    database: str
    server: Server
    delivery: Delivery
    folder: Path
    second: float = 0.2
    nlu: str = NOBODY
    processes: list[Running] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    async def start(
        self, role: str, fault: tuple[str, int] | None = None, **settings: str
    ) -> Running:
        """Start a process; a receiver is waited for until it is ready."""
        port = free_port()
        environment = {
            "COMEBACK_DATA": str(self.folder),
            "COMEBACK_DATABASE_URL": self.database,
            "COMEBACK_DATABASE_CONNECTIONS": "5",
            "COMEBACK_NLU_URL": self.nlu,
            "COMEBACK_TELEGRAM_TOKEN": TOKEN,
            "COMEBACK_TELEGRAM_API": self.server.root,
            "COMEBACK_WEBHOOK_SECRET": SECRET,
            "COMEBACK_PORT": str(port),
            **settings,
        }
        log = self.folder / f"{role}{next(self.numbers)}.log"
        process = FORKS.Process(
            target=serving_process.run, args=(role, environment, log, self.second, fault, POISON)
        )
        process.start()
        running = Running(role, port, process)
        self.processes.append(running)
        if role == "console":
            await eventually(lambda: self.ready(running, "/sign-in"))
        if role == "serve":
            await eventually(lambda: self.ready(running))
            self.delivery.receivers.append(running.root)
        return running

    async def ready(self, running: Running, path: str = "/ready") -> bool:
        assert running.process.is_alive(), "it ended"
        try:
            answer = await self.delivery.http.get(f"{running.root}{path}")
            return answer.status_code == 200
        except httpx.HTTPError:
            return False

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        store = await Store.open(self.database)
        try:
            yield store
        finally:
            await store.close()

    def logs(self) -> str:
        return "\n".join(
            f"== {log.name}\n{log.read_text()}" for log in sorted(self.folder.glob("*.log"))
        )


async def idle(store: Store) -> bool:
    """Whether nothing waits: no update, and no message."""
    async with store.unit() as unit:
        return not any(queue.length for queue in (await unit.queues()).values())


@asynccontextmanager
async def deployed(
    database: str, server: Server, folder: Path, second: float = 0.2
) -> AsyncIterator[Deployment]:
    """Nothing runs at first; at the end nothing is left."""
    async with Delivery(second) as delivery:
        server.delivery = delivery
        deployment = Deployment(database, server, delivery, folder, second)
        try:
            yield deployment
        finally:
            server.delivery = None
            for each in deployment.processes:
                await each.end()
            print(deployment.logs())
