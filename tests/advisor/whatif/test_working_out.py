"""Suppositions worked out from stored answers: published formulas, intervals, what lacks."""

from __future__ import annotations

import pytest
from answered import SHOP, answers, shekels
from hypothesis import given
from hypothesis import strategies as st

from advisor.facts import derive, parameter
from advisor.model import Answer, Fact, Money
from advisor.spans import Span
from advisor.whatif import EXAMPLES, Supposition, Worked, work_out

E4_DISCOUNTS = [
    (30, 10, 50),
    (40, 5, 14.29),
    (40, 10, 33.33),
    (40, 20, 100),
    (50, 10, 25),
    (60, 25, 71.43),
]
"""Margin, discount, rise in volume that it needs, all in % (E4)."""


def facts(worked: Worked) -> dict[str, Fact]:
    return {fact.name: fact for fact in worked.facts}


def amount(worked: Worked, name: str) -> float:
    value = facts(worked)[name].value
    return value.amount if isinstance(value, Money) else float(value)


def share(percent: float) -> Span:
    return Span.exact(percent)


@pytest.mark.parametrize(("margin", "off", "rise"), E4_DISCOUNTS)
def test_a_discount_needs_what_the_literature_says(margin: int, off: int, rise: float) -> None:
    worked = work_out(Supposition("discount", share=share(off)), answers(gross_margin=margin))
    assert amount(worked, "whatif_rise") == pytest.approx(rise, abs=0.01)
    assert "discount_needed" in worked.lines


@pytest.mark.parametrize(("margin", "off"), [(20, 20), (20, 30), (0, 1)])
def test_a_discount_of_the_whole_margin_never_pays(margin: int, off: int) -> None:
    worked = work_out(Supposition("discount", share=share(off)), answers(gross_margin=margin))
    assert "discount_never" in worked.lines
    assert "whatif_rise" not in facts(worked)


def test_a_discount_that_leaves_next_to_nothing_is_told_in_times() -> None:
    """33.333333 of 35 % is 1999.99958 % more, which nobody can picture, nor add up from what is
    printed of it."""
    worked = work_out(Supposition("discount", share=share(33.333333)), SHOP)
    assert worked.lines == ("sum_of_sale", "discount_many_times", "discount_instead")
    assert amount(worked, "whatif_times") == 20
    assert "whatif_rise" not in facts(worked)


@pytest.mark.parametrize(
    ("kind", "size", "line"),
    [
        *((kind, 0, "zero_price") for kind in ("discount", "price_rise")),
        *((kind, 0, "zero_customers") for kind in ("back", "gone")),
        ("costs", 0, "zero_costs"),
        ("discount", 150, "discount_too_much"),
        ("price_rise", 901, "rise_too_much"),
        ("costs", 100, "costs_all"),
        ("costs", 101, "costs_too_much"),
    ],
)
def test_what_can_not_be_is_said_without_any_number(kind: str, size: int, line: str) -> None:
    worked = work_out(Supposition(kind, share=share(size)), {})  # type: ignore[arg-type]
    assert worked.lines[0] == line
    assert not worked.missing


def test_no_letters_and_no_money_change_nothing() -> None:
    for supposed, line in (
        (Supposition("mailing", count=Span.exact(0)), "zero_letters"),
        (Supposition("back", count=Span.exact(0)), "zero_customers"),
        (Supposition("costs", money=shekels(0)), "zero_costs"),
        (Supposition("discount", money=shekels(0)), "zero_price"),
    ):
        assert work_out(supposed, {}).lines == (line,)


def test_letters_that_cost_nothing_are_letters_all_the_same() -> None:
    free = Supposition("mailing", count=Span.exact(50), money=shekels(0))
    assert "zero_letters" not in work_out(free, SHOP).lines


def test_a_range_of_margins_makes_an_interval() -> None:
    worked = work_out(
        Supposition("discount", share=share(10)), answers(gross_margin=(30.0, 35.0, 40.0))
    )
    rise = facts(worked)["whatif_rise"]
    assert rise.low == pytest.approx(33.33, abs=0.01)
    assert rise.value == pytest.approx(40)
    assert rise.high == pytest.approx(50)
    assert "discount_sum_middle" in worked.lines


