"""The way to Telegram, and the end of a process that uses it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from advisor.errors import ComebackError
from bot.telegram.pace import any_of

LONGEST_WAIT = 30.0
CONNECTIONS = 32
PATIENCE = 5.0
"""Seconds for a first answer."""
REFUSED = (
    "Telegram refuses the token: copy it anew from @BotFather, set COMEBACK_TELEGRAM_TOKEN,"
    " and start again"
)

log = structlog.get_logger(__name__)


def made_bot(token: str, base_url: str | None = None) -> Bot:
    """A bot with room for many calls at a time; `base_url` is the root of another server."""
    keep_quiet()
    request = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=20, connect_timeout=10)
    if not base_url:
        return Bot(token, request=request)
    root = base_url.rstrip("/")
    return Bot(token, f"{root}/bot", f"{root}/file/bot", request=request)


def name_of(bot: Bot) -> str:
    """The bot's id, which its token begins with: known even while Telegram is away."""
    return bot.token.partition(":")[0]


async def connected(bot: Bot, stop: asyncio.Event) -> bool:
    """Whether we reached Telegram before being stopped; its being away is waited out. Raises
    ComebackError where it refuses the token."""
    failures = 0
    while not stop.is_set():
        try:
            await bot.initialize()
        except InvalidToken:
            raise ComebackError(REFUSED) from None
        except TelegramError as error:
            failures += 1
            log.warning("telegram_away", error=type(error).__name__)
            await any_of(stop, seconds=min(LONGEST_WAIT, 2.0 ** (failures - 1)))
        else:
            return True
    return False


async def refuse_bad_token(bot: Bot) -> None:
    """Raises ComebackError where Telegram refuses the token. Its being away is no reason not to
    start: what waits can be dealt with, and is sent later."""
    try:
        async with asyncio.timeout(PATIENCE):
            await bot.get_me()
    except InvalidToken:
        raise ComebackError(REFUSED) from None
    except (TelegramError, TimeoutError) as error:
        log.warning("telegram_away", error=type(error).__name__)


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT end the work cleanly."""
    loop = asyncio.get_running_loop()
    names = (signal.SIGTERM, signal.SIGINT)
    for name in names:
        loop.add_signal_handler(name, stop)
    try:
        yield
    finally:
        for name in names:
            loop.remove_signal_handler(name)


def keep_quiet() -> None:
    """httpx writes addresses, which hold the token; PTB writes updates that it can't read."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
