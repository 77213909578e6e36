"""The words and the numbers that a "what if" is told by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.model import Money
from advisor.spans import Span
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

MOST = 10_000
"""%, of anything; what is above it is told as too much all the same."""


@dataclass(frozen=True, slots=True)
class Clues:
    """The words and numbers of a message; `currency` is that of sums that name none."""

    text: str
    quantities: Sequence[Quantity]
    words: Words
    currency: str

    def says(self, *groups: str) -> bool:
        """Whether a pattern of one of the groups is in the text."""
        return any(self.words.matches(group, self.text) for group in groups)

    def found(self, group: str) -> Iterator[re.Match[str]]:
        """Where the patterns of a group are in the text."""
        for pattern in self.words.raw[group]:
            yield from re.finditer(pattern, self.text, re.IGNORECASE)

    def first(self, *kinds: str) -> Quantity | None:
        """The first quantity of these kinds."""
        return next((q for q in self.quantities if q.kind in kinds), None)

    def last_before(self, group: str, *kinds: str) -> Quantity | None:
        """The last quantity of these kinds that begins before a group's words end."""
        end = max((found.end() for found in self.found(group)), default=0)
        before = [q for q in self.quantities if q.kind in kinds and q.start < end]
        return before[-1] if before else None

    def after(self, group: str, *kinds: str) -> Quantity | None:
        """The first quantity of these kinds that a group's words lead up to, but for the first of
        all: what comes first is counted, not paid."""
        ends = {found.end() for found in self.found(group)}
        return next((q for q in self.quantities[1:] if q.kind in kinds and q.start in ends), None)

    def money(self, quantity: Quantity) -> Money:
        """A quantity as a sum."""
        return Money(quantity.value, quantity.currency or self.currency)


def span(quantity: Quantity) -> Span:
    """A quantity with the ends of its range."""
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        return Span.exact(quantity.value)
    return Span(low, quantity.value, high)


def believable(share: Span) -> Span | None:
    """A share without its minus; None for one on both sides of zero, which isn't meant."""
    if share.high < 0:
        share = Span(-share.high, -share.mid, -share.low)
    return share.clamp(0, MOST) if share.low >= 0 else None


def unsigned(money: Money) -> Money:
    """A sum off something, with or without its minus."""
    return Money(abs(money.amount), money.currency)
