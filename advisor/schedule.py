"""Fits chosen actions into 13 weeks: the owner's hours each week, the budget as it comes in month
by month, and prerequisites that end before what needs them starts.

An order of the tasks is turned into a schedule by giving each, in turn, the earliest weeks that
it fits; what fits nowhere is left for later. Good orders are found by a few rules of thumb and
then by moving single tasks forward. `bench/schedule.py` shows how far that is from the best there
is. Deterministic: ties go by id, and the search counts its steps, not time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from advisor.capacity import TOLERANCE, Calendar
from advisor.model import WEEKS

MONTHS = 3
TIER = 10_000
"""More than all tasks of a lower tier weigh together, even a week's worth of it."""
SPREAD = 100
"""How many times its priority counts within a tier, so that there, too, what matters most goes
first, and not what is shortest."""
STEPS = 24
"""Orders that are tried."""
JUMPS = (1, 2, 4)
"""How far behind a place the tasks stand that are moved to it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the schedule needs to know of an action. Hours are spread evenly over its weeks; a
    higher `tier` goes before all of a lower one."""

    id: str
    hours: float
    weeks: int
    cost: float
    requires: tuple[str, ...]
    priority: float
    tier: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """When an action runs: first week (1-13) and number of weeks."""

    start: int
    weeks: int

    @property
    def end(self) -> int:
        """The last week."""
        return self.start + self.weeks - 1


Schedule = dict[str, Place]
Starts = dict[str, int]
"""First weeks by id."""
Order = Sequence[str]


def arrange(
    tasks: Sequence[Task], hours: float, budget: float, limit: int
) -> tuple[Schedule, list[str]]:
    """Places by id, and the ids that didn't fit. `hours` a week, `budget` a month, `limit` actions.

    A prerequisite among the tasks is placed before what needs it, whatever its priority. A smaller
    budget never gives a plan that costs more.
    """
    by_id = {task.id: task for task in sorted(tasks, key=lambda task: task.id)}
    levels = [level for level in budgets(by_id.values()) if level <= budget + TOLERANCE]
    if not levels:
        desk = Desk(by_id, hours, limit, 0)
        placed = desk.places(search(desk)[1])
    else:
        order = search(Desk(by_id, hours, limit, math.inf))[0]
        affordable = spend(by_id, hours, limit, order, levels)
        placed = improved(by_id, hours, limit, levels[-1], affordable)
    return placed, [name for name in by_id if name not in placed]


def spend(
    tasks: Mapping[str, Task], hours: float, limit: int, order: Order, levels: Sequence[float]
) -> Schedule:
    """The schedule for the highest of some budgets, costing no less than those for lower ones."""
    chosen: Schedule = {}
    for level in levels:
        desk = Desk(tasks, hours, limit, level)
        placed = desk.places(desk.place(order))
        if cost_of(tasks, placed) >= cost_of(tasks, chosen):
            chosen = placed
    return chosen


def improved(
    tasks: Mapping[str, Task], hours: float, limit: int, budget: float, schedule: Schedule
) -> Schedule:
    """A better schedule that buys the same, if one is found."""
    bought = {name for name in schedule if tasks[name].cost}
    desk = Desk(tasks, hours, limit, budget)
    desk.barred = {name for name, task in tasks.items() if task.cost} - bought
    starts = search(desk)[1]
    before = {name: place.start for name, place in schedule.items()}
    better = bought <= set(starts) and desk.value(starts) > desk.value(before)
    return desk.places(starts) if better else schedule


def budgets(tasks: Iterable[Task]) -> list[float]:
    """The monthly budgets from which on something more can be paid: every sum of costs, spread
    over one month or more. In between nothing changes."""
    costs = [task.cost for task in tasks if task.cost]
    sums = {sum(some) for n in range(len(costs)) for some in combinations(costs, n + 1)}
    return sorted({total / months for total in sums for months in range(1, MONTHS + 1)})


def cost_of(tasks: Mapping[str, Task], names: Iterable[str]) -> float:
    """What some tasks cost together."""
    return sum(tasks[name].cost for name in names)


def weeks_of(task: Task, hours: float) -> int:
    """How long it runs: a task too big for a week's hours runs longer."""
    return max(task.weeks, math.ceil(task.hours / hours - TOLERANCE))


def weight_of(task: Task) -> float:
    """Its priority, with its tier."""
    return task.priority + task.tier * (TIER + SPREAD * task.priority)


def value_of(schedule: Iterable[tuple[Task, Place]]) -> float:
    """What a schedule is worth: the weight of each task in it, the less the later it starts."""
    return sum(weight_of(task) * timeliness(place.start) for task, place in schedule)


