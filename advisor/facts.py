"""Named values derived from answers: formula, unit, and an interval where inputs have one.

A fact is there only when what it needs is known; money facts need one currency throughout.
Sources are the rows and evidence ids of docs/sources.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.catalog import load_catalog
from advisor.model import WEEKS, Answer, Answers, Fact, Facts, Money, Value
from advisor.spans import Span

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Inputs:
    """Known answers as numbers with their ends."""

    answers: Answers

    def known(self, slot: str) -> Answer | None:
        """The answer, if it holds a value."""
        answer = self.answers.get(slot)
        return answer if answer is not None and answer.known else None

    def value(self, slot: str) -> Value | None:
        """The value, if known."""
        answer = self.known(slot)
        return answer.value if answer is not None else None

    def span(self, slot: str) -> Span | None:
        """A number with its ends, in the slot's unit."""
        answer = self.known(slot)
        if answer is None:
            return None
        value = answer.value.amount if isinstance(answer.value, Money) else answer.value
        assert isinstance(value, int | float)
        low = answer.low if answer.low is not None else value
        high = answer.high if answer.high is not None else value
        return Span(float(min(low, value)), float(value), float(max(high, value)))

    def currency(self, *slots: str) -> str | None:
        """The one currency of these money answers, or None where they differ or are unknown."""
        found = {v.currency for v in map(self.value, slots) if isinstance(v, Money)}
        known = [slot for slot in slots if isinstance(self.value(slot), Money)]
        return found.pop() if len(found) == 1 and len(known) == len(slots) else None

    def has(self, slot: str, option: str) -> bool | None:
        """Whether a set of options holds one; None where the slot is unknown."""
        value = self.value(slot)
        return option in value if isinstance(value, tuple) else None


Rule = Callable[[Inputs, Mapping[str, Fact]], Fact | None]


def parameter(name: str) -> float:
    """A number from content/parameters.yml."""
    return load_catalog().parameters[name].value


def number(name: str, span: Span, unit: str, *slots: str, prior: bool = False) -> Fact:
    """A fact with its interval; ends are kept only where they differ."""
    span = span.rounded()
    wide = span.low != span.high
    return Fact(
        name,
        span.mid,
        unit,  # type: ignore[arg-type]
        slots,
        span.low if wide else None,
        span.high if wide else None,
        prior,
    )


def money(name: str, span: Span, currency: str, *slots: str, prior: bool = False) -> Fact:
    """A fact in money a month."""
    wide = span.low != span.high
    low, high = (span.low, span.high) if wide else (None, None)
    return Fact(name, Money(span.mid, currency), "money", slots, low, high, prior)


def flag(name: str, value: bool | None, *slots: str) -> Fact | None:
    """A yes or no, absent where it can't be told."""
    return None if value is None else Fact(name, value, "flag", slots)


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
    """churn_computed, else churn_believed, %."""
    best = f.get("churn_computed") or f.get("churn_believed")
    if best is None:
        return None
    return Fact("churn_rate", best.value, "percent", best.slots, best.low, best.high)


def churn_gap(_: Inputs, f: Facts) -> Fact | None:
    """churn_computed − churn_believed, percentage points (A10)."""
    computed, believed = f.get("churn_computed"), f.get("churn_believed")
    if computed is None or believed is None:
        return None
    gap = Span.of(computed) - Span.of(believed)
    return number("churn_gap", gap, "points", *computed.slots, *believed.slots)


def customers_lost(i: Inputs, _: Facts) -> Fact | None:
    """before − now, customers; 0 when they grew (A9)."""
    before, now = i.span("customers_before"), i.span("customers_now")
    if before is None or now is None:
        return None
    lost = (before - now).clamp(0)
    return number("customers_lost", lost, "count", "customers_before", "customers_now")


def customers_grew(i: Inputs, _: Facts) -> Fact | None:
    """Whether there are more customers now than before."""
    before, now = i.span("customers_before"), i.span("customers_now")
    grew = None if before is None or now is None else now.mid > before.mid
    return flag("customers_grew", grew, "customers_before", "customers_now")


