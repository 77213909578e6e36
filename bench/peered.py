"""The plain Rasa bot, running, and how many turns it makes."""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter

import httpx
import yaml

from advisor.catalog import load_catalog
from bench.deployed import resident
from bench.peer import press, train
from comeback.nlu import environment, free_port, python_of
from comeback.settings import Settings

ABREAST = 16
"""Callers at once; more make it slower."""


@dataclass(slots=True)
class Peer:
    """Rasa with its REST channel."""

    root: str
    kept: str
    process: asyncio.subprocess.Process
    http: httpx.AsyncClient
    numbers: count[int]

    async def say(self, sender: str, text: str) -> None:
        """One turn."""
        body = {"sender": sender, "message": text}
        (await self.http.post(f"{self.root}/webhooks/rest/webhook", json=body)).raise_for_status()

    async def rate(self, kind: str, owners: int, rounds: int) -> tuple[float, int]:
        """Turns a second, in rounds of one turn for each owner, by buttons or by text; and how many
        turns there were in all."""
        senders = [f"{kind}{next(self.numbers)}" for _ in range(owners)]
        await self.all(senders, "hello")
        await self.all(senders, "Alma")
        slots = [slot for slot in load_catalog().core() if slot.options]
        wording = {slot.id: load_catalog().question("en", slot.id)["options"] for slot in slots}
        times = []
        for slot in slots[:rounds]:
            option = slot.options[0]
            text = press(slot, option) if kind == "buttons" else f"it's {wording[slot.id][option]}"
            begun = perf_counter()
            await self.all(senders, text)
            times.append(perf_counter() - begun)
        return owners / statistics.median(times), owners * (len(times) + 2)

    async def all(self, senders: list[str], text: str) -> None:
        """A turn for everybody."""
        gate = asyncio.Semaphore(ABREAST)

        async def one(sender: str) -> None:
            async with gate:
                await self.say(sender, text)

        await asyncio.gather(*map(one, senders))

    def memory(self) -> int:
        """Megabytes."""
        return resident(self.process.pid)


@asynccontextmanager
async def peered(folder: Path, socket: str, database: str | None) -> AsyncIterator[Peer]:
    """The peer at work, with its conversations in memory or in a database; trained if need be."""
    if not (folder / "models" / "peer.tar.gz").exists():
        await asyncio.to_thread(train, folder)
    store = {"type": "SQL", "dialect": "postgresql", "db": database, "username": "postgres"}
    query = {"query": {"host": socket}}
    endpoints = {"tracker_store": {**store, "url": "", **query}} if database else {}
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints))
    port, project = free_port(), Settings().nlu_project
    command = [*("-m", "rasa", "run", "-m", "models/peer.tar.gz", "-p", str(port))]
    with (folder / "peer.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            *(str(python_of(project)), *command, "-i", "127.0.0.1", "--quiet"),
            cwd=folder,
            env={**environment(project, 1), "SANIC_WORKERS": "1", **os.environ},
            stdout=log,
            stderr=log,
        )
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=120) as http:
            kept = "PostgreSQL" if database else "in memory"
            peer = Peer(f"http://127.0.0.1:{port}", kept, process, http, count(1))
            await ready(peer)
            yield peer
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def ready(peer: Peer) -> None:
    """Wait until it has loaded."""
    for _ in range(600):
        try:
            await peer.say("nobody", "hello")
        except httpx.HTTPError:
            await asyncio.sleep(0.5)
        else:
            return
    raise RuntimeError("the peer never got ready")
