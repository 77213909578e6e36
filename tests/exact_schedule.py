"""The best schedule there is, by a mixed-integer solver (HiGHS): what `advisor.schedule` is held
against. Time-indexed: one yes or no for each task and each week in which it may start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from advisor.capacity import TOLERANCE, money_by
from advisor.model import WEEKS
from advisor.schedule import Place, Task, value_of, weeks_of

Row = dict[int, float]


@dataclass
class Model:
    """Columns are (task, start) pairs; rows are sums that may not pass a bound."""

    tasks: Sequence[Task]
    hours: float
    budget: float
    limit: int
    columns: list[tuple[Task, Place]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        for task in self.tasks:
            weeks = weeks_of(task, self.hours)
            for start in range(1, WEEKS - weeks + 2):
                self.columns.append((task, Place(start, weeks)))

    def at_most(self, row: Row, bound: float) -> None:
        """Add a row."""
        self.rows.append(row)
        self.bounds.append(bound)

    def of(self, name: str) -> Iterable[tuple[int, Place]]:
        """The columns of a task."""
        return ((n, place) for n, (task, place) in enumerate(self.columns) if task.id == name)

    def limits(self) -> None:
        """Once each at most, within the number of actions, the hours and the money."""
        for task in self.tasks:
            self.at_most({n: 1.0 for n, _ in self.of(task.id)}, 1)
        self.at_most(dict.fromkeys(range(len(self.columns)), 1.0), self.limit)
        for week in range(1, WEEKS + 1):
            running = {
                n: task.hours / place.weeks
                for n, (task, place) in enumerate(self.columns)
                if place.start <= week <= place.end
            }
            self.at_most(running, self.hours + TOLERANCE)
            spent = {
                n: task.cost
                for n, (task, place) in enumerate(self.columns)
                if place.start <= week and task.cost
            }
            self.at_most(spent, money_by(week, self.budget) + TOLERANCE)

    def order(self) -> None:
        """By each week, a task has started only where what it requires has ended before."""
        names = {task.id for task in self.tasks}
        for task in self.tasks:
            for needed in names & set(task.requires):
                for week in range(1, WEEKS + 1):
                    row = {n: 1.0 for n, place in self.of(task.id) if place.start <= week}
                    row |= {n: -1.0 for n, place in self.of(needed) if place.end < week}
                    if row:
                        self.at_most(row, 0)


@dataclass(frozen=True)
class Solved:
    """The most valuable schedule found, and an upper bound on the value of any."""

    places: dict[str, Place]
    bound: float


def best(
    tasks: Sequence[Task], hours: float, budget: float, limit: int, seconds: float = 30
) -> Solved:
    """Solve it, within some seconds: the bound holds even where they were too few. Where not one
    schedule was found in them, it takes longer."""
    model = Model(tasks, hours, budget, limit)
    if not model.columns:
        return Solved({}, 0.0)
    model.limits()
    model.order()
    entries = [(n, m, x) for n, row in enumerate(model.rows) for m, x in row.items()]
    rows, columns, numbers = (np.array(part) for part in zip(*entries, strict=True))
    shape = (len(model.rows), len(model.columns))
    matrix = coo_array((numbers, (rows, columns)), shape=shape).tocsr()
    worth = np.array([value_of([(task, place)]) for task, place in model.columns])
    found = milp(
        -worth,
        integrality=np.ones(len(worth)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, np.array(model.bounds)),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    if found.x is None:
        return best(tasks, hours, budget, limit, 4 * seconds)
    chosen = {model.columns[n][0].id: model.columns[n][1] for n in np.flatnonzero(found.x > 0.5)}
    return Solved(chosen, -found.mip_dual_bound)


def gap(tasks: Sequence[Task], placed: Mapping[str, Place], solved: Solved) -> float:
    """How much of the best is missed, as a share of it; the extra weight of higher tiers, which
    would hide it, is left out of the whole."""
    by_id = {task.id: task for task in tasks}
    plain = [(replace(by_id[name], tier=0), place) for name, place in solved.places.items()]
    weighed = [(by_id[name], place) for name, place in solved.places.items()]
    whole = solved.bound - value_of(weighed) + value_of(plain)
    got = value_of((by_id[name], place) for name, place in placed.items())
    return (solved.bound - got) / whole if whole else 0.0
