"""Facts: formulas against test vectors, intervals, and what they rest on."""

import pytest

from advisor.catalog import Catalog
from advisor.facts import NAMES, NEEDS, derive
from advisor.lint.dependencies import needs
from advisor.model import Answer, AnswerState, Money, Value


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
