"""Revenue lost, why, and what of it may come back (A2, A13); money is a month's."""

from __future__ import annotations

from advisor.facts.customers import prior as winback_prior
from advisor.facts.inputs import Inputs, Needs, Rule, currency_of, flag, money, number, parameter
from advisor.model import Fact, Facts
from advisor.spans import Span


def revenue_grew(i: Inputs, _: Facts) -> Fact | None:
    """Whether there is more revenue now than before (A2)."""
    before, now = i.span("revenue_before"), i.span("revenue_now")
    if before is None or now is None or not i.currency("revenue_before", "revenue_now"):
        return None
    return flag("revenue_grew", now.mid > before.mid, "revenue_before", "revenue_now")


def revenue_drop(i: Inputs, _: Facts) -> Fact | None:
    """(before − now) / before × 100, % of monthly revenue; 0 when it grew (A2)."""
    before, now = i.span("revenue_before"), i.span("revenue_now")
    if before is None or now is None or before.low <= 0:
        return None
    if not i.currency("revenue_before", "revenue_now"):
        return None
    drop = (Span.exact(1) - now / before).clamp(0, 1) * 100
    return number("revenue_drop", drop, "percent", "revenue_before", "revenue_now")


def revenue_lost(i: Inputs, _: Facts) -> Fact | None:
    """before − now, money a month, when positive (A2)."""
    return lost_over("revenue_lost", i, 1)


def revenue_lost_two_months(i: Inputs, _: Facts) -> Fact | None:
    """2 × (before − now), money by the end of the second month, when positive (A2)."""
    return lost_over("revenue_lost_two_months", i, 2)


def revenue_lost_three_months(i: Inputs, _: Facts) -> Fact | None:
    """3 × (before − now), money by the end of the third month, when positive (A2)."""
    return lost_over("revenue_lost_three_months", i, 3)


def lost_over(name: str, i: Inputs, months: int) -> Fact | None:
    """What is lost over some months at today's pace."""
    before, now = i.rough("revenue_before"), i.rough("revenue_now")
    currency = i.currency("revenue_before", "revenue_now")
    if before is None or now is None or currency is None or before.mid <= now.mid:
        return None
    lost = (before - now).clamp(0) * months
    return money(name, lost, currency, "revenue_before", "revenue_now")


def revenue_per_customer(i: Inputs, _: Facts) -> Fact | None:
    """revenue_before / customers_before, money a month (A13)."""
    return each(i, "revenue_per_customer", "revenue_before", "customers_before")


def revenue_per_customer_now(i: Inputs, _: Facts) -> Fact | None:
    """revenue_now / customers_now, money a month (A13)."""
    return each(i, "revenue_per_customer_now", "revenue_now", "customers_now")


def each(i: Inputs, name: str, revenue_slot: str, customers_slot: str) -> Fact | None:
    """Revenue by customer."""
    revenue, customers = i.rough(revenue_slot), i.rough(customers_slot)
    currency = i.currency(revenue_slot)
    if revenue is None or customers is None or currency is None or customers.low <= 0:
        return None
    return money(name, revenue / customers, currency, revenue_slot, customers_slot)


def revenue_lost_to_churn(_: Inputs, f: Facts) -> Fact | None:
    """customers_lost × revenue_per_customer, money a month that left with them (A9, A13)."""
    return product("revenue_lost_to_churn", f.get("customers_lost"), f.get("revenue_per_customer"))


def revenue_lost_to_baskets(i: Inputs, _: Facts) -> Fact | None:
    """revenue_before × customers_now / customers_before − revenue_now, money a month that those
    who stayed spend less; absent where they may spend no less, or where it is so small a share of
    the revenue before that the counts may be off by as much (A27, A31)."""
    before, now = i.rough("revenue_before"), i.rough("revenue_now")
    then, today = i.rough("customers_before"), i.rough("customers_now")
    currency = i.currency("revenue_before", "revenue_now")
    if before is None or now is None or then is None or today is None or currency is None:
        return None
    if then.low <= 0:
        return None
    lost = before * today / then - now
    if lost.low <= 0 or lost.mid < before.mid * (parameter("basket_noise") / 100):
        return None
    slots = ("revenue_before", "revenue_now", "customers_before", "customers_now")
    return money("revenue_lost_to_baskets", lost, currency, *slots)


