"""JSON lines on standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator

from advisor.catalog import load_catalog
from comeback.settings import Settings
from comeback.wiring import understanding


def standard_input() -> Iterator[str]:
    """Lines of UTF-8, whatever the locale; a broken byte never ends the stream."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace")


async def arriving_lines() -> AsyncIterator[str]:
    """Lines as they arrive, without holding up the rest of the program."""
    loop = asyncio.get_running_loop()
    while raw := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        yield raw.decode("utf-8", errors="replace")


async def understand_lines(settings: Settings) -> None:
    """Answer each {"question", "text"} with what the message says; waits for Rasa first."""
    from bot.understanding.reader import MessageReader

    async with understanding(settings) as client:
        await client.ready()
        reader = MessageReader(load_catalog(), client)
        async for line in reader.answer_lines(arriving_lines()):
            print(line, flush=True)
