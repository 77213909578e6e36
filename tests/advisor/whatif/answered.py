"""Answers of an owner for working out suppositions."""

from __future__ import annotations

from advisor.model import Answer, AnswerState, Money, Value

KNOWN = AnswerState.KNOWN


def answers(**values: Value | int | tuple[float, float, float]) -> dict[str, Answer]:
    """Known answers; three numbers are the low end, the value and the high end."""
    found = {}
    for slot, value in values.items():
        if isinstance(value, tuple):
            low, middle, high = value
            found[slot] = Answer(slot, KNOWN, middle, low, high)
        else:
            found[slot] = Answer(slot, KNOWN, value)
    return found


def shekels(amount: float) -> Money:
    """A sum in shekels."""
    return Money(amount, "ILS")


SHOP = answers(
    business_name="Corner",
    gross_margin=35,
    average_sale=shekels(100),
    revenue_before=shekels(80_000),
    revenue_now=shekels(40_000),
    customers_before=250,
    customers_now=140,
    cash_runway=60,
    top_supplier_share=60,
    backup_supplier=False,
    stock_cover=14,
    hours_per_week=5,
)
