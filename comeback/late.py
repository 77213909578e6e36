"""The reader, imported after the first question: spaCy takes longer to import than all the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator

from advisor.catalog import Catalog
from advisor.interview.inputs import Reading
from bot.understanding.port import Reader
from bot.understanding.rasa import RasaClient

PATIENCE = 60.0
"""Seconds that a message waits for a model that is being loaded; that takes 5 to 20."""


class LateReader:
    """Reads messages as `MessageReader` does, which it makes when `load` begins or when the first
    message has to be read. `joining` is done when a server that we started ourselves answers, or
    is given up."""

    def __init__(
        self,
        catalog: Catalog,
        client: RasaClient,
        joining: asyncio.Task[bool] | None = None,
    ) -> None:
        self.catalog = catalog
        self.client = client
        self.joining = joining
        self.made: asyncio.Task[Reader] | None = None

    @property
    def away(self) -> bool:
        """Whether free text can't be read just now."""
        return not self.client.available

    async def settle(self) -> None:
        """Wait for a server that is loading."""
        if self.joining is not None and not self.joining.done():
            await asyncio.wait({self.joining}, timeout=PATIENCE)

    def load(self) -> asyncio.Task[Reader]:
        """Begin, if that didn't happen yet."""
        if self.made is None:
            self.made = asyncio.create_task(asyncio.to_thread(self.make))
        return self.made

    def make(self) -> Reader:
        """The import, and a first reading, which builds what later ones use."""
        from bot.understanding.quantities import read_quantities
        from bot.understanding.reader import MessageReader

        read_quantities("1")
        return MessageReader(self.catalog, self.client)

    async def read(self, text: str, question: str | None) -> Reading:
        """What the message does and says."""
        reader = await asyncio.shield(self.load())
        return await reader.read(text, question)


async def loading_after_first(lines: AsyncIterable[str], reader: LateReader) -> AsyncIterator[str]:
    """The lines; the reader begins to load once the first of them was answered."""
    async for line in lines:
        yield line
        reader.load()
