"""The channel by polling: fetch, deal with, send, side by side until stopped.

A batch is written down before the offset moves on, so that Telegram keeps what a crash cuts off;
what comes twice is told by its id.
"""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot, Update

from advisor.errors import place
from advisor.store import Store
from bot.conversation import Conversation
from bot.telegram.arrived import KINDS_USED
from bot.telegram.connection import LONGEST_WAIT, connected, made_bot, name_of, stopped_by_signals
from bot.telegram.one_process import one_process
from bot.telegram.pace import Pace, any_of
from bot.telegram.post import Post
from bot.telegram.receiver import Receiver

LONG_POLL = 30

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
    log.info("polling_started", bot=name_of(bot))
    async with one_process(conversation, store, bot, stop, pace, second) as receiver:
        await fetch(bot, receiver, Post(bot), stop, second)
    log.info("polling_stopped", bot=name_of(bot))


async def fetch(
    bot: Bot, receiver: Receiver, post: Post, stop: asyncio.Event, second: float
) -> None:
    """Fetch updates and write them down; presses are acknowledged at once, outside their lane."""
    offset: int | None = None
    failures = 0
    async with asyncio.TaskGroup() as acknowledging:
        while not stop.is_set():
            try:
                updates = await batch(bot, offset, stop)
                came = await receiver.receive(updates) if updates else {}
            except Exception as error:  # Telegram or the database is away: ask again
                failures += 1
                log.warning("fetch_failed", error=type(error).__name__, at=place(error))
                await any_of(stop, seconds=second * min(LONGEST_WAIT, 2.0 ** (failures - 1)))
                continue
            failures = 0
            offset = updates[-1].update_id + 1 if updates else offset
            for each in came.values():
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
