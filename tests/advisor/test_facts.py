"""Facts: formulas against test vectors, intervals, and what they rest on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from advisor.answers_file import parse_answers
from advisor.catalog import Catalog, read_yaml
from advisor.facts import NAMES, NEEDS, RULES, Rule, apart_from, derive, rederive
from advisor.facts.prices import loss_bearable, volume_for
from advisor.lint.dependencies import needs
from advisor.model import Answer, AnswerState, Fact, Money, Value
from advisor.spans import Span

VECTORS = read_yaml(Path(__file__).parent / "fact_vectors.yml")
E4 = [(20, 10, 100), (30, 10, 50), (40, 5, 14), (40, 10, 33), (40, 20, 100), (50, 10, 25)]
"""Margin, discount and the rise in volume that it needs, as published; all in %."""


def known(**values: Value) -> dict[str, Answer]:
    return {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in values.items()}


@pytest.mark.parametrize(
    ("margin", "extra_sales"),
    [(20, 100), (30, 50), (40, 100 / 3), (50, 25), (60, 20)],
)
def test_a_ten_percent_discount_needs(margin: float, extra_sales: float) -> None:
    facts = derive(known(gross_margin=margin))
    assert facts["discount_breakeven"].value == pytest.approx(extra_sales)
    assert facts["discount_never_pays"].value is False


@pytest.mark.parametrize("margin", [0, 5, 10])
def test_a_discount_that_eats_the_margin_never_pays(margin: float) -> None:
    facts = derive(known(gross_margin=margin))
    assert "discount_breakeven" not in facts
    assert facts["discount_never_pays"].value is True


def test_counts_go_before_belief() -> None:
    facts = derive(known(churn_share=30, customers_before=200, customers_now=80))
    assert facts["churn_computed"].value == pytest.approx(60)
    assert facts["churn_rate"].value == pytest.approx(60)
    assert facts["churn_gap"].value == pytest.approx(30)


def test_growth_is_no_negative_churn() -> None:
    facts = derive(known(customers_before=100, customers_now=130))
    assert facts["churn_computed"].value == 0
    assert facts["customers_lost"].value == 0
    assert facts["customers_grew"].value is True


def test_a_range_stays_a_range() -> None:
    answers = known(customers_before=100)
    answers["customers_now"] = Answer(
        "customers_now", AnswerState.KNOWN, 50, low=40, high=60, approximate=True
    )
    churn = derive(answers)["churn_computed"]
    assert (churn.low, churn.value, churn.high) == pytest.approx((40, 50, 60))


def test_money_of_two_currencies_gives_no_sum() -> None:
    facts = derive(known(revenue_before=Money(100, "ILS"), revenue_now=Money(50, "USD")))
    assert "revenue_lost" not in facts
    assert "revenue_drop" not in facts


def test_nobody_before_gives_no_share() -> None:
    assert "churn_computed" not in derive(known(customers_before=0, customers_now=0))


def test_winback_is_a_labelled_prior() -> None:
    facts = derive(
        known(customers_before=100, customers_now=60, revenue_before=Money(50_000, "ILS"))
    )
    revenue = facts["winback_revenue"]
    assert revenue.prior
    assert revenue.value == Money(40 * 0.125 * 500, "ILS")
    assert (revenue.low, revenue.high) == pytest.approx((40 * 0.05 * 500, 40 * 0.2 * 500))


@pytest.mark.parametrize("lost", [0, 1, 4])
def test_no_share_of_a_single_customer_is_hoped_for(lost: int) -> None:
    """A fifth of four isn't one: 0 who may come back and ₪800 a month contradict each other."""
    answers = known(
        customers_before=100,
        customers_now=100 - lost,
        revenue_before=Money(400_000, "ILS"),
        contact_channels=("phone",),
        contact_fresh=50,
    )
    assert not {name for name in derive(answers) if name.startswith("winback_")}
    assert "winback_revenue" in derive(answers | known(customers_now=95))


@pytest.mark.parametrize(("now", "told"), [(98_000, False), (92_000, False), (90_000, True)])
def test_costs_are_not_told_from_a_slight_fall_in_sales(now: int, told: bool) -> None:
    answers = known(
        cash_runway=240, revenue_before=Money(100_000, "ILS"), revenue_now=Money(now, "ILS")
    )
    assert ("runway_lower_sales_days" in derive(answers)) is told


@pytest.mark.parametrize("sector", ["wholesale", "manufacturing"])
def test_who_makes_or_deals_sells_to_businesses_unless_told_otherwise(sector: str) -> None:
    facts = derive(known(sector=sector))
    assert (facts["b2b"].value, facts["b2c"].value) == (True, False)
    told = derive(known(sector=sector, customer_type="both"))
    assert (told["b2b"].value, told["b2c"].value) == (True, True)
    assert "b2b" not in derive(known(sector="shop"))


