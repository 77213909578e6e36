"""Messages on their way out: in order within a chat, at Telegram's pace, each until it is through.

A row of the outbox may become several messages; how many went out is noted after each, so that a
crash repeats one message at most. A file is made when its turn comes, beside the chat's other
messages; a crash meanwhile repeats the making. 429 waits as told; 403 stops the chat; another
refusal is final; anything else is tried again after 1, 2, 4 … 60 seconds, our own faults five
times. Where several processes work on one database, one of them sends everything: Telegram's limits
are for a bot as a whole. It holds a claim for that, and when it ends or dies another one takes over
at once.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from itertools import count

import structlog
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from advisor.errors import NewerDataError, StoreAwayError, cause, place
from advisor.store import Queued, Store
from advisor.store.outbox import UNWANTED
from bot import measures
from bot.telegram.acting import while_slow
from bot.telegram.apart import Besides
from bot.telegram.layout import HOLDING_FILES, Letter, letters
from bot.telegram.notes import ASKING, notes_of
from bot.telegram.pace import Pace, any_of
from bot.telegram.post import Post
from bot.telegram.reception import Reception, version
from bot.telegram.turns import ATTEMPTS, LEFT, LONGEST_WAIT

LOOKING = 30.0
"""Seconds after which we look unasked: another process may have left something behind."""
MOST_ROWS = 500
DRAWING = 2
"""Files that are made at the same time: a machine has other work, too."""
IN_A_ROW = 20
"""Rows that a chat is sent before others are looked at again."""
NOTING = 120
"""Tries to note that a message went out, half a second apart."""
ABREAST = 32
"""Chats that are sent to at the same time."""
GATHERING = 0.02
"""Seconds in which what is queued together is looked for once."""

log = structlog.get_logger(__name__)


class UndrawableError(Exception):
    """Processes died while they made this file."""


class Outbox:
    """What one bot still has to send. `second` is the unit of the waits between attempts."""

    def __init__(
        self, store: Store, reception: Reception, post: Post, pace: Pace, second: float = 1.0
    ) -> None:
        self.store = store
        self.claims = store.claims
        self.second = second
        self.reception = reception
        self.clock = reception.conversation.clock
        self.post = post
        self.pace = pace
        self.something = asyncio.Event()
        self.busy: dict[str, asyncio.Task[None]] = {}
        self.apart = Besides(self.something.set)
        self.drawing = asyncio.Semaphore(DRAWING)
        self.claim = f"sender:{reception.prefix}"
        measures.begin()

    async def work(self, stop: asyncio.Event) -> None:
        """Send what is there, until stopped; messages on their way are finished."""
        try:
            while not stop.is_set():
                self.something.clear()
                try:
                    if not await self.ours():
                        await any_of(stop, seconds=self.second)
                        continue
                    pause = await self.round(stop)
                except Exception as error:  # the database is away: nothing is lost by waiting
                    log.error("outbox_unread", error=cause(error), at=place(error))
                    pause = self.second
                await any_of(self.something, stop, seconds=LOOKING if pause is None else pause)
                await asyncio.sleep(GATHERING * self.second)
            await asyncio.gather(*self.busy.values())
            await self.apart.finish()
        finally:
            await self.claims.give_back(self.claim)

    async def round(self, stop: asyncio.Event) -> float | None:
        """Set every chat going that may hear something. Returns how long others have to wait."""
        if len(self.busy) >= ABREAST:
            return None
        sending = set(self.busy)  # what they read is older than what we are about to read
        async with self.store.unit() as unit:
            waiting = await unit.waiting_chats(
                self.reception.prefix, MOST_ROWS, without=self.apart.rows
            )
        self.pace.forget()
        for address, chat_id in waiting.items():
            if len(self.busy) >= ABREAST:
                break
            if address not in sending and not self.pace.wait(address):
                self.busy[address] = asyncio.create_task(self.drain(address, chat_id, stop))
        waits = [self.pace.wait(address) for address in waiting if address not in self.busy]
        return None if len(self.busy) >= ABREAST else min(waits, default=None)

    async def ours(self) -> bool:
        """Whether this process is the one that sends. A new one lets a second pass first: it can't
        know what the one before it has just sent."""
        if await self.claims.hold(self.claim):
            return True
        if self.busy or self.apart.rows or not await self.claims.take(self.claim):
            return False
        log.info("sending_begun")
        await asyncio.sleep(self.pace.chat)
        return True

    async def drain(self, address: str, chat_id: str, stop: asyncio.Event) -> None:
        """Send a chat's rows in order, as far as they go."""
        try:
            async with self.store.unit() as unit:  # read now: the list is older
                rows = await unit.unsent_of(chat_id, IN_A_ROW)
            for row in rows:
                if row.payload["type"] in HOLDING_FILES:
                    self.apart.put(row, partial(self.deliver_apart, stop=stop))
                    continue
                await self.apart.together(row)
                if not await self.may_send(stop) or not await self.deliver(row, stop):
                    break
        except Exception as error:  # the database is away: the rows are still there
            log.error("outbox_unwritten", chat=chat_id, error=cause(error), at=place(error))
            self.pace.hold(address, self.second)
        finally:
            del self.busy[address]
            self.something.set()

    async def may_send(self, stop: asyncio.Event) -> bool:
        """Whether it is still for us to send."""
        return not stop.is_set() and await self.claims.hold(self.claim)

    async def deliver_apart(self, row: Queued, stop: asyncio.Event) -> None:
        """Send a row with files, as far as that goes; where it has to wait, nobody else does."""
        seconds = self.second
        try:
            if await self.may_send(stop) and not await self.deliver(row, stop):
                seconds = max(self.pace.wait(row.address), self.pace.wait(lane_of(row)))
            else:
                seconds = 0.0
        except Exception as error:  # the database is away: the row is still there
            log.error("file_unwritten", row=row.id, error=cause(error), at=place(error))
        if seconds:
            await any_of(stop, seconds=seconds)

    async def deliver(self, row: Queued, stop: asyncio.Event) -> bool:
        """Send one row. False where its lane has to wait."""
        try:
            return await self.send(row, stop)
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            log.warning("told_to_wait", row=row.id, seconds=seconds)
            measures.SENDING_FAILED.labels("RetryAfter").inc()
            self.pace.hold(row.address, seconds)
            return False
        except Forbidden as error:
            await self.give_up(row, error, stopped=True)
            return True
        except (BadRequest, ChatMigrated) as error:
            await self.give_up(row, error)
            return True
        except TelegramError as error:
            await self.put_off(row, error)
            return False
        except StoreAwayError:  # no fault of the row's
            raise
        except NewerDataError:
            log.warning("left_to_newer_version", row=row.id)
            self.pace.hold(lane_of(row), self.second * LEFT)
            return False
        except Exception as error:  # a fault of ours: the chat must not be stuck for ever
            if row.attempts + 1 < ATTEMPTS and not isinstance(error, UndrawableError):
                await self.put_off(row, error)
                return False
            await self.give_up(row, error, sorry=True)
            return True

    async def send(self, row: Queued, stop: asyncio.Event) -> bool:
        """The messages of a row that didn't go out yet. False where we were stopped in between."""
        notes = notes_of(row)
        chat = int(row.address.removeprefix(self.reception.prefix))
        message = notes.message
        begun = notes.begun
        written = await self.written(row)
        for index, letter in enumerate(written[notes.parts :], notes.parts + 1):
            file = await self.drawn(row, chat, letter, begun + 1)
            await self.pace.turn(row.address)
            edits = notes.edits if index == len(written) else None
            message = await self.post.send(chat, letter, edits, file)
            await self.note(row, index, message, sent=index == len(written))
            begun = 0
            if stop.is_set() and index < len(written):
                return False
        if row.payload["type"] in ASKING:
            await self.strip(row, chat, message)
        return True

    async def written(self, row: Queued) -> list[Letter]:
        """A row laid out; a plan is read from the store and put into words now, in a thread."""
        name = row.payload.get("plan")
        plan = None
        if name is not None:
            async with self.store.unit() as unit:
                plan = await unit.plan(name)
        laid_out = partial(letters, self.reception.catalog, row.payload, version(row), plan)
        return await asyncio.to_thread(laid_out) if plan is not None else laid_out()

    async def drawn(self, row: Queued, chat: int, letter: Letter, times: int) -> bytes | None:
        """The file of a letter, made in a thread while its owner sees that it is on its way. How
        many times it was begun is noted before: one on which processes die is given up."""
        if letter.file is None:
            return None
        if times > ATTEMPTS:
            raise UndrawableError
        async with self.store.unit() as unit:
            await unit.annotate(row.id, {"begun": times})
        what = ChatAction.UPLOAD_PHOTO if letter.picture else ChatAction.UPLOAD_DOCUMENT
        async with self.drawing, while_slow(partial(self.post.act, chat, what), after=0):
            file = await asyncio.to_thread(letter.file)
        if times > 1:  # it can be made: what failed before was its sending
            async with self.store.unit() as unit:
                await unit.annotate(row.id, {"begun": 0})
        return file

    async def note(self, row: Queued, parts: int, message: int, sent: bool) -> None:
        """Remember what went out, however long the database is away: it must not go out again."""
        now = self.clock()
        for tries in count(1):
            try:
                async with self.store.unit() as unit:
                    notes = {"parts": parts, "message": message, "begun": 0}
                    await unit.annotate(row.id, notes, now if sent else None)
                break
            except StoreAwayError:
                if tries == NOTING:
                    raise
                await asyncio.sleep(self.second / 2)
        if sent:
            measures.reply_sent(row.created_at, now)

    async def strip(self, row: Queued, chat: int, message: int | None) -> None:
        """Take the buttons off the question before this one."""
        async with self.store.unit() as unit:
            before = await unit.recent(row.chat_id, ASKING, 1, before=row.id)
        old = notes_of(before[0]).message if before else None
        if old is not None and old != message:
            await self.post.strip(chat, old)

    async def put_off(self, row: Queued, error: Exception) -> None:
        """Try again later."""
        seconds = self.second * min(LONGEST_WAIT, 2.0**row.attempts)
        measures.SENDING_FAILED.labels(type(error).__name__).inc()
        log.warning("message_put_off", row=row.id, attempts=row.attempts + 1, error=named(error))
        async with self.store.unit() as unit:
            await unit.mark_failed(row.id, named(error), False, self.clock())
        self.pace.hold(lane_of(row), seconds)

    async def give_up(
        self, row: Queued, error: Exception, stopped: bool = False, sorry: bool = False
    ) -> None:
        """Leave a row unsent. `stopped`: the owner wants nothing from us; `sorry`: the fault is
        ours, and the owner is told."""
        measures.SENDING_FAILED.labels(type(error).__name__).inc()
        if stopped:
            log.info("chat_stopped", row=row.id, error=UNWANTED)
        else:
            log.error("message_dead", row=row.id, error=named(error), at=place(error))
        async with self.store.unit() as unit:
            why = UNWANTED if stopped else named(error)
            await unit.mark_failed(row.id, why, True, self.clock())
            if stopped:
                await unit.set_stopped(row.chat_id, self.clock())
            if sorry:
                await self.reception.apologize(unit, row.address, str(row.id))


def lane_of(row: Queued) -> str:
    """What waits where a row has to wait: its chat, or only what has files in it."""
    return f"{row.address} files" if row.payload["type"] in HOLDING_FILES else row.address


def named(error: Exception) -> str:
    """An error for logs: its kind, and what Telegram calls it up to where it may quote a text."""
    kind = type(error).__name__
    return f"{kind}: {str(error).split(':')[0]}" if isinstance(error, BadRequest) else kind
