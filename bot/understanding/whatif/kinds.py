"""Which "what if" a message is, by its words and its numbers alone, so that it is found while the
model is away, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.model import Money
from advisor.spans import Span
from advisor.whatif import Supposition
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

ALL = 100
HALF = 50
MOST = 10_000
"""%, of anything; what is above it is told as too much all the same."""
RISES = {"doubled": 100, "tripled": 200}
"""Words for a price that is some times as high, and the rise in %."""
BIGGEST_PIECE_COST = 50
"""Money for letters above it is the cost of all of them, unless the message says otherwise."""


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

    def first(self, *kinds: str) -> Quantity | None:
        """The first quantity of these kinds."""
        return next((q for q in self.quantities if q.kind in kinds), None)

    def money(self, quantity: Quantity) -> Money:
        """A quantity as a sum."""
        return Money(quantity.value, quantity.currency or self.currency)


def recognised(clues: Clues) -> Supposition | None:
    """The supposition that a text is about, or None. Numbers that it doesn't name stay None."""
    if clues.says("mailing"):
        return mailing(clues)
    if clues.says("supplier"):
        return Supposition("supplier")
    if clues.says("costs"):
        return costs(clues)
    if not clues.says("others"):
        for kind in ("discount", "price_rise"):
            if clues.says(kind):
                return priced(clues, kind)
    for kind in ("back", "gone"):
        if clues.says(kind):
            return customers(clues, kind)
    return None


def complete(supposed: Supposition) -> bool:
    """Whether a text says all of it, so that it is surely meant."""
    if supposed.kind in ("supplier", "mailing"):
        return True
    return any(part is not None for part in (supposed.share, supposed.count, supposed.money))


def span(quantity: Quantity) -> Span:
    """A quantity with the ends of its range."""
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        return Span.exact(quantity.value)
    return Span(low, quantity.value, high)


def priced(clues: Clues, kind: str) -> Supposition | None:
    """A change of prices by a share or a sum; a bare number is a share. A rise below zero is a
    discount, and a discount below zero is one as price tags say it: -10 %."""
    found = clues.first("percent") or clues.first("money") or clues.first("count")
    if clues.says("halved"):
        return Supposition("discount", share=Span.exact(HALF))
    if kind == "price_rise":
        for name, rise in RISES.items():
            if clues.says(name):
                return Supposition("price_rise", share=Span.exact(rise))
    if found is None:
        share = Span.exact(0) if clues.says("no_discount") else None
        return Supposition(kind, share=share)  # type: ignore[arg-type]
    if found.value < 0 or clues.says("minus"):
        kind = "discount"
    if found.kind == "money":
        return Supposition(kind, money=unsigned(clues.money(found)))  # type: ignore[arg-type]
    share = believable(span(found))
    return Supposition(kind, share=share) if share else None  # type: ignore[arg-type]


def costs(clues: Clues) -> Supposition | None:
    """A cut of costs by a share or a sum, or of all of them; a bare number above a hundred is a
    sum."""
    found = clues.first("percent") or clues.first("money") or clues.first("count")
    if clues.says("all_costs") and (found is None or not found.value):
        return Supposition("costs", share=Span.exact(ALL))
    if found is None:
        return Supposition("costs")
    if found.kind == "money" or (found.kind == "count" and found.value > ALL):
        return Supposition("costs", money=unsigned(clues.money(found)))
    share = believable(span(found))
    return Supposition("costs", share=share) if share else None


def unsigned(money: Money) -> Money:
    """A sum off something, with or without its minus."""
    return Money(abs(money.amount), money.currency)


def believable(share: Span) -> Span | None:
    """A share without its minus; None for one on both sides of zero, which isn't meant."""
    if share.high < 0:
        share = Span(-share.high, -share.mid, -share.low)
    return share.clamp(0, MOST) if share.low >= 0 else None


def mailing(clues: Clues) -> Supposition:
    """So many letters, at what they cost: each, or all of them."""
    letters, cost = clues.first("count"), clues.first("money")
    count = span(letters) if letters is not None and letters.value >= 1 else None
    if clues.says("no_letters") or (letters is not None and letters.value == 0):
        count = Span.exact(0)
    if cost is None or cost.value <= 0:
        return Supposition("mailing", count=count)
    money = clues.money(cost)
    if count is not None and is_for_all(clues, cost.value, count.mid):
        money = Money(money.amount / count.mid, money.currency)
    return Supposition("mailing", count=count, money=money)


def is_for_all(clues: Clues, amount: float, letters: float) -> bool:
    """Whether a sum is the cost of all the letters."""
    if clues.says("each"):
        return False
    return clues.says("in_all") or amount > BIGGEST_PIECE_COST or amount > letters


def customers(clues: Clues, kind: str) -> Supposition | None:
    """So many customers, or such a share of them."""
    found = clues.first("percent") or clues.first("count")
    if found is None:
        return Supposition(kind)  # type: ignore[arg-type]
    amount = span(found)
    if amount.low < 0:
        return None
    if found.kind == "percent":
        return Supposition(kind, share=amount.clamp(0, MOST))  # type: ignore[arg-type]
    return Supposition(kind, count=amount)  # type: ignore[arg-type]
