"""The channel by polling: fetch, deal with, send, side by side until stopped.

A batch is written down before the offset moves on, so that Telegram keeps what a crash cuts off;
what comes twice is told by its id.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from advisor.errors import ComebackError
from advisor.store import Store
from bot.conversation import Conversation
from bot.telegram.arrived import KINDS_USED
from bot.telegram.commands import set_commands
from bot.telegram.inbox import Inbox, place
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace, any_of
from bot.telegram.post import Post
from bot.telegram.reception import Reception

LONG_POLL = 30
LONGEST_WAIT = 30.0
CONNECTIONS = 32
REFUSED = "Telegram refuses the token: copy it anew from @BotFather"

log = structlog.get_logger(__name__)


async def run_polling(
    conversation: Conversation,
    store: Store,
    token: str,
    base_url: str | None = None,
    pace: Pace | None = None,
    second: float = 1.0,
) -> None:
    """Serve owners until SIGTERM or SIGINT; the turn in progress is finished first.

    `base_url` is the root of another Bot API server. `pace` and `second` (the unit of waits between
    attempts) are for tests. Raises ComebackError where Telegram refuses the token.
    """
    keep_quiet()
    stop = asyncio.Event()
    bot = made_bot(token, base_url)
    try:
        with stopped_by_signals(stop.set):
            if await connected(bot, stop):
                await serve(conversation, store, bot, pace or Pace(), second, stop)
    finally:
        await bot.shutdown()


async def serve(
    conversation: Conversation,
    store: Store,
    bot: Bot,
    pace: Pace,
    second: float,
    stop: asyncio.Event,
) -> None:
    """Everything side by side."""
    name = str(bot.id)
    post = Post(bot)
    reception = Reception(conversation, name)
    outbox = Outbox(store, reception, post, pace, second)
    inbox = Inbox(store, reception, name, outbox.something.set, second)
    log.info("polling_started", bot=name)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(set_commands(bot, conversation.catalog))
        tasks.create_task(fetch(bot, inbox, post, stop, second))
        tasks.create_task(inbox.work(stop))
        tasks.create_task(inbox.tidy(stop))
        tasks.create_task(outbox.work(stop))
    log.info("polling_stopped", bot=name)


async def fetch(bot: Bot, inbox: Inbox, post: Post, stop: asyncio.Event, second: float) -> None:
    """Fetch updates and write them down; presses are acknowledged at once, outside their lane."""
    offset: int | None = None
    failures = 0
    async with asyncio.TaskGroup() as acknowledging:
        while not stop.is_set():
            try:
                updates = await batch(bot, offset, stop)
                came = await inbox.receive(updates) if updates else []
            except Exception as error:  # Telegram or the database is away: ask again
                failures += 1
                log.warning("fetch_failed", error=type(error).__name__, at=place(error))
                await any_of(stop, seconds=second * min(LONGEST_WAIT, 2.0 ** (failures - 1)))
                continue
            failures = 0
            offset = updates[-1].update_id + 1 if updates else offset
            for each in came:
                if each.callback is not None:
                    acknowledging.create_task(post.acknowledge(each.callback))


async def batch(bot: Bot, offset: int | None, stop: asyncio.Event) -> tuple[Update, ...]:
    """The next updates, or none where we are stopped while waiting for them."""
    asking = asyncio.ensure_future(
        bot.get_updates(offset, timeout=LONG_POLL, allowed_updates=KINDS_USED)
    )
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if asking.done():
        return asking.result()
    asking.cancel()
    return ()


def made_bot(token: str, base_url: str | None) -> Bot:
    """A bot with room for many calls at a time."""
    request = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=20, connect_timeout=10)
    if not base_url:
        return Bot(token, request=request)
    root = base_url.rstrip("/")
    return Bot(token, f"{root}/bot", f"{root}/file/bot", request=request)


async def connected(bot: Bot, stop: asyncio.Event) -> bool:
    """Whether we reached Telegram before being stopped; its being away is waited out."""
    failures = 0
    while not stop.is_set():
        try:
            await bot.initialize()
        except InvalidToken:
            raise ComebackError(
                "Telegram refuses the token: copy it anew from @BotFather"
            ) from None
        except TelegramError as error:
            failures += 1
            log.warning("telegram_away", error=type(error).__name__)
            await any_of(stop, seconds=min(LONGEST_WAIT, 2.0 ** (failures - 1)))
        else:
            return True
    return False


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
