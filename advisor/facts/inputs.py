"""What rules read and how they write: known answers as numbers with their ends, and facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.catalog import load_catalog
from advisor.model import Answer, Answers, Fact, Money, Value
from advisor.spans import Span

NumberUnit = Literal["percent", "points", "count", "duration"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Known answers as numbers with their ends."""

    answers: Answers

    def known(self, slot: str) -> Answer | None:
        """The answer, if it holds a value."""
        answer = self.answers.get(slot)
        return answer if answer is not None and answer.known else None

    def value(self, slot: str) -> Value | None:
        """The value, if known."""
        answer = self.known(slot)
        return answer.value if answer is not None else None

    def span(self, slot: str) -> Span | None:
        """A number with its ends, in the slot's unit."""
        answer = self.known(slot)
        if answer is None:
            return None
        value = answer.value.amount if isinstance(answer.value, Money) else answer.value
        assert isinstance(value, int | float)
        low = answer.low if answer.low is not None else value
        high = answer.high if answer.high is not None else value
        return Span(float(min(low, value)), float(value), float(max(high, value)))

    def rough(self, slot: str) -> Span | None:
        """The same, where a guess without ends of its own has some: `guess_spread` per cent each
        way, a convention of ours."""
        span, answer = self.span(slot), self.known(slot)
        if span is None or answer is None or not answer.approximate or span.low != span.high:
            return span
        spread = parameter("guess_spread") / 100
        return Span(span.mid * (1 - spread), span.mid, span.mid * (1 + spread))

    def currency(self, *slots: str) -> str | None:
        """The one currency of these money answers, or None where they differ or are unknown."""
        found = {v.currency for v in map(self.value, slots) if isinstance(v, Money)}
        known = [slot for slot in slots if isinstance(self.value(slot), Money)]
        return found.pop() if len(found) == 1 and len(known) == len(slots) else None

    def has(self, slot: str, option: str) -> bool | None:
        """Whether a set of options holds one; None where the slot is unknown."""
        value = self.value(slot)
        return option in value if isinstance(value, tuple) else None


Rule = Callable[[Inputs, Mapping[str, Fact]], Fact | None]
"""From answers, and the facts of the rules before it, to one fact; None where it can't be told."""

Needs = dict[str, tuple[str, ...]]
"""The answers that each fact can rest on."""


def parameter(name: str) -> float:
    """A number from content/parameters.yml."""
    return load_catalog().parameters[name].value


def number(name: str, span: Span, unit: NumberUnit, *slots: str, prior: bool = False) -> Fact:
    """A fact with its interval; ends are kept only where they differ."""
    span = span.rounded()
    low, high = ends(span)
    return Fact(name, span.mid, unit, distinct(slots), low, high, prior)


def money(name: str, span: Span, currency: str, *slots: str, prior: bool = False) -> Fact:
    """A fact in money a month, unless its rule says otherwise."""
    low, high = ends(span)
    return Fact(name, Money(span.mid, currency), "money", distinct(slots), low, high, prior)


def flag(name: str, value: bool | None, *slots: str) -> Fact | None:
    """A yes or no, absent where it can't be told."""
    return None if value is None else Fact(name, value, "flag", slots)


def ends(span: Span) -> tuple[float, float] | tuple[None, None]:
    """The ends of a value that has any spread."""
    return (span.low, span.high) if span.low != span.high else (None, None)


def distinct(slots: tuple[str, ...]) -> tuple[str, ...]:
    """Each slot once, in order."""
    return tuple(dict.fromkeys(slots))


def currency_of(fact: Fact) -> str | None:
    """The currency of a fact in money."""
    return fact.value.currency if isinstance(fact.value, Money) else None
