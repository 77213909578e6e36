"""How long the cash lasts, now and if things get worse, and what the plan may use (E8, B31)."""

from __future__ import annotations

from advisor.facts.inputs import Inputs, Needs, Rule, flag, money, number, parameter
from advisor.model import WEEKS, Fact, Facts
from advisor.spans import Span


def runway_days(i: Inputs, _: Facts) -> Fact | None:
    """cash_runway as the owner said it, days at today's pace (E8)."""
    span = i.span("cash_runway")
    return None if span is None else number("runway_days", span, "duration", "cash_runway")


def cash_danger(_: Inputs, f: Facts) -> Fact | None:
    """Whether the cash lasts less than two months (E8; our convention)."""
    runway = f.get("runway_days")
    danger = None if runway is None else Span.of(runway).mid < parameter("cash_danger_days")
    return flag("cash_danger", danger, "cash_runway")


def runway_worse_days(_: Inputs, f: Facts) -> Fact | None:
    """runway_days / (1 + worse_burn), days if each month uses up a quarter more cash than today
    (E8; the quarter is a convention of ours)."""
    runway = f.get("runway_days")
    if runway is None or not Span.of(runway).mid:
        return None
    days = Span.of(runway) / Span.exact(1 + parameter("worse_burn") / 100)
    return number("runway_worse_days", days, "duration", *runway.slots)


def runway_lower_sales_days(i: Inputs, f: Facts) -> Fact | None:
    """runway / (1 + s / (before / now − 1)), days if sales fall by another s = worse_sales_fall.

    Cash burns at margin × (before − now) where the business broke even before and its fixed costs
    stayed; another fall adds margin × s × now, so the margin cancels out. Absent where sales fell
    by less than s so far: that is too little to tell the costs by (E8; an assumption of ours, and
    said so).
    """
    runway, before, now = f.get("runway_days"), i.rough("revenue_before"), i.rough("revenue_now")
    if runway is None or before is None or now is None or now.low <= 0:
        return None
    if not i.currency("revenue_before", "revenue_now") or before.low <= now.high:
        return None
    fallen, further = before / now - Span.exact(1), parameter("worse_sales_fall") / 100
    if fallen.mid < further:
        return None
    faster = Span.exact(1) + Span.exact(further) / fallen
    slots = (*runway.slots, "revenue_before", "revenue_now")
    return number("runway_lower_sales_days", Span.of(runway) / faster, "duration", *slots)


def plan_hours(i: Inputs, _: Facts) -> Fact | None:
    """hours_per_week × 13, hours (B31)."""
    hours = i.span("hours_per_week")
    return None if hours is None else number("plan_hours", hours * WEEKS, "count", "hours_per_week")


def plan_budget(i: Inputs, _: Facts) -> Fact | None:
    """monthly_budget × 3, money for the 13 weeks (B31)."""
    budget, currency = i.span("monthly_budget"), i.currency("monthly_budget")
    if budget is None or currency is None:
        return None
    return money("plan_budget", budget * MONTHS, currency, "monthly_budget")


def budget_zero(i: Inputs, _: Facts) -> Fact | None:
    """Whether there is no money for the recovery (B31)."""
    budget = i.span("monthly_budget")
    return flag("budget_zero", None if budget is None else budget.mid == 0, "monthly_budget")


MONTHS = 3
"""Of a budget, in 13 weeks."""

RULES: tuple[Rule, ...] = (
    runway_days,
    cash_danger,
    runway_worse_days,
    runway_lower_sales_days,
    plan_hours,
    plan_budget,
    budget_zero,
)

NEEDS: Needs = {
    "runway_days": ("cash_runway",),
    "cash_danger": ("cash_runway",),
    "runway_worse_days": ("cash_runway",),
    "runway_lower_sales_days": ("cash_runway", "revenue_before", "revenue_now"),
    "plan_hours": ("hours_per_week",),
    "plan_budget": ("monthly_budget",),
    "budget_zero": ("monthly_budget",),
}
