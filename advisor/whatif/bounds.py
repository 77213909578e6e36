"""Amounts that need no sum: none of it changes nothing, and more than all of it can't be."""

from __future__ import annotations

from advisor.facts import Inputs
from advisor.whatif.prices import share_of_price
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
    "costs_rise": "zero_costs",
    "sales_fall": "zero_sales",
    "sales_rise": "zero_sales",
    "calls": "zero_customers",
    "mailing": "zero_letters",
    "back": "zero_customers",
    "gone": "zero_customers",
}
"""What is said to nothing of a kind."""


def beyond(supposed: Supposition, inputs: Inputs) -> Worked | None:
    """What is said where there is no sum; None where there is something to work out. No answer of
    the owner is needed for it, but the average sale where a price changes by a sum."""
    if changes_nothing(supposed):
        return told([ZERO[supposed.kind]])
    priced = supposed.kind in ("discount", "price_rise")
    share = share_of_price(supposed, inputs) if priced else supposed.share
    if share is None:
        return None
    match supposed.kind:
        case "discount" if share.high > WHOLE:
            return told(["discount_too_much", "discount_range"])
        case "discount" if share.low == WHOLE:
            return told(["discount_free", "discount_instead"])
        case "price_rise" if share.high > MOST_RISE:
            return told(["rise_too_much"])
        case "costs" if share.high > WHOLE:
            return told(["costs_too_much", "costs_range"])
        case "costs" if share.high == WHOLE:
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