def revenue_at_stake(i: Inputs, f: Facts) -> Fact | None:
    """revenue_now × churn_rate, money a month that would go if as large a share left again (A33,
    A37). A scenario and no forecast."""
    now, churn, currency = i.rough("revenue_now"), f.get("churn_rate"), i.currency("revenue_now")
    if now is None or churn is None or currency is None:
        return None
    stake = now * (Span.of(churn) * 0.01)
    if not stake.mid:
        return None
    return money("revenue_at_stake", stake, currency, "revenue_now", *churn.slots)


def winback_revenue(_: Inputs, f: Facts) -> Fact | None:
    """winback_customers × revenue_per_customer, money a month (A13)."""
    customers, worth = f.get("winback_customers"), f.get("revenue_per_customer")
    return product("winback_revenue", customers, worth, prior=True)


def winback_first_revenue(_: Inputs, f: Facts) -> Fact | None:
    """winback_first_group × the cautious prior × revenue_per_customer, money a month from the most
    valuable fifth: at least that, as each of them brought in more than the average (A13, E5)."""
    group, worth = f.get("winback_first_group"), f.get("revenue_per_customer")
    if group is None:
        return None
    customers = number("winback_first", Span.of(group) * winback_prior(), "count", *group.slots)
    return product("winback_first_revenue", customers, worth, prior=True)


def winback_now_revenue(_: Inputs, f: Facts) -> Fact | None:
    """winback_now × revenue_per_customer, money a month (A13, A16)."""
    customers, worth = f.get("winback_now"), f.get("revenue_per_customer")
    return product("winback_now_revenue", customers, worth, prior=True)


def winback_after_refresh_revenue(_: Inputs, f: Facts) -> Fact | None:
    """winback_after_refresh × revenue_per_customer, money a month (A13, A16)."""
    customers, worth = f.get("winback_after_refresh"), f.get("revenue_per_customer")
    return product("winback_after_refresh_revenue", customers, worth, prior=True)


def product(
    name: str, customers: Fact | None, worth: Fact | None, prior: bool = False
) -> Fact | None:
    """Customers × what one brings in, money a month; absent where there are none."""
    if customers is None or worth is None:
        return None
    currency, total = currency_of(worth), Span.of(customers) * Span.of(worth)
    if currency is None or not total.mid:
        return None
    return money(name, total, currency, *customers.slots, *worth.slots, prior=prior)


RULES: tuple[Rule, ...] = (
    revenue_grew,
    revenue_drop,
    revenue_lost,
    revenue_lost_two_months,
    revenue_lost_three_months,
    revenue_per_customer,
    revenue_per_customer_now,
    revenue_lost_to_churn,
    revenue_lost_to_baskets,
    revenue_at_stake,
    winback_revenue,
    winback_first_revenue,
    winback_now_revenue,
    winback_after_refresh_revenue,
)

REVENUES = ("revenue_before", "revenue_now")
COUNTS = ("customers_before", "customers_now")
REACH = ("contact_fresh", "contact_channels", "marketing_consent")
NEEDS: Needs = {
    "revenue_grew": REVENUES,
    "revenue_drop": REVENUES,
    "revenue_lost": REVENUES,
    "revenue_lost_two_months": REVENUES,
    "revenue_lost_three_months": REVENUES,
    "revenue_per_customer": ("revenue_before", "customers_before"),
    "revenue_per_customer_now": ("revenue_now", "customers_now"),
    "revenue_lost_to_churn": (*COUNTS, "revenue_before"),
    "revenue_lost_to_baskets": (*COUNTS, *REVENUES),
    "revenue_at_stake": ("revenue_now", *COUNTS, "churn_share"),
    "winback_revenue": (*COUNTS, "revenue_before"),
    "winback_first_revenue": (*COUNTS, "revenue_before"),
    "winback_now_revenue": (*COUNTS, "revenue_before", *REACH),
    "winback_after_refresh_revenue": (*COUNTS, "revenue_before", "contact_fresh"),
}
