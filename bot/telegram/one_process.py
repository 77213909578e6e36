"""All steps in one process, side by side: deal with what was received, and send what is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot

from advisor.store import Store
from bot.conversation import Conversation
from bot.followup.rounds import Rounds
from bot.telegram.commands import set_commands
from bot.telegram.connection import name_of
from bot.telegram.inbox import Inbox
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace
from bot.telegram.post import Post
from bot.telegram.receiver import Receiver
from bot.telegram.reception import Reception
from bot.telegram.turns import Turns


@asynccontextmanager
async def one_process(
    conversation: Conversation,
    store: Store,
    bot: Bot,
    stop: asyncio.Event,
    pace: Pace | None = None,
    second: float = 1.0,
) -> AsyncIterator[Receiver]:
    """At work until the end; the receiver takes in what there is to do. Sets `stop` at the end,
    after which the turn in progress is finished."""
    name = name_of(bot)
    reception = Reception(conversation, name)
    post = Post(bot)
    outbox = Outbox(store, reception, post, pace or Pace(), second)
    inbox = Inbox(store, Turns(store, reception, post, outbox.something.set, second), name)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(set_commands(bot, conversation.catalog))
        tasks.create_task(inbox.work(stop))
        tasks.create_task(inbox.tidy(stop))
        tasks.create_task(outbox.work(stop))
        tasks.create_task(
            Rounds(conversation, reception.prefix).work(stop, outbox.something, second)
        )
        try:
            yield Receiver(store, name, inbox, conversation.clock)
        finally:
            stop.set()
