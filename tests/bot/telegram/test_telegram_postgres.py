"""The channel on a real PostgreSQL: several processes at work, and a server that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from databases import Postgres
from telegram_peer import TOKEN, Phone, Server, eventually, version_of
from telegram_running import SECOND, clock, conversation, running

from advisor.store import Limits, Store
from bot.telegram.inbox import Inbox
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace
from bot.telegram.polling import made_bot
from bot.telegram.post import Post
from bot.telegram.reception import Reception

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
async def worker(url: str, server: Server) -> AsyncIterator[Inbox]:
    """What one of several processes does with what was received, whoever received it."""
    async with opened(url) as store:
        stop, bot = asyncio.Event(), made_bot(TOKEN, server.root)
        await bot.initialize()
        reception = Reception(conversation(store), "7")
        outbox = Outbox(store, reception, Post(bot), Pace(0, 0), SECOND)
        inbox = Inbox(store, reception, "7", outbox.something.set, SECOND)
        tasks = [asyncio.create_task(part.work(stop)) for part in (inbox, outbox)]
        try:
            yield inbox
        finally:
            stop.set()
            await asyncio.wait_for(asyncio.gather(*tasks), 20)
            await bot.shutdown()


async def received(store: Store, phones: list[Phone]) -> None:
    """Everybody writes a lot, faster than anybody answers."""
    for number, text in enumerate(TEXTS):
        async with store.unit() as unit:
            for phone in phones:
                payload = {"kind": "text", "chat": phone.chat, "text": text}
                update, address = number * 100 + phone.chat, f"telegram:7:{phone.chat}"
                await unit.receive_update("7", update, payload, clock(), address)


async def idle(store: Store) -> bool:
    async with store.unit() as unit:
        return not await unit.unfinished_updates("7") and not await unit.unsent("telegram:7:")


async def test_three_processes_deal_with_each_update_once_and_in_order(
    server: Server, url: str
) -> None:
    phones = [Phone(server, chat, "en") for chat in range(1, CHATS + 1)]
    async with opened(url) as store, AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(worker(url, server)) for _ in range(3)]
        await received(store, phones)
        for each in workers:
            each.something.set()
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
        assert shown == 2
        assert len({first.question, second.question, third.question}) == 3
        assert len(phone.screen) == len({message.text for message in phone.screen})
