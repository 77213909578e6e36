"""What an owner has for the plan: hours in each week, and money as it comes in."""

from __future__ import annotations

from advisor.model import WEEKS

WEEKS_A_MONTH = 13 / 3
TOLERANCE = 1e-9
"""For sums of fractions, in hours and in money."""


def money_by(week: int, budget: float) -> float:
    """Money that has come in by a week (1-13): a month's budget at the start of each month."""
    return budget * (1 + int((week - 1) / WEEKS_A_MONTH))


class Calendar:
    """Hours used in each week, and money spent by each."""

    def __init__(self, hours: float, budget: float) -> None:
        self.hours = hours
        self.money = [money_by(week, budget) for week in range(1, WEEKS + 1)]
        self.used, self.spent = [0.0] * WEEKS, [0.0] * WEEKS

    def book(self, weekly: float, weeks: int, cost: float, earliest: int) -> int | None:
        """Take hours for some weeks, and money at their start, from the first week on that has
        both; None where none has."""
        room, start = self.hours - weekly + TOLERANCE, earliest
        while start + weeks <= WEEKS + 1:
            full = self.last_full(start, weeks, room)
            if full:
                start = full + 1
            elif cost and not self.pays(cost, start):
                start += 1
            else:
                for week in range(start - 1, start - 1 + weeks):
                    self.used[week] += weekly
                for week in range(start - 1, WEEKS) if cost else ():
                    self.spent[week] += cost
                return start
        return None

    def last_full(self, start: int, weeks: int, room: float) -> int:
        """The last of some weeks in which more hours than `room` are taken; 0 where none is."""
        for week in range(start + weeks - 1, start - 1, -1):
            if self.used[week - 1] > room:
                return week
        return 0

    def pays(self, cost: float, start: int) -> bool:
        """Whether there is money for a cost from a week on."""
        left = zip(self.money[start - 1 :], self.spent[start - 1 :], strict=True)
        return all(spent + cost <= money + TOLERANCE for money, spent in left)
