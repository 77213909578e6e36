"""`comeback serve`, wired; working.py has `comeback worker`.

On PostgreSQL the one only takes in, and the other does the rest, each in any number of processes.
On SQLite, where one process is at work, `serve` does everything itself.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute, Mount

from advisor.errors import ComebackError
from bot.jobs import Jobs
from bot.telegram import Bot, Pace, Post, Receiver, Webhook, made_bot, name_of
from bot.telegram.one_process import one_process
from comeback.console import API, parts_of, telling
from comeback.database import opened
from comeback.listening import Server
from comeback.logs import quiet_logs
from comeback.settings import Settings
from comeback.telegram import token_of
from comeback.web import application
from comeback.wiring import assembled, clock
from console.api.app import make_api
from console.app import make_app

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def serve(settings: Settings, pace: Pace | None = None, second: float = 1.0) -> None:
    """Answer until stopped. Raises ComebackError where something needed isn't set. `pace` and
    `second` are for tests."""
    token, secret = token_of(settings), secret_of(settings)
    quiet_logs(logging.INFO)
    bot = made_bot(token, settings.telegram_api or None)
    async with receiving(settings, bot, pace, second) as receiver:
        webhook = Webhook(receiver, Post(bot), secret)
        app = application(receiver.store, webhook, settings.nlu_url, rooms(settings, receiver))
        async with telling(settings, receiver.store):
            await Server(app, settings.host, settings.port, "COMEBACK_PORT").listen()
        await webhook.close()
    await bot.shutdown()


def rooms(settings: Settings, receiver: Receiver) -> list[BaseRoute]:
    """Other parts of the product, each below a path of its own."""
    parts = parts_of(settings, receiver.store)
    return [Mount(API, make_api(parts)), Mount("/console", make_app(parts))]


@asynccontextmanager
async def receiving(
    settings: Settings, bot: Bot, pace: Pace | None, second: float
) -> AsyncIterator[Receiver]:
    """What takes updates in, with the rest of the work where nobody else does it."""
    if settings.is_shared:
        async with opened(settings) as store:
            yield Receiver(store, name_of(bot), Jobs(store), clock)
        return
    async with assembled(settings) as parts:
        parts.reader.load()
        stop = asyncio.Event()
        async with one_process(
            parts.conversation, parts.store, bot, stop, pace, second
        ) as receiver:
            yield receiver


def secret_of(settings: Settings) -> str:
    """The webhook's secret. Raises ComebackError where there is none, as then anybody could speak
    for any owner."""
    secret = settings.webhook_secret.get_secret_value()
    if not SECRET.fullmatch(secret):
        raise ComebackError(
            "no webhook secret: set COMEBACK_WEBHOOK_SECRET to 1-256 letters, digits, _ or -,"
            " for instance what openssl rand -hex 32 prints"
        )
    return secret