def timeliness(start: int) -> float:
    """What is left of a task's worth where it starts in a week: 1 in the first, about a half in
    the last. So what matters gets in even if late, and early if it can (a convention of ours)."""
    return 1 - (start - 1) / (2 * WEEKS)


Rule = Callable[[Task, int], float]
RULES: tuple[Rule, ...] = (
    lambda task, weeks: task.priority,
    lambda task, weeks: task.priority / task.hours,
    lambda task, weeks: task.priority / task.hours**0.5,
    lambda task, weeks: task.priority / (task.hours**0.7 * weeks**0.3),
)
"""What comes first: what matters most, or what brings most for its hours, and between."""


class Desk:
    """Tasks with the room that there is for them."""

    def __init__(self, tasks: Mapping[str, Task], hours: float, limit: int, budget: float) -> None:
        self.tasks, self.hours, self.limit = tasks, hours, limit
        self.weeks = {name: weeks_of(task, hours) for name, task in tasks.items()}
        self.weights = {name: weight_of(task) for name, task in tasks.items()}
        self.needs = {n: [r for r in task.requires if r in tasks] for n, task in tasks.items()}
        self.budget = budget
        self.barred: Collection[str] = ()
        """Tasks that are left out, with all that need them."""

    def orders(self) -> Iterator[list[str]]:
        """An order by each rule of thumb."""
        for rule in RULES:
            keys = {
                name: (-task.tier, -rule(task, self.weeks[name]), name)
                for name, task in self.tasks.items()
            }
            yield sorted(keys, key=keys.__getitem__)
        yield self.by_chains()

    def by_chains(self) -> list[str]:
        """An order by what each task brings for its hours together with all that it requires: what
        matters most may stand at the end of a long chain, and a rule that looks at single tasks
        never gets there where hours are few."""
        keys = {}
        for name, task in self.tasks.items():
            chain = [self.tasks[link] for link in self.chain(name)]
            brings = sum(link.priority for link in chain) / sum(link.hours for link in chain)
            keys[name] = (-task.tier, -brings, name)
        return sorted(keys, key=keys.__getitem__)

    def chain(self, name: str) -> set[str]:
        """A task with all that it requires, and what that requires."""
        found, open_links = set[str](), [name]
        while open_links:
            link = open_links.pop()
            if link not in found:
                found.add(link)
                open_links += self.needs[link]
        return found

    def value(self, starts: Starts) -> float:
        """What a schedule is worth."""
        return sum(self.weights[name] * timeliness(start) for name, start in starts.items())

    def places(self, starts: Starts) -> Schedule:
        """The weeks in which the tasks run."""
        return {name: Place(start, self.weeks[name]) for name, start in starts.items()}

    def place(self, order: Order) -> Starts:
        """The schedule that an order gives."""
        calendar, starts, tried = Calendar(self.hours, self.budget), Starts(), set[str]()
        for name in order:
            self.put(name, calendar, starts, tried)
        return starts

    def put(self, name: str, calendar: Calendar, starts: Starts, tried: set[str]) -> None:
        """Place a task and, before it, what it requires; once."""
        if name in tried or name in self.barred:
            return
        tried.add(name)
        earliest = 1
        for needed in self.needs[name]:
            self.put(needed, calendar, starts, tried)
            if needed not in starts:
                return
            earliest = max(earliest, starts[needed] + self.weeks[needed])
        if len(starts) < self.limit:
            task, weeks = self.tasks[name], self.weeks[name]
            start = calendar.book(task.hours / weeks, weeks, task.cost, earliest)
            if start is not None:
                starts[name] = start


def search(desk: Desk) -> tuple[list[str], Starts]:
    """The best order found and its schedule: the best rule of thumb, then single moves that gain,
    until none does or the steps are used up."""
    tried = [(order, desk.place(order)) for order in desk.orders()]
    order, starts = max(tried, key=lambda pair: desk.value(pair[1]))
    best, steps, gained = desk.value(starts), len(tried), True
    while gained:
        gained = False
        for place, jump in product(range(len(order)), JUMPS):
            if steps >= STEPS:
                return order, starts
            if place + jump < len(order):
                moved = [*order[:place], order[place + jump], *order[place:]]
                del moved[place + jump + 1]
                schedule, steps = desk.place(moved), steps + 1
                value = desk.value(schedule)
                if value > best + TOLERANCE:
                    order, starts, best, gained = moved, schedule, value, True
    return order, starts