def revenue_grew(i: Inputs, _: Facts) -> Fact | None:
    """Whether there is more revenue now than before."""
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
    """before − now, money a month, when positive."""
    before, now = i.span("revenue_before"), i.span("revenue_now")
    currency = i.currency("revenue_before", "revenue_now")
    if before is None or now is None or currency is None or before.mid <= now.mid:
        return None
    lost = (before - now).clamp(0)
    return money("revenue_lost", lost, currency, "revenue_before", "revenue_now")


def revenue_per_customer(i: Inputs, _: Facts) -> Fact | None:
    """revenue_before / customers_before, money a month."""
    revenue, customers = i.span("revenue_before"), i.span("customers_before")
    currency = i.currency("revenue_before")
    if revenue is None or customers is None or currency is None or customers.low <= 0:
        return None
    each = revenue / customers
    return money("revenue_per_customer", each, currency, "revenue_before", "customers_before")


def winback_customers(_: Inputs, f: Facts) -> Fact | None:
    """customers_lost × the cautious prior, customers (A13, E5: a prior until the owner's pilot)."""
    lost = f.get("customers_lost")
    if lost is None or not Span.of(lost).mid:
        return None
    prior = Span.between(parameter("winback_low") / 100, parameter("winback_high") / 100)
    return number("winback_customers", Span.of(lost) * prior, "count", *lost.slots, prior=True)


def winback_revenue(_: Inputs, f: Facts) -> Fact | None:
    """winback_customers × revenue_per_customer, money a month (A13)."""
    customers, each = f.get("winback_customers"), f.get("revenue_per_customer")
    if customers is None or each is None or not isinstance(each.value, Money):
        return None
    slots = tuple(dict.fromkeys((*customers.slots, *each.slots)))
    total = Span.of(customers) * Span.of(each)
    return money("winback_revenue", total, each.value.currency, *slots, prior=True)


def discount_breakeven(i: Inputs, _: Facts) -> Fact | None:
    """u = d / (CM − d) × 100, % more volume; absent when CM ≤ d (A33, E4)."""
    margin, discount = i.span("gross_margin"), parameter("discount_example")
    if margin is None or margin.low <= discount:
        return None
    rise = Span.exact(discount) / (margin - Span.exact(discount)) * 100
    return number("discount_breakeven", rise, "percent", "gross_margin")


def discount_never_pays(i: Inputs, _: Facts) -> Fact | None:
    """Whether a discount of the usual size eats the whole margin: CM ≤ d (E4)."""
    margin = i.span("gross_margin")
    never = None if margin is None else margin.mid <= parameter("discount_example")
    return flag("discount_never_pays", never, "gross_margin")


def price_rise_tolerance(i: Inputs, _: Facts) -> Fact | None:
    """l = p / (CM + p) × 100, % of volume that may be lost (E4)."""
    margin, rise = i.span("gross_margin"), Span.exact(parameter("price_rise_example"))
    if margin is None or margin.low + rise.mid <= 0:
        return None
    return number("price_rise_tolerance", rise / (margin + rise) * 100, "percent", "gross_margin")


def mail_breakeven(i: Inputs, _: Facts) -> Fact | None:
    """piece cost / (average sale × margin) × 100, % of letters that must bring a sale (A24, E3).

    Costs are in shekels, so it needs an average sale in shekels.
    """
    sale, margin = i.span("average_sale"), i.span("gross_margin")
    if sale is None or margin is None or i.currency("average_sale") != "ILS":
        return None
    gain = sale * margin * 0.01
    if gain.low <= 0:
        return None
    needed = Span.exact(parameter("mail_piece_cost")) / gain * 100
    return number("mail_breakeven", needed, "percent", "average_sale", "gross_margin")


def mail_pays(_: Inputs, f: Facts) -> Fact | None:
    """Whether mail_breakeven is at most the cautious prior for response (A24 against B7)."""
    needed = f.get("mail_breakeven")
    pays = None if needed is None else Span.of(needed).mid <= parameter("mail_response_prior")
    return flag("mail_pays", pays, *(needed.slots if needed else ()))


def runway_days(i: Inputs, _: Facts) -> Fact | None:
    """cash_runway, days (E8)."""
    span = i.span("cash_runway")
    return None if span is None else number("runway_days", span, "duration", "cash_runway")