def test_a_range_that_reaches_the_margin_says_so() -> None:
    worked = work_out(
        Supposition("discount", share=share(20)), answers(gross_margin=(15.0, 30.0, 45.0))
    )
    assert worked.lines[-2:] == ("discount_middle", "discount_edge")


def test_a_discount_as_a_sum_is_one_of_the_average_sale() -> None:
    worked = work_out(Supposition("discount", money=shekels(20)), SHOP)
    assert amount(worked, "whatif_part") == 20
    assert amount(worked, "whatif_rise") == pytest.approx(133.33, abs=0.01)


def test_sales_a_month_follow_from_revenue_and_the_average_sale() -> None:
    worked = work_out(Supposition("discount", share=share(15)), SHOP)
    assert amount(worked, "whatif_sales") == 400
    assert amount(worked, "whatif_sales_needed") == 700


def test_a_price_rise_bears_what_the_literature_says() -> None:
    worked = work_out(Supposition("price_rise", share=share(10)), answers(gross_margin=42))
    assert amount(worked, "whatif_loss") == pytest.approx(19.23, abs=0.01)


def test_usual_sizes_agree_with_the_facts_of_the_plan() -> None:
    derived = derive(SHOP)
    off = Supposition("discount", share=share(parameter("discount_example")))
    more = Supposition("price_rise", share=share(parameter("price_rise_example")))
    for supposed, own, of_the_plan in (
        (off, "whatif_rise", "discount_breakeven"),
        (more, "whatif_loss", "price_rise_tolerance"),
        (Supposition("mailing"), "whatif_share", "mail_breakeven"),
    ):
        assert amount(work_out(supposed, SHOP), own) == pytest.approx(
            float(derived[of_the_plan].value)  # type: ignore[arg-type]
        )


def test_a_mailing_must_bring_its_cost_back() -> None:
    worked = work_out(Supposition("mailing", count=Span.exact(500), money=shekels(4)), SHOP)
    assert amount(worked, "whatif_cost") == 2000
    assert amount(worked, "whatif_gain") == 35
    assert amount(worked, "whatif_sales_needed") == 58  # 57.1, and half a sale covers nothing
    assert worked.lines[-1] == "mailing_unlikely"


def test_a_dear_sale_pays_for_letters() -> None:
    dear = {**SHOP, **answers(average_sale=shekels(5000))}
    assert work_out(Supposition("mailing"), dear).lines[-1] == "mailing_likely"


def test_letters_for_sales_in_another_currency_need_their_cost() -> None:
    abroad = {**SHOP, **answers(average_sale=Money(50, "USD"))}
    assert work_out(Supposition("mailing"), abroad).lines == ("mailing_say_cost",)
    priced = Supposition("mailing", count=Span.exact(10), money=Money(2, "USD"))
    assert "mailing_needed" in work_out(priced, abroad).lines
    assert work_out(
        Supposition("mailing", count=Span.exact(10), money=shekels(2)), abroad
    ).lines == ("other_currency",)


def test_a_cut_of_costs_lengthens_the_runway() -> None:
    worked = work_out(Supposition("costs", share=share(20)), SHOP)
    assert amount(worked, "whatif_runway") == 75  # 60 / (1 - 0.2)


def test_a_small_cut_is_told_to_the_day() -> None:
    """It never reads as if nothing were gained."""
    worked = work_out(Supposition("costs", share=share(5)), SHOP)
    assert amount(worked, "whatif_runway") == 63  # 60 / 0.95, where half months would say 60


def test_a_sum_off_the_costs_is_set_against_what_burns() -> None:
    worked = work_out(Supposition("costs", money=shekels(5000)), SHOP)
    assert amount(worked, "whatif_burn") == 14_000  # 35 % of the 40,000 that are missing
    assert amount(worked, "whatif_runway") == 90  # 60 x 14 / 9 = 93, told in half months


def test_a_sum_above_what_burns_stops_it() -> None:
    assert work_out(Supposition("costs", money=shekels(14_000)), SHOP).lines == (
        "costs_burn",
        "costs_stopped",
    )


def test_cash_that_would_last_for_years_is_not_told_in_years() -> None:
    worked = work_out(Supposition("costs", money=shekels(13_990)), SHOP)
    assert worked.lines == ("costs_burn", "costs_nearly_stopped")


