"""What was said and made with a client, in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, true

from advisor.followup import Progress
from advisor.model import Answer, AnswerState
from advisor.store.codec import event_from_json, interview_from_json, value_from_json
from advisor.store.followups import read_progress
from advisor.store.messages import stored as read_messages
from advisor.store.plans import read as read_plans
from advisor.store.plans import stored
from advisor.store.practice.records import Note, StoredAnswer
from advisor.store.practice.roster import ClientList
from advisor.store.practice.tables import clients, notes
from advisor.store.records import Agreement, StoredEvent, StoredInterview, StoredMessage, StoredPlan
from advisor.store.tables import agreements, answers, events, interviews, messages, plans


class Histories(ClientList):
    """What was said and made with a client."""

    def interview_of(self, chat_id: str) -> Any:
        """The interview that a client's line tells of: nothing for another practice's client."""
        return select(clients.c.interview_id).where(self.this(chat_id)).scalar_subquery()

    async def answers(self, chat_id: str) -> list[StoredAnswer]:
        """Every answer of the client's interview, also replaced ones, oldest first."""
        columns = answers.c
        found = await self.connection.execute(
            select(
                columns.slot,
                columns.state,
                columns.value,
                columns.bounds,
                columns.low,
                columns.high,
                columns.approximate,
                columns.message_id,
                columns.at,
                columns.replaced_at,
            )
            .where(columns.interview_id == self.interview_of(chat_id))
            .order_by(columns.id)
        )
        return [StoredAnswer(answer_from(row), row.at, row.replaced_at) for row in found]

    async def interview(self, chat_id: str) -> StoredInterview | None:
        """The client's interview as it stands; None where it is gone."""
        columns = interviews.c
        found = await self.connection.execute(
            select(columns.id, columns.chat_id, columns.state, columns.turns).where(
                columns.id == self.interview_of(chat_id)
            )
        )
        row = found.one_or_none()
        if row is None:
            return None
        return StoredInterview(row.id, row.chat_id, interview_from_json(row.state), row.turns)

    async def happened_since(self, chat_id: str, turns: int) -> list[StoredEvent]:
        """What happened in the client's interview after so many of its turns, in order."""
        return await self.happened(chat_id, events.c.turn > turns)

    async def happened_of(self, chat_id: str, types: Sequence[str]) -> list[StoredEvent]:
        """What happened of some types, in order."""
        every = await self.happened(chat_id, events.c.turn > 0)
        return [stored for stored in every if stored.event.type in types]

    async def happened(self, chat_id: str, which: ColumnElement[bool]) -> list[StoredEvent]:
        """Some of what happened in the client's interview, in order."""
        columns = events.c
        found = await self.connection.execute(
            select(columns.turn, columns.payload, columns.at)
            .where(columns.interview_id == self.interview_of(chat_id), which)
            .order_by(columns.turn, columns.position)
        )
        return [StoredEvent(row.turn, event_from_json(row.payload), row.at) for row in found]

    async def transcript(self, chat_id: str) -> list[StoredMessage]:
        """What was said in the client's interview, in order."""
        found = await self.connection.execute(
            read_messages()
            .where(messages.c.interview_id == self.interview_of(chat_id))
            .order_by(messages.c.number)
        )
        return [StoredMessage(*row) for row in found]

    async def agreements(self, chat_id: str) -> list[Agreement]:
        """Each wording of what is kept that the owner was shown, and whether they went on, oldest
        first."""
        columns = agreements.c
        found = await self.connection.execute(
            select(columns.version, columns.shown_at, columns.agreed_at, columns.message_id)
            .where(
                columns.chat_id
                == select(clients.c.chat_id).where(self.this(chat_id)).scalar_subquery()
            )
            .order_by(columns.shown_at, columns.version)
        )
        return [Agreement(*row) for row in found]

    async def versions(self, chat_id: str) -> list[tuple[int, str, datetime]]:
        """The plan's versions, newest first: number, cause, time."""
        found = await self.connection.execute(
            select(plans.c.version, plans.c.cause, plans.c.made_at)
            .where(plans.c.interview_id == self.interview_of(chat_id))
            .order_by(plans.c.version.desc())
        )
        return [(row.version, row.cause, row.made_at) for row in found]

    async def plan(self, chat_id: str, version: int | None = None) -> StoredPlan | None:
        """A version of the client's plan, the newest unless one is named; None where there is no
        such one."""
        named = plans.c.version == version if version is not None else true()
        return await self.newest_plan(chat_id, named)

    async def plan_by_id(self, chat_id: str, plan_id: str) -> StoredPlan | None:
        """A version of the client's plan by its id; None where it isn't one of theirs."""
        return await self.newest_plan(chat_id, plans.c.id == plan_id)

    async def newest_plan(self, chat_id: str, which: ColumnElement[bool]) -> StoredPlan | None:
        """The newest of some versions of the client's plan."""
        found = await self.connection.execute(
            read_plans()
            .where(plans.c.interview_id == self.interview_of(chat_id), which)
            .order_by(plans.c.version.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return stored(row) if row is not None else None

    async def progress(self, chat_id: str) -> dict[str, Progress]:
        """What the owner told of each action that was asked about, the latest of each."""
        return await read_progress(self.connection, self.interview_of(chat_id))

    async def notes(self, chat_id: str) -> list[Note]:
        """What colleagues noted about a client, newest first."""
        columns = notes.c
        found = await self.connection.execute(
            select(columns.id, columns.consultant_id, columns.text, columns.at)
            .where(columns.practice_id == self.practice_id, columns.chat_id == chat_id)
            .order_by(columns.at.desc(), columns.id)
        )
        return [Note(*row) for row in found]

    async def add_note(self, chat_id: str, consultant_id: str, text: str, at: datetime) -> str:
        """Note something about a client. Raises NotStoredError where the practice has none such."""
        await self.client(chat_id, at)
        note = self.ids()
        await self.connection.execute(
            insert(notes).values(
                id=note,
                chat_id=chat_id,
                practice_id=self.practice_id,
                consultant_id=consultant_id,
                text=text,
                at=at,
            )
        )
        return note


def answer_from(row: Any) -> Answer:
    """An answer of a row; older ones have their interval in two columns."""
    low, high = row.bounds or (row.low, row.high)
    return Answer(
        slot=row.slot,
        state=AnswerState(row.state),
        value=value_from_json(row.value),
        low=low,
        high=high,
        approximate=row.approximate,
        message=row.message_id,
    )