def cash_danger(_: Inputs, f: Facts) -> Fact | None:
    """Whether the cash lasts less than two months (E8; our convention)."""
    runway = f.get("runway_days")
    danger = None if runway is None else Span.of(runway).mid < parameter("cash_danger_days")
    return flag("cash_danger", danger, "cash_runway")


def stock_gap(i: Inputs, _: Facts) -> Fact | None:
    """supplier_delay − stock_cover, days without stock, when positive (A39)."""
    delay, cover = i.span("supplier_delay"), i.span("stock_cover")
    if delay is None or cover is None or delay.mid <= cover.mid:
        return None
    gap = (delay - cover).clamp(0)
    return number("stock_gap", gap, "duration", "supplier_delay", "stock_cover")


def supplier_risk(i: Inputs, f: Facts) -> Fact | None:
    """0-100: share of the top supplier, then what softens or sharpens it (A39, E9).

    The share itself up to 60 points; no second source 25; late deliveries that outlast the stock
    15. Bands are a convention: share alone is not enough (E9).
    """
    share = i.span("top_supplier_share")
    if share is None:
        return None
    points = share.mid * 0.6
    if i.value("backup_supplier") is False:
        points += 25
    if "stock_gap" in f:
        points += 15
    slots = [s for s in ("top_supplier_share", "backup_supplier") if i.known(s)]
    return number("supplier_risk", Span.exact(min(100, points)), "count", *slots)


def undelivered_emails(i: Inputs, _: Facts) -> Fact | None:
    """email_list × one in six, messages that may not reach the inbox (A19, E1)."""
    size = i.span("email_list")
    if size is None or not size.mid:
        return None
    missing = size * (parameter("undelivered_share") / 100)
    return number("undelivered_emails", missing, "count", "email_list", prior=True)


def may_phone(i: Inputs, _: Facts) -> Fact | None:
    """Phone numbers are held; a human call needs no consent but a registry check (A17, E11)."""
    return flag("may_phone", i.has("contact_channels", "phone"), "contact_channels")


def may_mail(i: Inputs, _: Facts) -> Fact | None:
    """Addresses are held; letters are outside the message law (A23, E10)."""
    return flag("may_mail", i.has("contact_channels", "address"), "contact_channels")


def may_email(i: Inputs, _: Facts) -> Fact | None:
    """E-mails are held and customers agreed (A18, E10)."""
    return consented(i, "may_email", "email")


def may_message(i: Inputs, _: Facts) -> Fact | None:
    """Phone numbers are held and customers agreed to messages (A17, E10)."""
    return consented(i, "may_message", "phone")


def consented(i: Inputs, name: str, channel: str) -> Fact | None:
    """A channel that needs prior consent; unknown consent is no consent."""
    held = i.has("contact_channels", channel)
    agreed = i.value("marketing_consent") in ("yes", "partly")
    slots = [s for s in ("contact_channels", "marketing_consent") if i.known(s)]
    return flag(name, None if held is None else held and agreed, *slots)


def reachable(_: Inputs, f: Facts) -> Fact | None:
    """Whether any lawful channel to customers is there."""
    ways = [f[n] for n in ("may_phone", "may_email", "may_message", "may_mail") if n in f]
    slots = tuple(dict.fromkeys(slot for way in ways for slot in way.slots))
    return flag("reachable", any(way.value for way in ways) if ways else None, *slots)


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
    """Whether there is no money for the recovery."""
    budget = i.span("monthly_budget")
    return flag("budget_zero", None if budget is None else budget.mid == 0, "monthly_budget")


def solo(i: Inputs, _: Facts) -> Fact | None:
    """Whether the owner works alone."""
    people = i.span("employees")
    return flag("solo", None if people is None else people.mid <= 1, "employees")


def has_team(i: Inputs, _: Facts) -> Fact | None:
    """Whether others work in the business."""
    people = i.span("employees")
    return flag("has_team", None if people is None else people.mid >= 2, "employees")


def b2b(i: Inputs, _: Facts) -> Fact | None:
    """Whether businesses are among the customers (A28)."""
    kind = i.value("customer_type")
    return flag("b2b", None if kind is None else kind != "consumers", "customer_type")


