"""Amounts that need no sum: none of it changes nothing, and more than all of it can't be."""

from __future__ import annotations

from advisor.spans import Span
from advisor.whatif.supposition import Supposition
from advisor.whatif.worked import Worked, told

WHOLE = 100
"""%, of a price or of all costs."""
MOST_RISE = 900
"""%: ten times the price; beyond it nobody plans."""

ZERO = {
    "discount": "zero_price",
    "price_rise": "zero_price",
    "costs": "zero_costs",
    "mailing": "zero_letters",
    "back": "zero_customers",
    "gone": "zero_customers",
}
"""What is said to nothing of a kind."""


def beyond(supposed: Supposition) -> Worked | None:
    """What is said without any answer of the owner; None where there is something to work out."""
    if changes_nothing(supposed):
        return told([ZERO[supposed.kind]])
    if supposed.share is None:
        return None
    match supposed.kind:
        case "discount":
            return too_much_off(supposed.share)
        case "price_rise" if supposed.share.high > MOST_RISE:
            return told(["rise_too_much"])
        case "costs" if supposed.share.high > WHOLE:
            return told(["costs_too_much", "costs_range"])
        case "costs" if supposed.share.high == WHOLE:
            return told(["costs_all", "costs_range"])
    return None


def changes_nothing(supposed: Supposition) -> bool:
    """Whether it is nothing that is supposed: 0 %, no letters, no money."""
    if supposed.kind not in ZERO:
        return False
    if supposed.kind == "mailing":
        return supposed.count is not None and supposed.count.high <= 0
    amount = supposed.count if supposed.share is None else supposed.share
    if amount is not None:
        return amount.high <= 0
    return supposed.money is not None and supposed.money.amount <= 0


def too_much_off(off: Span) -> Worked | None:
    """More than the whole price, in % of it."""
    return told(["discount_too_much", "discount_range"]) if off.high > WHOLE else None