def test_free_is_a_discount_of_the_whole_price() -> None:
    assert work_out(Supposition("discount", share=share(100)), SHOP).lines[0] == "discount_free"


def test_a_discount_that_four_times_the_sales_would_pay_for_can_not_pay() -> None:
    worked = work_out(Supposition("discount", share=share(10)), answers(gross_margin=11))
    assert "discount_many_times" in worked.lines
    assert amount(worked, "whatif_times") == 10  # ten times and more, as 10 / (11 - 10) says


def test_a_sum_above_the_average_sale_is_more_than_the_price() -> None:
    worked = work_out(Supposition("discount", money=shekels(150)), SHOP)
    assert worked.lines[0] == "discount_too_much"


def test_a_rise_of_all_costs_shortens_the_runway() -> None:
    worked = work_out(Supposition("costs_rise", share=share(20)), SHOP)
    assert amount(worked, "whatif_runway") == 50  # 60 / 1.2


def test_a_cost_that_is_added_takes_sales_to_cover() -> None:
    worked = work_out(Supposition("costs_rise", money=shekels(7000)), SHOP)
    assert amount(worked, "whatif_to_sell") == 20_000  # 7,000 / 0.35
    assert amount(worked, "whatif_sales_share") == 50  # of 40,000
    assert amount(worked, "whatif_runway") == 40  # 60 x 14 / (14 + 7)


def test_sales_that_fall_shorten_the_runway() -> None:
    worked = work_out(Supposition("sales_fall", share=share(20)), SHOP)
    assert amount(worked, "whatif_revenue") == 8000
    assert amount(worked, "whatif_profit") == 2800
    assert amount(worked, "whatif_runway") == 50  # 60 x 40 / (40 + 8)


def test_sales_that_rise_lengthen_it() -> None:
    worked = work_out(Supposition("sales_rise", share=share(25)), SHOP)
    assert amount(worked, "whatif_revenue") == 10_000
    assert amount(worked, "whatif_runway") == 75  # 60 x 40 / (40 - 10) = 80, in half months
    assert "sales_stopped" in work_out(Supposition("sales_rise", share=share(100)), SHOP).lines


def test_a_further_fall_agrees_with_the_scenario_of_the_plan() -> None:
    fall = Supposition("sales_fall", share=share(parameter("worse_sales_fall")))
    planned = derive(SHOP)["runway_lower_sales_days"].value
    assert amount(work_out(fall, SHOP), "whatif_runway") == round(float(planned))  # type: ignore[arg-type]


def test_calls_bring_back_what_the_cautious_prior_says() -> None:
    worked = work_out(Supposition("calls", count=Span.exact(50)), SHOP)
    back = facts(worked)["whatif_customers"]
    assert (back.low, back.high) == (2, 10)  # 5 % and 20 % of 50, whole customers
    assert facts(worked)["whatif_revenue"].high == 10 * 320  # 80,000 / 250 a customer


@given(
    st.sampled_from(["costs_rise", "sales_fall"]),
    st.integers(1, 99),
    st.integers(1, 700),
    st.integers(0, 200_000),
)
def test_worse_never_lasts_longer(kind: str, more: int, days: int, now: int) -> None:
    owner = {**SHOP, **answers(cash_runway=days, revenue_now=shekels(now))}
    worked = work_out(Supposition(kind, share=share(more)), owner)  # type: ignore[arg-type]
    if "whatif_runway" in facts(worked):
        assert amount(worked, "whatif_runway") <= days


def test_a_business_that_did_not_lose_sales_burns_nothing_known() -> None:
    grown = {**SHOP, **answers(revenue_now=shekels(90_000))}
    worked = work_out(Supposition("costs", money=shekels(5000)), grown)
    assert worked.lines[-1] == "costs_no_burn"


def test_the_largest_supplier_puts_its_share_of_sales_at_risk() -> None:
    worked = work_out(Supposition("supplier"), SHOP)
    assert amount(worked, "whatif_at_stake") == 24_000
    assert amount(worked, "whatif_profit") == 8_400
    assert worked.lines[-1] == "supplier_no_backup"


