"""The bot's process is killed in the middle, and the next one goes on where it stopped."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from forks import FORKS
from telegram_owner import by_button, interviewed
from telegram_peer import TOKEN, Phone, Server
from telegram_running import clock, in_process, running

from advisor.catalog import Catalog
from advisor.store import Store
from bot.conversation import Conversation


class Process:
    """A bot in a process of its own."""

    def __init__(self, folder: Path, root: str) -> None:
        self.log = folder / "bot.log"
        self.log.touch()
        database = f"sqlite+aiosqlite:///{folder / 'comeback.db'}"
        self.process = FORKS.Process(target=in_process, args=(database, TOKEN, root, self.log))

    async def end(self, name: signal.Signals) -> int | None:
        assert self.process.pid is not None
        os.kill(self.process.pid, name)
        await asyncio.to_thread(self.process.join, 20)
        return self.process.exitcode


@asynccontextmanager
async def process(folder: Path, root: str) -> AsyncIterator[Process]:
    made = Process(folder, root)
    made.process.start()
    try:
        yield made
    finally:
        if made.process.is_alive():
            await made.end(signal.SIGKILL)
        print(made.log.read_text())


async def transcript(store: Store, phone: Phone) -> list[tuple[str, str | None]]:
    """Who said something, and about which question."""
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        interview = await unit.open_interview(chat.id)
        assert interview is not None
        return [(row.direction, row.question) for row in await unit.transcript(interview.id)]


@pytest.mark.slow
async def test_killed_twice_it_goes_on_at_the_same_question(
    server: Server, talk: Conversation, store: Store, catalog: Catalog, tmp_path: Path
) -> None:
    straight, killed = Phone(server, chat=1), Phone(server, chat=2)
    async with running(talk, TOKEN, server.root):
        await straight.say("/start he")
        expected = await interviewed(straight, catalog, by_button)
    await killed.say("/start he")
    asked: list[str] = []
    for delay in (0.0, 0.02):
        async with process(tmp_path, server.root) as bot:
            asked += await interviewed(killed, catalog, by_button, 4)
            await asyncio.sleep(delay)
            await bot.end(signal.SIGKILL)
    async with process(tmp_path, server.root) as bot:
        asked += await interviewed(killed, catalog, by_button)
        await killed.say("/help")
        await killed.prompt()
        assert await bot.end(signal.SIGTERM) == 0
    assert asked == expected
    told = await transcript(store, killed)
    assert told[: len(told) - 3] == await transcript(store, straight)


@pytest.mark.slow
async def test_a_signal_ends_it_cleanly_and_its_log_holds_nothing_private(
    server: Server, store: Store, phone: Phone, tmp_path: Path
) -> None:
    async with process(tmp_path, server.root) as bot:
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("my secret is 12345")
        await phone.prompt()
        assert await bot.end(signal.SIGINT) == 0
    log = bot.log.read_text()
    assert "polling_stopped" in log
    assert not [word for word in (TOKEN, "12345", "Noa", str(phone.chat)) if word in log]