def b2c(i: Inputs, _: Facts) -> Fact | None:
    """Whether consumers are among the customers (A28)."""
    kind = i.value("customer_type")
    return flag("b2c", None if kind is None else kind != "businesses", "customer_type")


def healthy(i: Inputs, f: Facts) -> Fact | None:
    """Whether status is normal, and churn and the fall in revenue, where known, are under 10 %."""
    status = i.value("status")
    if status is None:
        return None
    drops = [f[name] for name in ("churn_rate", "revenue_drop") if name in f]
    sound = status == "normal" and all(Span.of(fact).mid < 10 for fact in drops)
    slots = tuple(dict.fromkeys(["status", *(s for fact in drops for s in fact.slots)]))
    return flag("healthy", sound, *slots)


RULES: tuple[Rule, ...] = (
    churn_believed,
    churn_computed,
    churn_rate,
    churn_gap,
    customers_lost,
    customers_grew,
    revenue_grew,
    revenue_drop,
    revenue_lost,
    revenue_per_customer,
    winback_customers,
    winback_revenue,
    discount_breakeven,
    discount_never_pays,
    price_rise_tolerance,
    mail_breakeven,
    mail_pays,
    runway_days,
    cash_danger,
    stock_gap,
    supplier_risk,
    undelivered_emails,
    may_phone,
    may_mail,
    may_email,
    may_message,
    reachable,
    plan_hours,
    plan_budget,
    budget_zero,
    solo,
    has_team,
    b2b,
    b2c,
    healthy,
)
"""In order: a rule may use the facts of those before it."""

NAMES = frozenset(rule.__name__ for rule in RULES)

COUNTS = ("customers_before", "customers_now")
REVENUES = ("revenue_before", "revenue_now")
CONSENTED = ("contact_channels", "marketing_consent")
NEEDS: dict[str, tuple[str, ...]] = {
    "churn_believed": ("churn_share",),
    "churn_computed": COUNTS,
    "churn_rate": (*COUNTS, "churn_share"),
    "churn_gap": (*COUNTS, "churn_share"),
    "customers_lost": COUNTS,
    "customers_grew": COUNTS,
    "revenue_grew": REVENUES,
    "revenue_drop": REVENUES,
    "revenue_lost": REVENUES,
    "revenue_per_customer": ("revenue_before", "customers_before"),
    "winback_customers": COUNTS,
    "winback_revenue": (*COUNTS, "revenue_before"),
    "discount_breakeven": ("gross_margin",),
    "discount_never_pays": ("gross_margin",),
    "price_rise_tolerance": ("gross_margin",),
    "mail_breakeven": ("average_sale", "gross_margin"),
    "mail_pays": ("average_sale", "gross_margin"),
    "runway_days": ("cash_runway",),
    "cash_danger": ("cash_runway",),
    "stock_gap": ("supplier_delay", "stock_cover"),
    "supplier_risk": ("top_supplier_share", "backup_supplier", "supplier_delay", "stock_cover"),
    "undelivered_emails": ("email_list",),
    "may_phone": ("contact_channels",),
    "may_mail": ("contact_channels",),
    "may_email": CONSENTED,
    "may_message": CONSENTED,
    "reachable": CONSENTED,
    "plan_hours": ("hours_per_week",),
    "plan_budget": ("monthly_budget",),
    "budget_zero": ("monthly_budget",),
    "solo": ("employees",),
    "has_team": ("employees",),
    "b2b": ("customer_type",),
    "b2c": ("customer_type",),
    "healthy": ("status", *COUNTS, "churn_share", *REVENUES),
}
"""The answers that each fact can rest on; a test holds it against what the rules read."""


def derive(answers: Answers) -> dict[str, Fact]:
    """Every fact that the answers allow."""
    inputs, facts = Inputs(answers), dict[str, Fact]()
    for rule in RULES:
        fact = rule(inputs, facts)
        if fact is not None:
            facts[fact.name] = fact
    return facts


def known_values(answers: Answers) -> dict[str, Value]:
    """Values of known answers and facts by name: what conditions look at."""
    values: dict[str, Value] = {
        name: answer.value
        for name, answer in answers.items()
        if answer.known and answer.value is not None
    }
    return values | {fact.name: fact.value for fact in derive(answers).values()}
