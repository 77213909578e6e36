"""Fits chosen actions into 13 weeks: the owner's hours each week, the budget as it comes in month
by month, and prerequisites that end before what needs them starts.

Serial schedule generation: in order of priority each action takes the earliest weeks that it
fits; what fits nowhere is left for later. Deterministic: ties go by id.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from advisor.model import WEEKS

WEEKS_A_MONTH = 13 / 3
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """What the schedule needs to know of an action. Hours are spread evenly over its weeks."""

    id: str
    hours: float
    weeks: int
    cost: float
    requires: tuple[str, ...]
    priority: float


@dataclass(frozen=True, slots=True)
class Place:
    """When an action runs: first week (1-13) and number of weeks."""

    start: int
    weeks: int

    @property
    def end(self) -> int:
        """The last week."""
        return self.start + self.weeks - 1


@dataclass(slots=True)
class Calendar:
    """Hours left in each week and money left by the end of each month."""

    hours: float
    budget: float
    used: list[float] = field(default_factory=lambda: [0.0] * WEEKS)
    spent: list[float] = field(default_factory=lambda: [0.0] * WEEKS)

    def fits(self, task: Task, place: Place) -> bool:
        """Whether its hours and its cost fit there."""
        if place.end > WEEKS:
            return False
        weekly = task.hours / place.weeks
        run = range(place.start - 1, place.end)
        if any(self.used[week] + weekly > self.hours + TOLERANCE for week in run):
            return False
        return all(
            sum(self.spent[: week + 1]) + task.cost <= self.budget_by(week) + TOLERANCE
            for week in range(place.start - 1, WEEKS)
        )

    def budget_by(self, week: int) -> float:
        """Money that has come in by a week (0-12): a month's budget at the start of each month."""
        return self.budget * (1 + int(week / WEEKS_A_MONTH))

    def book(self, task: Task, place: Place) -> None:
        """Take the hours and the money."""
        for week in range(place.start - 1, place.end):
            self.used[week] += task.hours / place.weeks
        self.spent[place.start - 1] += task.cost


def arrange(
    tasks: Sequence[Task], hours: float, budget: float, limit: int
) -> tuple[dict[str, Place], list[str]]:
    """Places by id, and the ids that didn't fit. `hours` a week, `budget` a month, `limit` actions.

    A prerequisite among the tasks is placed before what needs it, whatever its priority.
    """
    by_id = {task.id: task for task in tasks}
    calendar, placed, later = Calendar(hours, budget), dict[str, Place](), list[str]()
    for task in sorted(tasks, key=lambda task: (-task.priority, task.id)):
        put(task, by_id, calendar, placed, later, limit)
    return placed, later


def put(
    task: Task,
    by_id: Mapping[str, Task],
    calendar: Calendar,
    placed: dict[str, Place],
    later: list[str],
    limit: int,
) -> None:
    """Place a task and, before it, what it requires."""
    if task.id in placed or task.id in later:
        return
    needed = [by_id[name] for name in task.requires if name in by_id]
    for requirement in needed:
        put(requirement, by_id, calendar, placed, later, limit)
    place = None
    if len(placed) < limit and all(requirement.id in placed for requirement in needed):
        earliest = 1 + max((placed[r.id].end for r in needed), default=0)
        place = find(task, calendar, earliest)
    if place is None:
        later.append(task.id)
    else:
        calendar.book(task, place)
        placed[task.id] = place


def find(task: Task, calendar: Calendar, earliest: int) -> Place | None:
    """The earliest weeks that it fits; a task too big for a week's hours runs longer."""
    weeks = max(task.weeks, math.ceil(task.hours / calendar.hours - TOLERANCE))
    for start in range(earliest, WEEKS + 1):
        place = Place(start, weeks)
        if calendar.fits(task, place):
            return place
    return None