def test_customers_who_come_back_bring_what_each_brought() -> None:
    worked = work_out(Supposition("back", count=Span.exact(20)), SHOP)
    assert amount(worked, "whatif_revenue") == 6_400  # 20 x 80,000 / 250
    assert amount(worked, "whatif_of_lost") == pytest.approx(18.18, abs=0.01)
    assert amount(worked, "whatif_closed") == 16
    assert worked.lines[-1] == "back_cautious"


@pytest.mark.parametrize(
    ("percent", "line"), [(5, "back_cautious"), (20, "back_cautious"), (50, "back_hopeful")]
)
def test_hopes_are_set_beside_the_cautious_prior(percent: int, line: str) -> None:
    assert work_out(Supposition("back", share=share(percent)), SHOP).lines[-1] == line


def test_more_than_left_cannot_come_back() -> None:
    assert work_out(Supposition("back", count=Span.exact(500)), SHOP).lines[-1] == "back_too_many"


def test_customers_who_go_take_what_each_brings_today() -> None:
    worked = work_out(Supposition("gone", count=Span.exact(14)), SHOP)
    assert amount(worked, "whatif_revenue") == 4_000
    assert amount(worked, "whatif_of_now") == 10


LACKING = [
    ("discount", ("gross_margin",)),
    ("price_rise", ("gross_margin",)),
    ("mailing", ("average_sale", "gross_margin")),
    ("costs", ("cash_runway",)),
    ("supplier", ("top_supplier_share",)),
    ("back", ("revenue_before", "customers_before")),
    ("gone", ("revenue_now", "customers_now")),
]


@pytest.mark.parametrize(("kind", "slots"), LACKING)
def test_what_lacks_is_named(kind: str, slots: tuple[str, ...]) -> None:
    worked = work_out(Supposition(kind), {})  # type: ignore[arg-type]
    assert worked.missing == slots
    assert not worked.lines


PERCENTS = st.floats(0, 100).map(lambda x: round(x, 2))
AMOUNTS = st.floats(0, 1e7).map(lambda x: round(x, 2))
SPANS = st.lists(PERCENTS.filter(lambda x: x > 0), min_size=2, max_size=2).map(
    lambda ends: Span.between(min(ends), max(ends))
)
COUNTS = st.lists(st.integers(1, 10**6), min_size=2, max_size=2).map(
    lambda ends: Span.between(min(ends), max(ends))
)
SUMS = st.builds(Money, AMOUNTS.filter(lambda x: x > 0), st.sampled_from(["ILS", "USD"]))
SUPPOSITIONS = st.builds(
    Supposition,
    kind=st.sampled_from([kind for kind, _ in LACKING]),
    share=st.none() | SPANS,
    count=st.none() | COUNTS,
    money=st.none() | SUMS,
)


@st.composite
def owners(draw: st.DrawFn) -> dict[str, Answer]:
    """Any believable numbers, with ends or without, known or not."""
    found = {}
    for slot, kind in (
        *((slot, PERCENTS) for slot in ("gross_margin", "top_supplier_share")),
        *((slot, SUMS) for slot in ("average_sale", "revenue_before", "revenue_now")),
        *((slot, st.integers(0, 10**5)) for slot in ("customers_before", "customers_now")),
        ("cash_runway", st.integers(0, 3650)),
    ):
        value = draw(st.none() | kind)
        if value is None:
            continue
        plain = value.amount if isinstance(value, Money) else value
        low = draw(st.none() | st.just(plain / 2))
        high = None if low is None else min(100, plain * 1.5) if kind is PERCENTS else plain * 1.5
        guess = draw(st.booleans())
        found[slot] = Answer(slot, SHOP[slot].state, value, low, high, guess)
    return found


@given(SUPPOSITIONS, owners())
def test_every_supposition_is_answered_or_lacks_something(
    supposed: Supposition, owner: dict[str, Answer]
) -> None:
    worked = work_out(supposed, owner)
    assert bool(worked.missing) != bool(worked.lines)
    for fact in worked.facts:
        value = fact.value.amount if isinstance(fact.value, Money) else float(fact.value)
        assert value == value  # not a number is no answer
        if fact.low is not None and fact.high is not None:
            assert fact.low <= value <= fact.high


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_can_be_worked_out(name: str) -> None:
    assert work_out(EXAMPLES[name], SHOP).lines
