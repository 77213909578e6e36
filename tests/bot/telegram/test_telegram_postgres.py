"""The channel on a real PostgreSQL: several processes at work, and a server that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from databases import Postgres
from telegram import Update
from telegram_peer import TOKEN, Phone, Server, eventually, version_of
from telegram_running import SECOND, clock, conversation, running

from advisor.store import Limits, Store
from bot.jobs import Jobs
from bot.telegram import Pace, Receiver, made_bot
from bot.telegram.worker import work

pytestmark = pytest.mark.postgres
CHATS = 4
TEXTS = ("/start en", "Alma", "/skip", "/skip", "/skip", "20%", "/skip")
HEARD = [None, *TEXTS[1:]]


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database(migrated=True) as url:
        yield url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = await Store.open(url, limits=Limits(4, patience=5.0))
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def worker(url: str, server: Server) -> AsyncIterator[None]:
    """One of several workers."""
    async with opened(url) as store:
        stop, bot = asyncio.Event(), made_bot(TOKEN, server.root)
        task = asyncio.create_task(
            work(conversation(store), store, bot, 4, stop, Pace(0, 0), SECOND)
        )
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)
            await bot.shutdown()


async def received(store: Store, phones: list[Phone]) -> None:
    """Everybody writes a lot, faster than anybody answers."""
    receiver = Receiver(store, "7", Jobs(store), clock)
    for number, text in enumerate(TEXTS):
        for phone in phones:
            row = {"update_id": number * 100 + phone.chat, "message": phone.message(text=text)}
            update = Update.de_json(row, None)
            assert await receiver.receive([update])


async def idle(store: Store) -> bool:
    async with store.unit() as unit:
        return not await unit.unfinished_updates("7") and not await unit.unsent("telegram:7:")


async def test_three_processes_deal_with_each_update_once_and_in_order(
    server: Server, url: str
) -> None:
    phones = [Phone(server, chat, "en") for chat in range(1, CHATS + 1)]
    async with opened(url) as store, AsyncExitStack() as stack:
        for _ in range(3):
            await stack.enter_async_context(worker(url, server))
        await received(store, phones)
        await eventually(lambda: idle(store))
        for phone in phones:
            async with store.unit() as unit:
                chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
                transcript = (await unit.export(chat.id))["transcript"]
            heard = [row["text"] or row["option"] for row in transcript if row["direction"] == "in"]
            said = [row["text"] for row in transcript if row["direction"] == "out"]
            assert heard == HEARD
            versions = [version_of(message) for message in phone.screen if version_of(message)]
            assert versions == sorted(versions)
            assert len(phone.screen) == len(said), "each message once"
            assert phone.texts == phones[0].texts, "and the same to everybody"


async def test_a_database_that_goes_away_in_the_middle_loses_nothing(
    server: Server, url: str, postgres: Postgres
) -> None:
    phone = Phone(server)
    async with opened(url) as store, running(conversation(store), TOKEN, server.root):
        await phone.say("/start en")
        first = await phone.prompt()
        await eventually(lambda: idle(store))  # what is sent and not yet noted is sent again
        await asyncio.to_thread(postgres.stop)
        try:
            await phone.say("/skip")
            await asyncio.sleep(10 * SECOND)
            shown = len(phone.screen)
        finally:
            await asyncio.to_thread(postgres.start)
        second = await phone.prompt()
        await phone.say("/skip")
        third = await phone.prompt()
        await eventually(lambda: idle(store))
        assert shown == 3
        assert len({first.question, second.question, third.question}) == 3
        assert len(phone.screen) == len({message.text for message in phone.screen})
