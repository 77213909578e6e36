"""Interviews, their events and their answers, in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, and_, bindparam, case, insert, select, update

from advisor.errors import TurnOvertakenError
from advisor.followup import FollowUp
from advisor.interview.events import Event
from advisor.interview.state import Interview, apply, replay
from advisor.model import Answer
from advisor.store.base import Part
from advisor.store.codec import (
    event_to_json,
    interview_from_json,
    interview_to_json,
    value_to_json,
)
from advisor.store.columns import Moment
from advisor.store.practice.tables import clients
from advisor.store.records import Agreement, Consent, StoredInterview
from advisor.store.tables import agreements, answers, consents, interviews
from advisor.store.tables import events as event_rows

SHOWN = agreements.alias()
SHOWN_LAST = (
    select(SHOWN.c.version)
    .where(SHOWN.c.chat_id == bindparam("chat"))
    .order_by(SHOWN.c.shown_at.desc())
    .limit(1)
    .scalar_subquery()
)
UNDER_WAY = (
    select(
        interviews.c.id,
        interviews.c.state,
        interviews.c.turns,
        consents.c.asked_at,
        consents.c.given,
        consents.c.answered_at,
        clients.c.interview_id,
        agreements.c.version,
        agreements.c.shown_at,
        agreements.c.agreed_at,
        agreements.c.message_id,
    )
    .join_from(interviews, consents, consents.c.chat_id == interviews.c.chat_id, isouter=True)
    .outerjoin(clients, clients.c.chat_id == interviews.c.chat_id)
    .outerjoin(
        agreements,
        and_(agreements.c.chat_id == interviews.c.chat_id, agreements.c.version == SHOWN_LAST),
    )
    .where(interviews.c.chat_id == bindparam("chat"), interviews.c.ended_at.is_(None))
)
"""For every turn, and so made once."""


SAVED = update(interviews).where(
    interviews.c.id == bindparam("interview"), interviews.c.turns == bindparam("before")
)
THEN = bindparam("then", type_=Moment)
SOON = and_(interviews.c.due_at > bindparam("now", type_=Moment), interviews.c.due_at <= THEN)
SAVED_FOR_THEN = SAVED.values(due_at=case((SOON, interviews.c.due_at), else_=THEN))
"""A turn leaves a date that is near enough: it changes nothing that is indexed, and whoever looks
then finds it too early."""


def due(follow_up: FollowUp | None, now: datetime) -> tuple[Update, dict[str, Any]]:
    """How a turn is saved, and what to fill in for when to look at the interview next."""
    if follow_up is None:
        return SAVED, {}
    if follow_up.at is None or follow_up.reminded:
        return SAVED, {"due_at": follow_up.at, "reminded": follow_up.reminded}
    return SAVED_FOR_THEN, {"now": now, "then": follow_up.at, "reminded": follow_up.reminded}


class Interviews(Part):
    """One open interview a chat; a turn saves its state, its events and its answers together."""

    async def open_interview(self, chat_id: str) -> StoredInterview | None:
        """The interview that is under way; in a unit that has it already it is not asked for
        again. What else a turn looks at comes along: consent, agreement, and whether the owner's
        line tells of it."""
        if chat_id in self.under_way:
            return self.under_way[chat_id]
        row = (await self.connection.execute(UNDER_WAY, {"chat": chat_id})).one_or_none()
        if row is None:
            return None
        found = StoredInterview(row.id, chat_id, interview_from_json(row.state), row.turns)
        self.consents[chat_id] = Consent(row.asked_at, row.given, row.answered_at)
        self.agreed[chat_id] = Agreement(*row[-4:]) if row.version is not None else None
        if row.interview_id == found.id:
            self.on_line.add(found.id)
        return self.under_way.setdefault(chat_id, found)

    async def start_interview(self, chat_id: str, at: datetime) -> StoredInterview:
        """A blank interview. The one before must have ended."""
        started = StoredInterview(self.ids(), chat_id, Interview(), 0)
        await self.connection.execute(
            insert(interviews).values(
                id=started.id,
                chat_id=chat_id,
                state=interview_to_json(started.state),
                turns=0,
                started_at=at,
                updated_at=at,
            )
        )
        self.under_way[chat_id] = started
        return started

    async def end_interview(self, interview_id: str, at: datetime) -> None:
        """Put an interview aside; everything in it is kept."""
        self.under_way.clear()
        await self.connection.execute(
            update(interviews).where(interviews.c.id == interview_id).values(ended_at=at)
        )

    async def save_turn(
        self,
        interview: StoredInterview,
        after: Interview,
        events: Sequence[Event],
        message_id: str | None,
        at: datetime,
        follow_up: FollowUp | None = None,
    ) -> StoredInterview:
        """Save what a turn did; `message_id` is where answers come from that name no message, and
        `follow_up` when we look at it next (None: as before).

        Raises ValueError where the events don't lead to the state, and TurnOvertakenError where the
        interview is no longer as it was loaded.
        """
        if replay(interview.state, events) != after:
            raise ValueError("the events of the turn don't lead to its state")
        saved = StoredInterview(interview.id, interview.chat_id, after, interview.turns + 1)
        after_turn = {
            "interview": saved.id,
            "before": interview.turns,
            "state": interview_to_json(after),
            "turns": saved.turns,
            "updated_at": at,
        }
        statement, looked_at = due(follow_up, at)
        changed = await self.connection.execute(
            statement, after_turn | looked_at, about=[interviews]
        )
        if changed.rowcount != 1:
            raise TurnOvertakenError("Another message was dealt with first; take this one again.")
        self.under_way[saved.chat_id] = saved
        await self.add_events(saved, events, at)
        await self.note_answers(interview, events, message_id, at)
        return saved

    async def add_events(
        self, saved: StoredInterview, events: Sequence[Event], at: datetime
    ) -> None:
        """Append a turn's events."""
        rows = [
            {
                "interview_id": saved.id,
                "turn": saved.turns,
                "position": position,
                "payload": event_to_json(event),
                "at": at,
            }
            for position, event in enumerate(events)
        ]
        self.connection.add(event_rows, *rows)

    async def note_answers(
        self,
        interview: StoredInterview,
        events: Sequence[Event],
        message_id: str | None,
        at: datetime,
    ) -> None:
        """Close the row of each answer that no longer stands, and add those that stand now."""
        state = interview.state
        for event in events:
            before, state = state, apply(state, event)
            for slot in {**before.answers, **state.answers}:
                old, new = before.answers.get(slot), state.answers.get(slot)
                if old is not None and old != new:
                    await self.close_answer(interview.id, slot, at)
                if new is not None and old != new:
                    await self.add_answer(interview.id, new, message_id, at)

    async def close_answer(self, interview_id: str, slot: str, at: datetime) -> None:
        """An answer was replaced, taken back or cleared."""
        await self.connection.execute(
            update(answers)
            .where(
                answers.c.interview_id == interview_id,
                answers.c.slot == slot,
                answers.c.replaced_at.is_(None),
            )
            .values(replaced_at=at)
        )

    async def add_answer(
        self, interview_id: str, answer: Answer, message_id: str | None, at: datetime
    ) -> None:
        """An answer that stands from now on."""
        row = {
            "interview_id": interview_id,
            "slot": answer.slot,
            "state": answer.state.value,
            "value": value_to_json(answer.value),
            "bounds": bounds_of(answer),
            "approximate": answer.approximate,
            "message_id": answer.message or message_id,
            "at": at,
        }
        self.connection.add(answers, row)


def bounds_of(answer: Answer) -> list[float | None] | None:
    """The ends of an answer's interval, where it has one."""
    return None if answer.low is None and answer.high is None else [answer.low, answer.high]
