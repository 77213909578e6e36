"""What changes from month to month: costs, pay, sales, and calls that are made."""

from __future__ import annotations

from dataclasses import replace

from advisor.model import Money
from advisor.spans import Span
from advisor.whatif import Supposition
from bot.understanding.whatif.clues import Clues, believable, span, unsigned

ALL = 100
HALF = 50
TIMES = {"twice": 100, "thrice": 200}
"""Words for what is some times as much, and the rise in %."""


def costs(clues: Clues) -> Supposition | None:
    """A cut of costs by a share or a sum, or of all of them; a bare number above a hundred is a
    sum."""
    found = clues.first("percent") or clues.first("money") or clues.first("count")
    if clues.says("all_costs") and (found is None or not found.value):
        return Supposition("costs", share=Span.exact(ALL))
    return monthly(clues, "costs")


def costs_rise(clues: Clues) -> Supposition | None:
    """Costs that rise."""
    return monthly(clues, "costs_rise")


def sales(clues: Clues, kind: str) -> Supposition | None:
    """Sales that fall or rise."""
    return monthly(clues, kind)


def monthly(clues: Clues, kind: str) -> Supposition | None:
    """A share or a sum of what a month has; a bare number above a hundred is a sum. A share of one
    cost tells nothing about all of them."""
    found = clues.first("percent") or clues.first("money") or clues.first("count")
    if found is None and kind == "sales_fall" and clues.says("half_of"):
        return Supposition("sales_fall", share=Span.exact(HALF))
    rise = next((Span.exact(more) for word, more in TIMES.items() if clues.says(word)), None)
    supposed = Supposition(kind, share=rise)  # type: ignore[arg-type]
    if found is not None and is_sum(clues, found.kind, found.value):
        return replace(supposed, share=None, money=unsigned(clues.money(found)))
    if kind in ("costs", "costs_rise") and clues.says("part_costs"):
        return Supposition("part")
    if rise is None and found is not None:
        share = believable(span(found))
        return replace(supposed, share=share) if share else None
    return supposed


def is_sum(clues: Clues, kind: str, value: float) -> bool:
    """Whether a number is money: one that says so, and a bare one that can be no share."""
    return kind == "money" or (kind == "count" and abs(value) > ALL)


def hire(clues: Clues) -> Supposition:
    """Someone who is hired: costs that rise by the pay, where it is said."""
    paid = clues.first("money")
    large = next((q for q in clues.quantities if is_sum(clues, q.kind, q.value)), None)
    paid = paid or large
    if paid is None or paid.value <= 0:
        return Supposition("hire")
    people = next((q for q in clues.quantities if q is not paid and q.kind == "count"), None)
    many = people.value if people is not None and clues.says("each") else 1
    money = clues.money(paid)
    return Supposition("costs_rise", money=Money(money.amount * many, money.currency))


def calls(clues: Clues) -> Supposition:
    """So many calls to customers."""
    found = clues.first("count")
    known = found is not None and found.value >= 1
    return Supposition("calls", count=span(found) if found is not None and known else None)
