"""Check-ins: which actions of a plan are asked about at the end of a week, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advisor.followup.pace import WEEK
from advisor.interview.events import Going
from advisor.model import WEEKS, Plan, PlannedAction

OVER = frozenset({"done", "dropped"})
MOST = 3
"""Actions that are asked about at once."""
EVERY = 2
"""Weeks between two questions about one action."""
IN_VAIN = 2
"""Questions about an action that may stay without an answer."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of an action: the last state that was told (None: none yet), when, and its
    measure's value if one was told; the week in which it was asked about last, and how many
    questions had no answer since."""

    state: Going | None = None
    at: datetime | None = None
    value: float | None = None
    week: int = 0
    unanswered: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing more is to be asked."""
        return self.state in OVER or self.unanswered >= IN_VAIN


@dataclass(frozen=True, slots=True)
class Checkin:
    """Actions to ask about at the end of a week, and the step of the week that begins."""

    week: int
    actions: tuple[str, ...]
    next: str | None


def weeks_since(made_at: datetime, now: datetime) -> int:
    """Whole weeks of a plan that are over."""
    return max(0, (now - made_at) // WEEK)


def checkin_due(plan: Plan, progress: Mapping[str, Progress], week: int) -> Checkin | None:
    """What to ask at the end of a week (1-13): actions that have begun and aren't over, those never
    asked about first, then those asked about longest ago. None where there is nothing to ask."""
    if not 1 <= week <= WEEKS:
        return None
    ripe = [action for action in plan.actions if is_ripe(action, progress, week)]
    asked = sorted(ripe, key=lambda action: (known(progress, action).week, action.start_week))
    if not asked:
        return None
    chosen = tuple(action.id for action in asked[:MOST])
    return Checkin(week, chosen, next_step(plan, progress, week))


def is_ripe(action: PlannedAction, progress: Mapping[str, Progress], week: int) -> bool:
    """Whether an action may be asked about at the end of a week."""
    told = known(progress, action)
    rested = told.week == 0 or week - told.week >= EVERY
    return action.start_week <= week and rested and not told.over


def next_step(plan: Plan, progress: Mapping[str, Progress], week: int) -> str | None:
    """The action that the coming week begins with, else the first that is still open by then."""
    open_ones = [a for a in plan.actions if known(progress, a).state not in OVER]
    begun = [action for action in open_ones if action.start_week <= week + 1]
    beginning = [action for action in begun if action.start_week == week + 1]
    return next((action.id for action in (*beginning, *begun)), None)


def known(progress: Mapping[str, Progress], action: PlannedAction) -> Progress:
    """What is known of an action."""
    return progress.get(action.id, Progress())
