"""Who left, how many, and how many may come back (A9, A10, A13, E5, E6)."""

from __future__ import annotations

from advisor.facts.inputs import Inputs, Needs, Rule, flag, number, parameter
from advisor.model import Fact, Facts
from advisor.spans import Span


def churn_believed(i: Inputs, _: Facts) -> Fact | None:
    """churn_share as the owner said it, % (A10)."""
    span = i.span("churn_share")
    return None if span is None else number("churn_believed", span, "percent", "churn_share")


def churn_computed(i: Inputs, _: Facts) -> Fact | None:
    """(before − now) / before × 100, % of customers; 0 when they grew (A9, E6)."""
    before, now = i.span("customers_before"), i.span("customers_now")
    if before is None or now is None or before.low <= 0:
        return None
    share = (Span.exact(1) - now / before).clamp(0, 1) * 100
    return number("churn_computed", share, "percent", "customers_before", "customers_now")


def churn_rate(_: Inputs, f: Facts) -> Fact | None:
    """churn_computed, else churn_believed, % (A9, A10)."""
    best = f.get("churn_computed") or f.get("churn_believed")
    if best is None:
        return None
    return Fact("churn_rate", best.value, "percent", best.slots, best.low, best.high)


def churn_gap(_: Inputs, f: Facts) -> Fact | None:
    """churn_computed − churn_believed, each in whole percent, percentage points (A10): whoever
    reads 42% and 33% reckons 9, not the 8.3 that lie between the unrounded ones."""
    computed, believed = f.get("churn_computed"), f.get("churn_believed")
    if computed is None or believed is None:
        return None
    gap = Span.of(computed).rounded(0) - Span.of(believed).rounded(0)
    return number("churn_gap", gap, "points", *computed.slots, *believed.slots)


def customers_lost(i: Inputs, _: Facts) -> Fact | None:
    """before − now, customers; 0 when they grew (A9)."""
    before, now = i.span("customers_before"), i.span("customers_now")
    if before is None or now is None:
        return None
    lost = (before - now).clamp(0)
    return number("customers_lost", lost, "count", "customers_before", "customers_now")


def customers_grew(i: Inputs, _: Facts) -> Fact | None:
    """Whether there are more customers now than before (A9)."""
    before, now = i.span("customers_before"), i.span("customers_now")
    grew = None if before is None or now is None else now.mid > before.mid
    return flag("customers_grew", grew, "customers_before", "customers_now")


def lost_reachable(i: Inputs, f: Facts) -> Fact | None:
    """customers_lost × contact_fresh, customers who left and whose details still work (A16).

    Absent where no lawful channel is left to reach them by.
    """
    lost, fresh, ways = f.get("customers_lost"), i.rough("contact_fresh"), f.get("reachable")
    if lost is None or fresh is None or ways is None or ways.value is not True:
        return None
    span = Span.of(lost) * (fresh.clamp(0, 100) * 0.01)
    return number("lost_reachable", span, "count", *lost.slots, *ways.slots, "contact_fresh")


def winback_customers(_: Inputs, f: Facts) -> Fact | None:
    """customers_lost × the cautious prior, customers (A13, E5: a prior until the owner's pilot)."""
    lost = f.get("customers_lost")
    return None if lost is None else hoped("winback_customers", Span.of(lost), *lost.slots)


def winback_now(_: Inputs, f: Facts) -> Fact | None:
    """lost_reachable × the cautious prior, customers: the segment that can be won back at once
    (A13, A16, E5)."""
    lost = f.get("lost_reachable")
    return None if lost is None else hoped("winback_now", Span.of(lost), *lost.slots)


def winback_after_refresh(i: Inputs, f: Facts) -> Fact | None:
    """customers_lost × (1 − contact_fresh) × the cautious prior, customers: the segment that has
    to be found again first (A13, A16, E5)."""
    lost, fresh = f.get("customers_lost"), i.rough("contact_fresh")
    if lost is None or fresh is None or fresh.mid >= 100:
        return None
    share = (Span.exact(100) - fresh).clamp(0, 100) * 0.01
    return hoped("winback_after_refresh", Span.of(lost) * share, *lost.slots, "contact_fresh")


def winback_first_group(_: Inputs, f: Facts) -> Fact | None:
    """customers_lost × the most valuable fifth, customers to begin with (A13; a convention)."""
    lost = f.get("customers_lost")
    if lost is None or Span.of(lost).mid < 5:
        return None
    span = Span.of(lost) * (parameter("first_group_share") / 100)
    return number("winback_first_group", span, "count", *lost.slots)


def hoped(name: str, lost: Span, *slots: str) -> Fact | None:
    """Those of `lost` customers who may come back; absent where not even one is to be hoped for,
    as a share of a customer, and its money, says nothing."""
    span = lost * prior()
    return None if span.high < 1 else number(name, span, "count", *slots, prior=True)


def prior() -> Span:
    """The share of lapsed customers who may come back: a prior, kept low (E5)."""
    return Span.between(parameter("winback_low") / 100, parameter("winback_high") / 100)


RULES: tuple[Rule, ...] = (
    churn_believed,
    churn_computed,
    churn_rate,
    churn_gap,
    customers_lost,
    customers_grew,
    lost_reachable,
    winback_customers,
    winback_now,
    winback_after_refresh,
    winback_first_group,
)

COUNTS = ("customers_before", "customers_now")
NEEDS: Needs = {
    "churn_believed": ("churn_share",),
    "churn_computed": COUNTS,
    "churn_rate": (*COUNTS, "churn_share"),
    "churn_gap": (*COUNTS, "churn_share"),
    "customers_lost": COUNTS,
    "customers_grew": COUNTS,
    "lost_reachable": (*COUNTS, "contact_fresh", "contact_channels", "marketing_consent"),
    "winback_customers": COUNTS,
    "winback_now": (*COUNTS, "contact_fresh", "contact_channels", "marketing_consent"),
    "winback_after_refresh": (*COUNTS, "contact_fresh"),
    "winback_first_group": COUNTS,
}
