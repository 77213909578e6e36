"""The periodic look at what is due: reminders and check-ins, into the outbox; and who fell silent.

Each chat is looked at in a transaction of its own that locks it, and sets the next date in the
same transaction: however many processes look, one of them writes.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from advisor.errors import cause
from advisor.followup import FollowUp, checkin_due, weeks_since
from advisor.followup.pace import WEEK
from advisor.interview import events as happened
from advisor.interview.inputs import Silence, WeekOver
from advisor.model import WEEKS
from advisor.store import Store, StoredChat, StoredInterview, Unit
from advisor.store.codec import plan_from_json
from bot.conversation import Conversation
from bot.followup.retention import Silences

LOOKING = 60.0
MOST = 200
"""Chats of one look; the others are due at the next."""
BUSY = timedelta(hours=1)
"""Whoever wrote so shortly before is not interrupted by a check-in."""
CLOSE = timedelta(minutes=5)
DAY = timedelta(days=1)
INTERRUPTIBLE = (
    happened.MenuShown,
    happened.Paused,
    happened.ConsentAsked,
    happened.CheckinAsked,
    happened.MeasureAsked,
)

log = structlog.get_logger(__name__)


class Rounds:
    """Looks after the chats whose addresses begin with `prefix`."""

    def __init__(self, conversation: Conversation, prefix: str) -> None:
        self.conversation = conversation
        self.store = conversation.store
        self.clock = conversation.clock
        self.pace = conversation.pace
        self.prefix = prefix
        kept = conversation.retention
        self.silences = Silences(conversation, kept, prefix) if kept is not None else None

    async def work(self, stop: asyncio.Event, woken: asyncio.Event, second: float = 1.0) -> None:
        """Look again and again until stopped; `woken` is set when something waits to be sent."""
        while not stop.is_set():
            try:
                written = await self.due(self.store)
                silent = await self.silences.due() if self.silences is not None else None
                if written or (silent is not None and silent.done):
                    woken.set()
            except Exception as error:  # the database is away: what is due stays due
                log.error("followups_interrupted", error=cause(error))
            try:
                await asyncio.wait_for(stop.wait(), LOOKING * second)
            except TimeoutError:
                continue

    async def due(self, store: Store) -> int:
        """Write to whoever is due; to how many that was."""
        async with store.unit() as unit:
            addresses = await unit.due_chats(self.prefix, self.clock(), MOST)
        written = 0
        for address in addresses:
            async with store.unit() as unit:
                written += await self.look(unit, address)
        return written

    async def look(self, unit: Unit, address: str) -> bool:
        """See to one chat, if it is still due; whether it was written to."""
        now = self.clock()
        chat = await unit.known_chat(address)
        interview = await unit.open_interview(chat.id) if chat is not None else None
        if chat is None or interview is None:
            return False
        follow_up, last_turn = await unit.follow_up(interview.id)
        if follow_up.at is None or follow_up.at > now:
            return False
        later = self.postponed(chat, interview, follow_up, last_turn, now)
        if later is not None:
            await unit.set_follow_up(interview.id, later)
            return False
        if interview.state.planned:
            return await self.check_in(unit, chat, interview, now)
        return await self.remind(unit, chat, interview, follow_up, now)

    def postponed(
        self,
        chat: StoredChat,
        interview: StoredInterview,
        follow_up: FollowUp,
        last_turn: datetime,
        now: datetime,
    ) -> FollowUp | None:
        """When to look again where nothing may be sent now; None where it may."""
        planned = interview.state.planned
        if chat.stopped_at is not None or chat.silence is not None:
            return FollowUp(now + WEEK if planned else None, follow_up.reminded)
        if planned and now - last_turn < BUSY:
            return FollowUp(self.pace.reachable(now + BUSY))
        if not planned and not follow_up.reminded and self.pace.delays:
            due = last_turn + self.pace.delays[0]
            if now < due - CLOSE:
                return FollowUp(self.pace.reachable(due))
        reachable = self.pace.reachable(now)
        return FollowUp(reachable, follow_up.reminded) if reachable > now else None

    async def remind(
        self,
        unit: Unit,
        chat: StoredChat,
        interview: StoredInterview,
        follow_up: FollowUp,
        now: datetime,
    ) -> bool:
        """A reminder to whoever stopped in the middle; not to who paused on purpose."""
        step = follow_up.reminded + 1
        if interview.state.paused or step > len(self.pace.delays):
            await unit.set_follow_up(interview.id, FollowUp(None, follow_up.reminded))
            return False
        after = self.pace.after_reminder(step, now)
        await self.conversation.step(unit, chat, interview, Silence(step), None, follow_up=after)
        return True

    async def check_in(
        self, unit: Unit, chat: StoredChat, interview: StoredInterview, now: datetime
    ) -> bool:
        """Questions about a plan at the end of its week, where there are any."""
        row = await unit.last_plan(interview.id)
        week = weeks_since(row.made_at, now) if row is not None else WEEKS + 1
        if row is None or week > WEEKS or not self.pace.checkins:
            await unit.set_follow_up(interview.id, FollowUp(None))
            return False
        after = FollowUp(self.pace.reachable(row.made_at + WEEK * (week + 1)))
        plan, told = plan_from_json(row.document), await unit.progress(interview.id)
        due = checkin_due(plan, told, week)
        waiting = interview.state.waiting
        free = waiting is None or isinstance(waiting, INTERRUPTIBLE)
        if due is None or not free:
            later = after if free else FollowUp(self.pace.reachable(now + DAY))
            await unit.set_follow_up(interview.id, later)
            return False
        asked = WeekOver(row.id, due.week, due.actions, due.next)
        await self.conversation.step(unit, chat, interview, asked, None, follow_up=after)
        return True
