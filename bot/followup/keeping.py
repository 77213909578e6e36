"""What a turn did about reminders and check-ins, into the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.store import Unit


async def keep_followed(
    unit: Unit, chat_id: str, interview_id: str, events: Sequence[Event], now: datetime
) -> None:
    """Keep questions about a plan, what was told of it, and whether we may write first."""
    for event in events:
        match event:
            case happened.CheckinAsked(plan=plan, week=week, actions=actions, opening=True):
                await unit.note_checkin(interview_id, plan, week, actions, now)
            case happened.ProgressReported(action=action, state=state, value=value):
                await unit.note_going(interview_id, action, state, value, now)
            case happened.RemindersTurned(on=on, stopped=stopped):
                await unit.set_silence(chat_id, None if on else "stopped" if stopped else "muted")
            case _:
                pass
