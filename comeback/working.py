"""`comeback worker`, wired: without anything of the web, which would take 30 MB."""

from __future__ import annotations

import logging

import prometheus_client

from advisor.errors import ComebackError
from bot.telegram import Pace, made_bot
from bot.telegram.worker import run_worker
from comeback.logs import quiet_logs
from comeback.ports import refusals
from comeback.settings import Settings
from comeback.telegram import token_of
from comeback.wiring import assembled


async def work(settings: Settings, pace: Pace | None = None, second: float = 1.0) -> None:
    """Work until stopped. Raises ComebackError where something needed isn't set. `pace` and
    `second` are for tests."""
    token = token_of(settings)
    if not settings.is_shared:
        raise ComebackError(
            "workers need PostgreSQL: set COMEBACK_DATABASE_URL; on SQLite, comeback serve does"
            " everything itself"
        )
    quiet_logs(logging.INFO)
    bot = made_bot(token, settings.telegram_api or None)
    if settings.worker_port:
        with refusals(settings.host, settings.worker_port, "COMEBACK_WORKER_PORT"):
            prometheus_client.start_http_server(settings.worker_port, settings.host)
    async with assembled(settings) as parts:
        parts.reader.load()
        await run_worker(parts.conversation, parts.store, bot, settings.worker_turns, pace, second)
    await bot.shutdown()
