"""What the reader of quantities gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["percent", "money", "count", "duration"]
Period = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    `value`: percent 0-100, an amount of money, a count, or days (week 7, month 30, quarter 91.25,
    year 365). Of a range it is the middle, of a bound the bound. `low` and `high` are the ends of
    a range, or the one end of a bound. `start` and `end` are character offsets in the raw text,
    `end` exclusive. `unit` is the word after a count, `per` the period of a rate.
    """

    kind: Kind
    value: float
    start: int
    end: int
    currency: str | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    unit: str | None = None
    per: Period | None = None
