"""One of several processes that deal with what was received; one of them sends what is said."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot

from advisor.store import Store
from advisor.store.bell import listen
from bot.conversation import Conversation
from bot.followup.rounds import Rounds
from bot.jobs import Jobs
from bot.telegram.connection import name_of, refuse_bad_token, stopped_by_signals
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace
from bot.telegram.post import Post
from bot.telegram.reception import Reception
from bot.telegram.turns import Turns

log = structlog.get_logger(__name__)


async def run_worker(
    conversation: Conversation,
    store: Store,
    bot: Bot,
    abreast: int,
    pace: Pace | None = None,
    second: float = 1.0,
) -> None:
    """Work until SIGTERM or SIGINT; what is in hand is finished first. `pace` and `second` (the
    unit of waits) are for tests."""
    stop = asyncio.Event()
    await refuse_bad_token(bot)
    with stopped_by_signals(stop.set):
        await work(conversation, store, bot, abreast, stop, pace or Pace(), second)


async def work(
    conversation: Conversation,
    store: Store,
    bot: Bot,
    abreast: int,
    stop: asyncio.Event,
    pace: Pace,
    second: float,
) -> None:
    """Everything side by side, `abreast` turns at a time, until stopped."""
    reception = Reception(conversation, name_of(bot))
    post = Post(bot)
    outbox = Outbox(store, reception, post, pace, second)
    turns = Turns(store, reception, post, outbox.something.set, second)
    jobs = Jobs(store, second)
    jobs.take_on(turns.take, turns.tidy)
    log.info("worker_started", bot=name_of(bot))
    ringing = asyncio.create_task(listen(store, outbox.something))
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(jobs.work(stop, abreast))
            tasks.create_task(outbox.work(stop))
            tasks.create_task(
                Rounds(conversation, reception.prefix).work(stop, outbox.something, second)
            )
    finally:
        ringing.cancel()
    log.info("worker_stopped", bot=name_of(bot))
