"""Copies of the Rasa project with other settings or examples: made, trained, served and asked.

A copy is a project like any other, so `comeback.nlu` trains and serves it as it does the real one.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from advisor.errors import ComebackError
from bench.measures import Document
from bot.understanding.rasa import LOADING, PAUSE
from comeback.nlu import LOG, NluServer

CONFIG = "config.yml"
LANGUAGES = ("he", "en")
MESSAGES = "together"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "models", "tests")
WARMING = 20
"""Messages that are asked before any is timed."""
TIMEOUT = 30.0
"""Seconds for one answer."""


def copied(real: Path, folder: Path, config: str) -> Path:
    """A project like `real` in `folder`, with another pipeline."""
    shutil.copytree(real, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
    (folder / CONFIG).write_text(config, "utf-8")
    environment = folder / ".venv"
    if not environment.exists():
        environment.symlink_to((real / ".venv").resolve())
    return folder


def without_messages(project: Path) -> None:
    """Take whole messages out of a copy: what they state is no example that was drawn."""
    for path in (project / MESSAGES).glob("*.yml"):
        path.write_text("[]\n", "utf-8")


def limited(config: str, epochs: int) -> tuple[str, str]:
    """A pipeline that goes over the examples so many times at most, and in a few words how often
    instead of how often; nothing is said of one that wouldn't go over them oftener."""
    found = yaml.safe_load(config)
    learning = [component for component in found["pipeline"] if "epochs" in component]
    meant = max((component["epochs"] for component in learning), default=0)
    if meant <= epochs:
        return config, ""
    for component in learning:
        component["epochs"] = min(component["epochs"], epochs)
    return yaml.safe_dump(found, sort_keys=False), f"{epochs} of {meant} epochs"


def read_examples(path: Path) -> dict[str, list[str]]:
    """The examples of a file of training data, by intent."""
    rows = yaml.safe_load(path.read_text("utf-8"))["nlu"]
    return {
        row["intent"]: [line.removeprefix("- ") for line in row["examples"].splitlines()]
        for row in rows
    }


def write_examples(path: Path, examples: Mapping[str, Sequence[str]]) -> None:
    """Write a file of training data. White space within a text becomes single spaces."""
    rows = [
        {"intent": intent, "examples": "".join(f"- {' '.join(text.split())}\n" for text in texts)}
        for intent, texts in examples.items()
    ]
    document = {"version": "3.1", "nlu": rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")


@dataclass(frozen=True, slots=True)
class Server:
    """A server of a copy."""

    running: NluServer
    http: httpx.AsyncClient

    async def ask(self, text: str) -> tuple[Document, float]:
        """The answer to a message, and the milliseconds until it was there."""
        begin = time.perf_counter()
        response = await self.http.post("/model/parse", json={"text": text})
        took = 1000 * (time.perf_counter() - begin)
        response.raise_for_status()
        document: dict[str, Any] = response.json()
        return document, took

    async def ask_all(self, texts: Iterable[str]) -> tuple[list[Document], list[float]]:
        """The same for many, one after the other."""
        found = [await self.ask(text) for text in texts]
        return [document for document, _ in found], [took for _, took in found]

    async def ready(self) -> None:
        """Wait until it answers. Raises ComebackError where it doesn't."""
        until = time.monotonic() + LOADING
        while True:
            process = self.running.process
            if time.monotonic() > until or process is None or process.returncode is not None:
                raise ComebackError(f"the server didn't start: see {self.running.project / LOG}")
            try:
                await self.ask("-")
                return
            except httpx.HTTPError:
                await asyncio.sleep(PAUSE)

    @property
    def megabytes(self) -> float:
        """Memory that the process holds."""
        assert self.running.process is not None
        command = ["ps", "-o", "rss=", "-p", str(self.running.process.pid)]
        return int(subprocess.check_output(command, text=True)) / 1024


@asynccontextmanager
async def served(project: Path, warm_with: Sequence[str]) -> AsyncIterator[Server]:
    """A server of a trained copy that has answered a few messages."""
    async with NluServer(project) as running, client_of(running) as http:
        server = Server(running, http)
        await server.ready()
        await server.ask_all(warm_with[:WARMING])
        yield server


def client_of(running: NluServer) -> httpx.AsyncClient:
    """A client of a server that has been started."""
    return httpx.AsyncClient(base_url=running.url, timeout=TIMEOUT, trust_env=False)
