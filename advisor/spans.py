"""Interval arithmetic: a best value between its ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from advisor.model import Fact, Money


@dataclass(frozen=True, slots=True)
class Span:
    """low ≤ mid ≤ high, all in one unit."""

    low: float
    mid: float
    high: float

    @classmethod
    def exact(cls, value: float) -> Self:
        """A value without spread."""
        return cls(value, value, value)

    @classmethod
    def between(cls, low: float, high: float) -> Self:
        """A range whose best value is its middle."""
        return cls(low, (low + high) / 2, high)

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """A fact's value with its ends."""
        value = fact.value.amount if isinstance(fact.value, Money) else float(fact.value)
        low = fact.low if fact.low is not None else value
        high = fact.high if fact.high is not None else value
        return cls(low, value, high)

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.mid + other.mid, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.mid - other.mid, self.high - other.low)

    def __mul__(self, other: Span | float) -> Span:
        if not isinstance(other, Span):
            other = Span.exact(other)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(ends), self.mid * other.mid, max(ends))

    def __truediv__(self, other: Span) -> Span:
        """Raises ZeroDivisionError where the divisor may be zero or change sign."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's range holds zero")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(ends), self.mid / other.mid, max(ends))

    def rounded(self, digits: int = 9) -> Span:
        """To so many decimals; as it comes, without the noise of binary fractions, which would miss
        a threshold by a hair."""
        return Span(*(round(x, digits) for x in (self.low, self.mid, self.high)))

    def clamp(self, low: float, high: float = float("inf")) -> Span:
        """Each end brought within bounds."""
        return Span(*(min(high, max(low, x)) for x in (self.low, self.mid, self.high)))
