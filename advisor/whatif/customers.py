"""Customers who come back or go: what they bring in a month (A9, A13, E5)."""

from __future__ import annotations

from math import ceil, floor

from advisor.facts import Inputs, derive, parameter
from advisor.facts.inputs import currency_of, money, number
from advisor.model import Fact, Facts
from advisor.spans import Span
from advisor.whatif.supposition import EXAMPLES, Supposition
from advisor.whatif.worked import Worked, lacking, told


def back(supposed: Supposition, inputs: Inputs) -> Worked:
    """customers × revenue_per_customer, money a month; beside what was lost and the cautious prior
    for winning customers back."""
    by_share = ("customers_now",) if supposed.share is not None else ()
    missing = lacking(inputs, "revenue_before", "customers_before", *by_share)
    if missing is not None:
        return missing
    facts = derive(inputs.answers)
    each, lost = facts.get("revenue_per_customer"), facts.get("customers_lost")
    count = counted(supposed, lost)
    currency = currency_of(each) if each is not None else None
    if each is None or currency is None or count is None:
        return told(["back_nobody"])
    revenue = count * Span.of(each)
    found = [
        number("whatif_customers", count, "count"),
        money("whatif_revenue", revenue, currency, prior=True),
        gross_profit(inputs, revenue, currency),
        closed(facts, revenue),
    ]
    lines = ["back_revenue", "profit", "back_gap"]
    if lost is not None and Span.of(lost).mid > 0:
        share = Span.exact(count.mid / Span.of(lost).mid * 100)
        found.append(number("whatif_of_lost", share, "percent"))
        lines.append(likelihood(share.mid, facts))
    return told(lines, found)


def calls(supposed: Supposition, inputs: Inputs) -> Worked:
    """calls × the cautious prior for winning customers back, and what those bring in a month
    (A13, E5); before a call that offers anything stands the registry (E11)."""
    missing = lacking(inputs, "revenue_before", "customers_before")
    if missing is not None:
        return missing
    each = derive(inputs.answers).get("revenue_per_customer")
    lost = derive(inputs.answers).get("customers_lost")
    currency = currency_of(each) if each is not None else None
    count = supposed.count or Span.exact(parameter("call_trial"))
    facts: list[Fact | None] = [number("whatif_calls", count, "count")]
    if lost is not None and count.mid > Span.of(lost).high:
        return told(["calls_too_many" if Span.of(lost).high > 0 else "back_nobody"], facts)
    low, high = parameter("winback_low"), parameter("winback_high")
    hoped = (count * (Span.between(low, high) * 0.01)).rounded()
    returned = Span(float(floor(hoped.low)), float(round(hoped.mid)), float(ceil(hoped.high)))
    facts.append(number("whatif_customers", returned, "count", prior=True))
    if each is None or currency is None:
        return told(["calls_back", "calls_registry"], facts)
    revenue = returned * Span.of(each)
    facts += [
        money("whatif_revenue", revenue, currency, prior=True),
        gross_profit(inputs, revenue, currency),
    ]
    return told(["calls_back", "calls_revenue", "profit", "calls_registry"], facts)


def likelihood(share: float, facts: Facts) -> str:
    """How a share of those who left, in %, compares with the cautious prior."""
    if share > 100:
        return "back_too_many"
    hoped, lost = facts.get("winback_customers"), facts.get("customers_lost")
    most = Span.of(hoped).high / Span.of(lost).high * 100 if hoped and lost else 0.0
    return "back_hopeful" if share > most else "back_cautious"


def closed(facts: Facts, revenue: Span) -> Fact | None:
    """The part of the lost revenue that comes back, %."""
    gap = facts.get("revenue_lost")
    if gap is None or Span.of(gap).mid <= 0:
        return None
    return number(
        "whatif_closed",
        Span.exact(min(100, revenue.mid / Span.of(gap).mid * 100)),
        "percent",
        prior=True,
    )


def gone(supposed: Supposition, inputs: Inputs) -> Worked:
    """customers × revenue_per_customer_now, money a month that would go."""
    missing = lacking(inputs, "revenue_now", "customers_now")
    now, each = inputs.span("customers_now"), derive(inputs.answers).get("revenue_per_customer_now")
    currency = currency_of(each) if each is not None else None
    if missing is not None or now is None:
        return missing or Worked()
    if each is None or currency is None or now.mid <= 0:
        return told(["gone_nobody"])
    count = now * (supposed.share * 0.01) if supposed.share is not None else supposed.count
    count = count or EXAMPLES["back"].count or Span.exact(0)
    found: list[Fact | None] = [number("whatif_customers", count, "count")]
    if count.mid > now.mid:
        return told(["gone_too_many"], found)
    less = count * Span.of(each)
    found += [
        money("whatif_revenue", less, currency, prior=True),
        gross_profit(inputs, less, currency),
        number("whatif_of_now", Span.exact(count.mid / now.mid * 100), "percent"),
    ]
    return told(["gone_revenue", "profit", "gone_share"], found)


def client(_: Supposition, __: Inputs) -> Worked:
    """The largest customer, of whom no answer tells how much they buy."""
    return told(["client_say"])


def counted(supposed: Supposition, lost: Fact | None) -> Span | None:
    """How many come back: a number, or a share of those who left."""
    if supposed.share is None:
        return supposed.count or EXAMPLES["back"].count
    if lost is None or not Span.of(lost).mid:
        return None
    return Span.of(lost) * (supposed.share * 0.01)


def gross_profit(inputs: Inputs, revenue: Span, currency: str) -> Fact | None:
    """revenue × margin, where the margin is known."""
    margin = inputs.span("gross_margin")
    if margin is None:
        return None
    return money("whatif_profit", (revenue * (margin * 0.01)).rounded(), currency, prior=True)
