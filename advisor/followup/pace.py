"""How often we write first, and when to look at an interview next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from advisor.followup.hours import next_hour
from advisor.interview.state import Interview

WEEK = timedelta(weeks=1)
ISRAEL = ZoneInfo("Asia/Jerusalem")
STANDARD = (timedelta(days=1), timedelta(days=4))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When to look at an interview next, if ever; how many reminders went out in this silence."""

    at: datetime | None
    reminded: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """What a deployment wants: reminders after so much silence each (none: no reminders), check-ins
    or none, in the hours of which zone."""

    delays: tuple[timedelta, ...] = STANDARD
    checkins: bool = True
    zone: tzinfo = ISRAEL

    def after_turn(
        self, before: Interview, after: Interview, put_off: bool, now: datetime
    ) -> FollowUp | None:
        """What an owner's turn means for it; None where the rhythm of check-ins goes on. With
        `put_off`, only the last reminder is still to come."""
        if after.planned:
            return None if before.planned else self.after_plan(now)
        if after.paused or not self.delays:
            return FollowUp(None)
        delay = self.delays[-1 if put_off else 0]
        return FollowUp(self.reachable(now + delay), len(self.delays) - 1 if put_off else 0)

    def after_plan(self, now: datetime) -> FollowUp:
        """A plan was made: its first week begins."""
        return FollowUp(self.reachable(now + WEEK) if self.checkins else None)

    def after_reminder(self, sent: int, now: datetime) -> FollowUp:
        """So many reminders went out by now."""
        if sent >= len(self.delays):
            return FollowUp(None, sent)
        return FollowUp(self.reachable(now + self.delays[sent] - self.delays[sent - 1]), sent)

    def reachable(self, moment: datetime) -> datetime:
        """The moment, or the next at which an owner may be written to."""
        return next_hour(moment, self.zone)
