"""A bot for tests: the real conversation, store and reader, with understanding's model away."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from telegram import Bot

from advisor.catalog import load_catalog
from advisor.store import Store
from bot.conversation import Conversation
from bot.telegram import run_polling
from bot.telegram.connection import made_bot
from bot.telegram.pace import Pace
from bot.telegram.polling import serve
from bot.understanding.rasa import RasaClient
from bot.understanding.reader import MessageReader

SECOND = 0.02
"""What a second of waiting between attempts takes in tests."""


def clock() -> datetime:
    return datetime.now(UTC)


def conversation(store: Store) -> Conversation:
    """The conversation as a deployment has it, without the model."""
    catalog = load_catalog()
    return Conversation(catalog, store, MessageReader(catalog, RasaClient("")), clock)


@dataclass(slots=True)
class Running:
    """A bot at work, and how to stop it."""

    conversation: Conversation
    store: Store
    bot: Bot
    stop: asyncio.Event
    task: asyncio.Task[None]


@asynccontextmanager
async def running(
    talk: Conversation, token: str, root: str, pace: Pace | None = None
) -> AsyncIterator[Running]:
    """A bot in this process."""
    bot, stop = made_bot(token, root), asyncio.Event()
    await bot.initialize()
    work = serve(talk, talk.store, bot, pace or Pace(0, 0), SECOND, stop)
    task = asyncio.create_task(work)
    try:
        yield Running(talk, talk.store, bot, stop, task)
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)
        await bot.shutdown()


async def main(url: str, token: str, root: str) -> None:
    """A bot in a process of its own, until a signal ends it."""
    store = await Store.open(url)
    await store.migrate()
    try:
        await run_polling(conversation(store), store, token, root, Pace(0, 0), SECOND)
    finally:
        await store.close()


def in_process(url: str, token: str, root: str, log: Path) -> None:
    """The same, writing to a file what it writes."""
    with log.open("a") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    asyncio.run(main(url, token, root))