def test_unknown_consent_is_no_consent() -> None:
    facts = derive(known(contact_channels=("email", "phone")))
    assert facts["may_email"].value is False
    assert facts["may_phone"].value is True
    assert facts["reachable"].value is True


def test_the_stock_gap_is_what_comes_after_the_stock() -> None:
    assert derive(known(supplier_delay=35, stock_cover=20))["stock_gap"].value == 15
    assert "stock_gap" not in derive(known(supplier_delay=10, stock_cover=20))


def test_what_facts_rest_on_is_told_rightly(catalog: Catalog) -> None:
    slots = catalog.slots.values()
    read = {
        fact: {name for name in names if name in catalog.slots}
        for fact, names in needs(slots).items()
    }
    assert {fact: set(slots) for fact, slots in NEEDS.items()} == read
    assert set(NEEDS) == NAMES


def numbers(fact: Fact) -> list[float]:
    """Its low end, best value and high end."""
    value = fact.value.amount if isinstance(fact.value, Money) else float(fact.value)
    low = value if fact.low is None else fact.low
    return [low, value, value if fact.high is None else fact.high]


@pytest.mark.parametrize("name", VECTORS)
def test_facts_worked_out_by_hand(name: str, catalog: Catalog) -> None:
    vector: dict[str, Any] = VECTORS[name]
    facts = derive(parse_answers(catalog, json.dumps(vector["answers"])))
    for fact, expected in vector["facts"].items():
        if expected is None:
            assert fact not in facts
            continue
        ends = expected if isinstance(expected, list) else [expected] * 3
        assert numbers(facts[fact]) == pytest.approx(ends, rel=1e-3), fact


def test_every_numeric_fact_is_worked_out_by_hand(catalog: Catalog) -> None:
    told = {name for v in VECTORS.values() for name, told in v["facts"].items() if told is not None}
    flags = {
        *("customers_grew", "revenue_grew", "discount_never_pays", "mail_pays", "cash_danger"),
        "discount_hopeless",
        *("may_phone", "may_mail", "may_email", "may_message", "reachable", "budget_zero"),
        *("solo", "has_team", "b2b", "b2c", "healthy"),
    }
    assert told == NAMES - flags


SOURCED = re.compile(r"\([^)]*(?:\b[ABE]\d+|convention)|The same")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_fact_names_its_source(rule: Rule) -> None:
    assert SOURCED.search(" ".join((rule.__doc__ or "").split()))


@pytest.mark.parametrize(("margin", "hopeless"), [(10, None), (11, True), (14, False), (40, False)])
def test_a_discount_that_needs_four_times_the_sales_is_hopeless(
    margin: int, hopeless: bool | None
) -> None:
    found = derive({"gross_margin": Answer("gross_margin", AnswerState.KNOWN, margin)}).get(
        "discount_hopeless"
    )
    assert (found.value if found else None) is hopeless


@pytest.mark.parametrize(("margin", "discount", "rise"), [*E4, (60, 25, 71), (42, -10, -19)])
def test_published_breakevens_of_discounts(margin: float, discount: float, rise: float) -> None:
    """A discount below nothing is a price rise: its volume may fall."""
    needed = volume_for(Span.exact(margin), discount)
    assert needed is not None
    assert needed.mid == pytest.approx(rise, abs=0.5)
    if discount < 0:
        bearable = loss_bearable(Span.exact(margin), -discount)
        assert bearable is not None
        assert bearable.mid == pytest.approx(-rise, abs=0.5)


@pytest.mark.parametrize("discount", [20, 25])
def test_no_volume_pays_a_discount_as_large_as_the_margin(discount: float) -> None:
    assert volume_for(Span.exact(20), discount) is None


def test_a_guess_has_ends_in_sums() -> None:
    answers = known(revenue_before=Money(100_000, "ILS"))
    answers["revenue_now"] = Answer(
        "revenue_now", AnswerState.KNOWN, Money(50_000, "ILS"), approximate=True
    )
    lost = derive(answers)["revenue_lost"]
    assert numbers(lost) == pytest.approx([45_000, 50_000, 55_000])


def test_what_changes_with_one_answer_is_all_that_changes() -> None:
    answers = known(customers_before=100, customers_now=60, cash_runway=50, gross_margin=30)
    others = apart_from(derive(answers), "customers_now")
    assert {"runway_days", "discount_breakeven"} <= set(others)
    changed = {**answers, "customers_now": Answer("customers_now", AnswerState.KNOWN, 90)}
    assert others | rederive(changed, others, "customers_now") == derive(changed)
    unknown = {**answers, "customers_now": Answer("customers_now", AnswerState.UNKNOWN)}
    assert others | rederive(unknown, others, "customers_now") == derive(unknown)
