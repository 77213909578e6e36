"""A number of each branch as one of all: "fifty per branch, we have two" is a hundred."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.amounts import STOP, Amount
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

SLOTS = (
    *("employees", "customers_before", "customers_now", "email_list"),
    *("revenue_before", "revenue_now"),
)
"""Slots that ask of the business as a whole."""


def of_all(text: str, amount: Amount, quantities: Sequence[Quantity], words: Words) -> Amount:
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
