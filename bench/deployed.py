"""A deployment to measure: PostgreSQL as it comes (every commit reaches the disk), Rasa, receivers
and workers as processes of their own, and a Telegram that takes whatever it is sent."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from sqlalchemy import text

from advisor.store import Store
from bench.processor import spent
from bot.understanding.rasa import RasaClient
from comeback.nlu import NluServer, free_port
from comeback.settings import Settings

TOKEN, SECRET = "7:synthetic", "a-synthetic_secret"
HOOK = "/telegram/webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
MEGABYTE = 2**20
CONNECTIONS = 100
"""That Telegram calls over, where it may use as many as it can."""
DONE = text(
    "SELECT update_id FROM updates"
    " WHERE bot = '7' AND update_id = ANY(:numbers) AND done_at IS NOT NULL"
)
WAITING = text("SELECT EXISTS (SELECT FROM updates WHERE done_at IS NULL AND dead_at IS NULL)")
LOOKING = 0.02
"""Seconds between looks at whether everything is dealt with: looking costs time, too."""
RESENT = 0.5
"""Seconds until an update that wasn't taken is sent again."""


OURSELVES = {"id": 1, "is_bot": True, "first_name": "Comeback", "username": "comeback_bot"}


@dataclass(slots=True)
class Telegram:
    """Takes every call at once, and notes when each chat was sent something."""

    root: str = ""
    heard: dict[int, list[asyncio.Event]] = field(default_factory=dict)
    number: int = 0

    async def handle(self, request: web.Request) -> web.Response:
        """Take a call."""
        try:
            fields = dict(await request.post())
        except ConnectionResetError:  # the caller didn't want to wait any longer
            return web.Response()
        if request.match_info["method"] == "getMe":
            return web.json_response({"ok": True, "result": OURSELVES})
        self.number += 1
        chat = int(str(fields.get("chat_id", 0)))
        if request.match_info["method"] == "sendMessage":
            for event in self.heard.pop(chat, []):
                event.set()
        message = {"message_id": self.number, "date": 1, "chat": {"id": chat, "type": "private"}}
        return web.json_response({"ok": True, "result": message})


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    """A server on a free port of this machine."""
    served, app = Telegram(), web.Application()
    app.router.add_post("/bot{token}/{method}", served.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    served.root = f"http://{host}:{port}"
    try:
        yield served
    finally:
        await runner.cleanup()


@dataclass(slots=True)
class Deployment:
    """What is measured."""

    database: str
    families: Mapping[str, int]
    store: Store
    telegram: Telegram
    nlu: str
    http: ClientSession
    root: str = ""
    processes: list[tuple[str, asyncio.subprocess.Process]] = field(default_factory=list)
    resent: int = 0

    async def start(self, role: str) -> None:
        """A process, as an operator starts it."""
        port = free_port()
        settings = {
            "DATABASE_URL": self.database,
            "DATA": tempfile.gettempdir(),
            "NLU_URL": self.nlu,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": self.telegram.root,
            "WEBHOOK_SECRET": SECRET,
            "PORT": str(port),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", "from comeback.command import main; main()", role),
            env={**os.environ, **{f"COMEBACK_{name}": value for name, value in settings.items()}},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self.processes.append((role, process))
        if role == "serve":
            self.root = f"http://127.0.0.1:{port}"
            await self.until_ready()

    async def until_ready(self) -> None:
        """Wait until the receiver takes calls."""
        for _ in range(600):
            try:
                async with self.http.get(f"{self.root}/ready") as answer:
                    if answer.ok:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.1)
        raise RuntimeError("the receiver never got ready")

    async def post(self, update: dict[str, Any]) -> None:
        """An update, as Telegram delivers it: again, until it is taken."""
        while not await self.offer(update):
            self.resent += 1
            await asyncio.sleep(RESENT)

    async def offer(self, update: dict[str, Any]) -> bool:
        """Whether it was taken."""
        try:
            async with self.http.post(self.root + HOOK, json=update, headers=HEADERS) as answer:
                return answer.ok
        except ClientError:
            return False

    async def waiting(self) -> int:
        """How many updates are still to be dealt with."""
        async with self.store.unit() as unit:
            return (await unit.queues())["updates"].length

    async def until_done(self) -> float:
        """Seconds until none is."""
        begun = perf_counter()
        async with self.store.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            while (await connection.execute(WAITING)).scalar_one():  # noqa: ASYNC110
                await asyncio.sleep(LOOKING)
        return perf_counter() - begun

    def spent(self) -> dict[str, float]:
        """Seconds of processor that everything took so far: the workers, and what they ask."""
        workers = (process.pid for role, process in self.processes if role == "worker")
        others = {name: spent(pid) for name, pid in self.families.items()}
        return {"workers": sum(map(spent, workers)), **others}

    async def done(self, numbers: Iterable[int]) -> set[int]:
        """Which of these updates are dealt with, their replies queued."""
        async with self.store.engine.connect() as connection:
            found = await connection.execute(DONE, {"numbers": list(numbers)})
            return set(found.scalars())

    def memory(self) -> dict[str, int]:
        """Megabytes that each kind of process holds."""
        return {role: resident(process.pid) for role, process in self.processes}

    async def end(self) -> None:
        """Stop everything."""
        for _, process in self.processes:
            if process.returncode is None:
                process.terminate()
        await asyncio.gather(*(process.wait() for _, process in self.processes))


def resident(pid: int) -> int:
    """Megabytes of memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // MEGABYTE


@asynccontextmanager
async def deployed(
    database: str, nlu: str, families: Mapping[str, int]
) -> AsyncIterator[Deployment]:
    """A deployment without processes yet, on an empty database; `families` are the processes that
    it asks, with their children."""
    store = await Store.open(database)
    await store.migrate()
    async with (
        telegram() as served,
        ClientSession(connector=TCPConnector(limit=CONNECTIONS), timeout=ClientTimeout(60)) as http,
    ):
        deployment = Deployment(database, families, store, served, nlu, http)
        try:
            yield deployment
        finally:
            await deployment.end()
            await store.close()


@asynccontextmanager
async def rasa() -> AsyncIterator[tuple[str, int]]:
    """Our model's server, ready: its address and its process."""
    async with NluServer(Settings().nlu_project) as server, RasaClient(server.url) as client:
        if not await client.ready():
            raise RuntimeError("Rasa never got ready")
        assert server.process is not None
        yield server.url, server.process.pid
