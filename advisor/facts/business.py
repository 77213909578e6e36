"""What kind of business it is, and whether it is in good health."""

from __future__ import annotations

from advisor.facts.inputs import Inputs, Needs, Rule, flag
from advisor.model import Fact, Facts
from advisor.spans import Span


def solo(i: Inputs, _: Facts) -> Fact | None:
    """Whether the owner works alone: at most one person (B21)."""
    people = i.span("employees")
    return flag("solo", None if people is None else people.mid <= 1, "employees")


def has_team(i: Inputs, _: Facts) -> Fact | None:
    """Whether others work in the business: two people or more (B21)."""
    people = i.span("employees")
    return flag("has_team", None if people is None else people.mid >= 2, "employees")


TO_TRADE = ("wholesale", "manufacturing")
"""Taken to sell to businesses only, unless the owner says otherwise: a convention of ours."""


def b2b(i: Inputs, _: Facts) -> Fact | None:
    """Whether businesses are among the customers, by the answer or else by the sector (A28)."""
    kind = i.value("customer_type")
    if kind is None:
        return flag("b2b", True, "sector") if i.value("sector") in TO_TRADE else None
    return flag("b2b", kind != "consumers", "customer_type")


def b2c(i: Inputs, _: Facts) -> Fact | None:
    """Whether consumers are among the customers, by the answer or else by the sector (A28)."""
    kind = i.value("customer_type")
    if kind is None:
        return flag("b2c", False, "sector") if i.value("sector") in TO_TRADE else None
    return flag("b2c", kind != "businesses", "customer_type")


def healthy(i: Inputs, f: Facts) -> Fact | None:
    """Whether status is normal, and churn and the fall in revenue, where known, are under 10 %
    (A2, A9; the bound is a convention of ours)."""
    status = i.value("status")
    if status is None:
        return None
    drops = [f[name] for name in ("churn_rate", "revenue_drop") if name in f]
    sound = status == "normal" and all(Span.of(fact).mid < 10 for fact in drops)
    slots = tuple(dict.fromkeys(["status", *(s for fact in drops for s in fact.slots)]))
    return flag("healthy", sound, *slots)


RULES: tuple[Rule, ...] = (solo, has_team, b2b, b2c, healthy)

NEEDS: Needs = {
    "solo": ("employees",),
    "has_team": ("employees",),
    "b2b": ("customer_type", "sector"),
    "b2c": ("customer_type", "sector"),
    "healthy": (
        *("status", "customers_before", "customers_now", "churn_share"),
        *("revenue_before", "revenue_now"),
    ),
}
