"""When we write first, and what owners told of their plans, in a unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select, update

from advisor.followup import FollowUp, Progress
from advisor.interview.events import Going
from advisor.store.base import Part
from advisor.store.tables import chats, checkins, interviews
from advisor.store.transaction import Connected


class Followups(Part):
    """Open interviews by when to look at them, and check-ins: one row for each question about an
    action, with its answer once there is one."""

    async def due_chats(self, prefix: str, now: datetime, limit: int) -> list[str]:
        """Addresses that begin with `prefix` of chats to look at by now, longest overdue first."""
        found = await self.connection.execute(
            select(chats.c.address)
            .join(interviews, interviews.c.chat_id == chats.c.id)
            .where(
                interviews.c.due_at <= now,
                interviews.c.ended_at.is_(None),
                func.substr(chats.c.address, 1, len(prefix)) == prefix,
            )
            .order_by(interviews.c.due_at)
            .limit(limit)
        )
        return list(found.scalars())

    async def follow_up(self, interview_id: str) -> tuple[FollowUp, datetime]:
        """When an interview is to be looked at, and when its last turn was."""
        columns = interviews.c
        found = await self.connection.execute(
            select(columns.due_at, columns.reminded, columns.updated_at).where(
                columns.id == interview_id
            )
        )
        row = found.one()
        return FollowUp(row.due_at, row.reminded or 0), row.updated_at

    async def set_follow_up(self, interview_id: str, follow_up: FollowUp) -> None:
        """Look at it then, without a turn in between."""
        await self.connection.execute(
            update(interviews)
            .where(interviews.c.id == interview_id)
            .values(due_at=follow_up.at, reminded=follow_up.reminded)
        )

    async def note_checkin(
        self, interview_id: str, plan_id: str, week: int, actions: Iterable[str], at: datetime
    ) -> None:
        """These actions of a plan are asked about at the end of a week."""
        for action in actions:
            await self.insert_unless_there(
                checkins,
                interview_id=interview_id,
                plan_id=plan_id,
                week=week,
                action=action,
                asked_at=at,
            )

    async def note_going(
        self, interview_id: str, action: str, state: Going, value: float | None, at: datetime
    ) -> None:
        """What the owner told of an action, with the last question about it."""
        last = (
            select(func.max(checkins.c.id))
            .where(checkins.c.interview_id == interview_id, checkins.c.action == action)
            .scalar_subquery()
        )
        await self.connection.execute(
            update(checkins)
            .where(checkins.c.id == last)
            .values(state=state, value=value, answered_at=at)
        )

    async def progress(self, interview_id: str) -> dict[str, Progress]:
        """What is known of each action that was asked about."""
        return await read_progress(self.connection, interview_id)


async def read_progress(
    connection: Connected, interview_id: str | ScalarSelect[Any]
) -> dict[str, Progress]:
    """What is known of each action of an interview that was asked about."""
    columns = checkins.c
    found = await connection.execute(
        select(columns.action, columns.week, columns.state, columns.value, columns.answered_at)
        .where(columns.interview_id == interview_id)
        .order_by(columns.id)
    )
    known: dict[str, Progress] = {}
    for action, week, state, value, at in found:
        before = known.get(action, Progress())
        known[action] = (
            Progress(state, at, value, week)
            if state is not None
            else Progress(before.state, before.at, before.value, week, before.unanswered + 1)
        )
    return known
