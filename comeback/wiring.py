"""Puts a deployment together: settings in, working parts out. Nothing happens on import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from advisor.catalog import Catalog, load_catalog
from advisor.store import Store
from bot.conversation import Conversation
from bot.understanding.rasa import RasaClient
from comeback.database import opened
from comeback.late import LateReader
from comeback.nlu import NluServer
from comeback.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What a channel needs."""

    settings: Settings
    catalog: Catalog
    store: Store
    reader: LateReader
    conversation: Conversation


def clock() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@asynccontextmanager
async def assembled(settings: Settings, nlu: bool = True) -> AsyncIterator[Parts]:
    """All parts, with the database up to date; Rasa joins when it is ready."""
    settings.prepare()
    catalog = load_catalog()
    async with opened(settings) as store, understanding(settings, nlu) as client:
        joining = asyncio.create_task(client.ready())
        ours = nlu and not settings.nlu_url
        reader = LateReader(catalog, client, joining if ours else None)
        conversation = Conversation(
            catalog,
            store,
            reader,
            clock,
            settings.contact,
            settings.pace(),
            settings.retention(),
            settings.practice,
        )
        try:
            yield Parts(settings, catalog, store, reader, conversation)
        finally:
            joining.cancel()


@asynccontextmanager
async def understanding(settings: Settings, nlu: bool = True) -> AsyncIterator[RasaClient]:
    """A client of the Rasa server that the settings name, else of one that we start ourselves."""
    if settings.nlu_url or not nlu:
        async with RasaClient(settings.nlu_url) as client:
            yield client
        return
    async with NluServer(settings.nlu_project) as server, RasaClient(server.url) as client:
        yield client
