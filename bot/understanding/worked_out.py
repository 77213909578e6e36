"""Figures that owners leave to be worked out: "fifty per branch, we have two" is a hundred, as is
"half of the 200 that we had", and "80 regulars and 40 walk-ins" are 120."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from advisor.model import Kind, Slot
from bot.understanding.amounts import STOP, Amount, amount_of
from bot.understanding.listing import joints
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

WHOLE = 100.0
OF_ALL_BRANCHES = (
    *("employees", "customers_before", "customers_now", "email_list"),
    *("revenue_before", "revenue_now"),
)
"""Slots that ask of the business as a whole."""
ADDED = {
    "customers_before": "kinds",
    "customers_now": "kinds",
    "revenue_before": "sources",
    "revenue_now": "sources",
}
"""Slots whose parts are told one by one, each with the words for what a part is of."""
BASKET = "average_sale"
SHORT = 3
"""Words between two kinds of customers, at most, beside the one that joins them."""


def worked_out(
    slot: Slot, text: str, amount: Amount, quantities: Sequence[Quantity], words: Words
) -> Amount:
    """The amount, or what follows from it and from another number."""
    part = of_a_number(slot, text, quantities, words)
    if part is not None:
        return part
    if slot.id == BASKET:
        return of_a_basket(text, amount, quantities, words)
    if slot.id in ADDED:
        amount = together(slot, text, amount, quantities, words)
    return (
        of_all_branches(text, amount, quantities, words) if slot.id in OF_ALL_BRANCHES else amount
    )


def of_a_number(
    slot: Slot, text: str, quantities: Sequence[Quantity], words: Words
) -> Amount | None:
    """The share of a number, where a message tells nothing else: 'half of the 200 that we had'."""
    if len(quantities) != 2 or slot.kind not in (Kind.COUNT, Kind.MONEY):
        return None
    share, whole = quantities
    found = amount_of(slot, whole)
    if share.kind != "percent" or found is None:
        return None
    joint = text[share.end : whole.start]
    if not (words["share_of"].whole(joint) or words["share_of"].whole(joint.rstrip("- "))):
        return None
    return replace(found.times(share.value / WHOLE), start=share.start)


def together(
    slot: Slot, text: str, amount: Amount, quantities: Sequence[Quantity], words: Words
) -> Amount:
    """The sum of kinds of customers that are told side by side."""
    found = [amount_of(slot, q) for q in quantities]
    told = [part for part in found if part is not None]
    if len(told) < 2 or told[0].start != amount.start or len(told) != len(quantities):
        return amount
    for one, other in pairwise(told):
        between = text[one.end : other.start]
        joint = joints(words).search(text[one.end : other.end])
        if joint is None or STOP.search(between) or len(between.split()) > SHORT + 1:
            return amount
        if any(words[group].inside(between) for group in ("before", "now", "replaced")):
            return amount
    if not all(words[ADDED[slot.id]].opens(text[part.end :]) for part in told):
        return amount
    guess = any(part.approximate for part in told)
    total, currency = sum(part.value for part in told), told[0].currency
    return Amount(total, told[0].start, told[-1].end, approximate=guess, currency=currency)


def of_a_basket(text: str, amount: Amount, quantities: Sequence[Quantity], words: Words) -> Amount:
    """The price of so many things, where it is said to be that of each: '3 items at 40 each'."""
    items = [q for q in quantities if q.kind == "count" and words["items"].opens(text[q.end :])]
    each = words["each"].opens(text[amount.end :])
    return amount.times(items[0].value) if len(items) == 1 and each else amount


def of_all_branches(
    text: str, amount: Amount, quantities: Sequence[Quantity], words: Words
) -> Amount:
    """The amount times the branches, where it is said to be that of each and they are counted."""
    others = [q for q in quantities if q.kind == "count" and q.start != amount.start]
    if len(others) != 1 or not is_of_each(text, amount, others[0], words):
        return amount
    return amount.times(others[0].value)


def is_of_each(text: str, amount: Amount, branches: Quantity, words: Words) -> bool:
    """Whether 'per branch' or 'each' is beside a number, and the other counts branches."""
    tail = STOP.split(text[amount.end :])[0]
    counted = words["branches"].opens(text[branches.end :])
    if words["per_branch"].inside(tail) or words["per_branch"].closes(text[: amount.start]):
        lead = STOP.split(text[: branches.start])[-1]
        return counted or (branches.start > amount.start and words["has"].inside(lead))
    return counted and branches.start < amount.start and words["each"].closes(tail)
