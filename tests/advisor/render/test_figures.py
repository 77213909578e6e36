"""Every figure in a plan's text equals the computed one, and that what plain sums give."""

import math
import re
from collections.abc import Callable

import pytest
from drawn import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog import load_catalog
from advisor.facts import derive
from advisor.model import Answer, AnswerState, Fact, Money
from advisor.planning import make_plan
from advisor.render.direction import bare
from advisor.render.formats import format_fact
from advisor.render.view import plan_view
from advisor.render.wording import FIELD, Teller, sentences

CATALOG = load_catalog()
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
few = settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

RANGES = {
    "churn_share": (0, 100),
    "customers_before": (40, 5000),
    "customers_now": (1, 5000),
    "revenue_before": (1000, 900_000),
    "revenue_now": (1000, 900_000),
    "contact_fresh": (0, 100),
    "gross_margin": (1, 95),
    "average_sale": (20, 9000),
    "cash_runway": (1, 720),
    "top_supplier_share": (1, 100),
    "supplier_delay": (0, 90),
    "stock_cover": (0, 90),
    "email_list": (1, 20_000),
    "hours_per_week": (1, 40),
    "monthly_budget": (0, 20_000),
}
MONEY = {"revenue_before", "revenue_now", "average_sale", "monthly_budget"}
numbers = st.fixed_dictionaries({slot: st.integers(*ends) for slot, ends in RANGES.items()})
Given = dict[str, int]

ORACLE: dict[str, Callable[[Given], float]] = {
    "churn_computed": lambda a: 100 * max(0, 1 - a["customers_now"] / a["customers_before"]),
    "churn_believed": lambda a: a["churn_share"],
    "customers_lost": lambda a: max(0, a["customers_before"] - a["customers_now"]),
    "revenue_lost": lambda a: a["revenue_before"] - a["revenue_now"],
    "revenue_lost_two_months": lambda a: 2 * (a["revenue_before"] - a["revenue_now"]),
    "revenue_lost_three_months": lambda a: 3 * (a["revenue_before"] - a["revenue_now"]),
    "revenue_per_customer": lambda a: a["revenue_before"] / a["customers_before"],
    "revenue_per_customer_now": lambda a: a["revenue_now"] / a["customers_now"],
    "revenue_lost_to_churn": lambda a: (
        (a["customers_before"] - a["customers_now"]) * a["revenue_before"] / a["customers_before"]
    ),
    "revenue_lost_to_baskets": lambda a: (
        (a["revenue_before"] / a["customers_before"] - a["revenue_now"] / a["customers_now"])
        * a["customers_now"]
    ),
    "revenue_at_stake": lambda a: (
        a["revenue_now"] * (1 - a["customers_now"] / a["customers_before"])
    ),
    "winback_customers": lambda a: (a["customers_before"] - a["customers_now"]) * 0.125,
    "winback_first_group": lambda a: (a["customers_before"] - a["customers_now"]) / 5,
    "winback_revenue": lambda a: (
        (1 - a["customers_now"] / a["customers_before"]) * a["revenue_before"] * 0.125
    ),
    "discount_breakeven": lambda a: 100 * 10 / (a["gross_margin"] - 10),
    "discount_breakeven_small": lambda a: 100 * 5 / (a["gross_margin"] - 5),
    "discount_breakeven_large": lambda a: 100 * 20 / (a["gross_margin"] - 20),
    "discount_cost": lambda a: a["revenue_now"] / 10,
    "price_rise_tolerance": lambda a: 100 * 5 / (a["gross_margin"] + 5),
    "mail_breakeven": lambda a: 100 * 6 / (a["average_sale"] * a["gross_margin"] / 100),
    "mail_pilot_buyers": lambda a: math.ceil(
        600 / (a["average_sale"] * a["gross_margin"] / 100) - 1e-9
    ),
    "runway_days": lambda a: a["cash_runway"],
    "runway_worse_days": lambda a: a["cash_runway"] / 1.25,
    "runway_lower_sales_days": lambda a: (
        a["cash_runway"]
        * (a["revenue_before"] - a["revenue_now"])
        / (a["revenue_before"] - a["revenue_now"] + 0.1 * a["revenue_now"])
    ),
    "supplier_exposure": lambda a: a["revenue_now"] * a["top_supplier_share"] / 100,
    "stock_gap": lambda a: a["supplier_delay"] - a["stock_cover"],
    "stock_gap_loss": lambda a: (
        a["revenue_now"]
        * a["top_supplier_share"]
        / 100
        * (a["supplier_delay"] - a["stock_cover"])
        / 30
    ),
    "undelivered_emails": lambda a: a["email_list"] * 0.167,
    "delivered_emails": lambda a: a["email_list"] * 0.833,
    "plan_hours": lambda a: a["hours_per_week"] * 13,
    "plan_budget": lambda a: a["monthly_budget"] * 3,
}


def answers_of(values: Given) -> dict[str, Answer]:
    return {
        slot: Answer(slot, AnswerState.KNOWN, Money(n, "ILS") if slot in MONEY else n)
        for slot, n in values.items()
    }


def plain(fact: Fact) -> float:
    return fact.value.amount if isinstance(fact.value, Money) else float(fact.value)


def figures(text: str) -> list[float]:
    """Numbers in a text, in order."""
    return [float(n.replace(",", "")) for n in NUMBER.findall(bare(text))]


@given(numbers)
@few
def test_facts_are_plain_sums(values: Given) -> None:
    facts = derive(answers_of(values))
    checked = 0
    for name, sum_of in ORACLE.items():
        if name in facts:
            assert plain(facts[name]) == pytest.approx(sum_of(values), rel=1e-6, abs=1e-6), name
            checked += 1
    assert checked >= 15


@pytest.mark.parametrize("language", ["he", "en"])
@given(values=numbers)
@few
def test_the_money_section_shows_the_computed_numbers(language: str, values: Given) -> None:
    plan = make_plan(CATALOG, answers_of(values))
    shown = 0
    for line in plan_view(CATALOG, plan, language).money:
        fact = plan.facts[line.id]
        if fact.unit in ("flag", "duration"):
            continue
        [number] = figures(line.value)
        rough = fact.prior or fact.low is not None
        divided = fact.unit == "money" and not plain(fact).is_integer()
        slack = (0.05 if rough else 0.005 if divided else 0.0) * abs(plain(fact))
        exact = 0.051 if fact.unit == "percent" and plain(fact) < 10 else 0.51
        assert number == pytest.approx(plain(fact), abs=max(slack, exact)), line.id
        shown += 1
    assert shown >= 8


@pytest.mark.parametrize("language", ["he", "en"])
@given(values=numbers)
@few
def test_no_sum_holds_a_number_from_nowhere(language: str, values: Given) -> None:
    """What stands in a formula is an answer, a fact, a parameter, or a number of the wording."""
    plan = make_plan(CATALOG, answers_of(values))
    teller = Teller(CATALOG, language, plan.answers, plan.facts)
    for line in plan_view(CATALOG, plan, language).money:
        template = teller.words["money"][line.id]["formula"]
        assert set(figures(line.formula)) <= allowed_in(teller, template), line.id


def allowed_in(teller: Teller, template: str) -> set[float]:
    """Numbers that a text may hold: those of the wording and those of its fields."""
    found = set(figures(FIELD.sub("", template)))
    for name in FIELD.findall(template):
        found |= set(figures(teller.known(name) or "")) | set(figures(teller.span(name) or ""))
        if name in teller.facts:  # as a result, not as what others are worked out from
            found |= set(figures(format_fact(CATALOG, teller.language, teller.facts[name])))
    if "{cash_runway}" in template and "runway_days" in teller.facts:
        base = teller.facts["runway_days"]  # told in days where the sum comes to days
        found |= {round(end) for end in (plain(base), base.low, base.high) if end is not None}
    return found


@pytest.mark.parametrize("language", ["he", "en"])
@given(values=numbers, sector=st.sampled_from(CATALOG.slots["sector"].options))
@few
def test_what_is_told_of_a_business_holds_its_own_numbers(
    language: str, values: Given, sector: str
) -> None:
    """Insights, evidence and reasons."""
    told = {
        "sector": sector,
        "customer_type": "both",
        "price_requests": "often",
        "contact_channels": ("email", "phone"),
        "weak_links": ("staff", "stock", "suppliers"),
    }
    answers = answers_of(values)
    answers |= {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in told.items()}
    plan = make_plan(CATALOG, answers)
    view, texts = plan_view(CATALOG, plan, language), CATALOG.texts[language]
    teller = Teller(CATALOG, language, plan.answers, plan.facts)
    for name, text in zip(plan.insights, view.insights, strict=True):
        assert set(figures(text)) <= allowed_in(teller, texts["insights"][name])
    for finding, area in zip(plan.findings, view.areas, strict=True):
        words = texts["findings"][finding.area]
        templates = " ".join([*words["observations"].values(), words["sound"], words["unknown"]])
        assert all(set(figures(o)) <= allowed_in(teller, templates) for o in area.observations)
    for action in plan.actions:
        templates = " ".join(texts["actions"][action.id]["reasons"].values())
        if action.worth:
            name = action.worth.fact
            templates += f" {{{name}}} {texts['plan']['money'][name]['formula']}"
        shown = view.action(action.id).reasons
        assert all(set(figures(reason)) <= allowed_in(teller, templates) for reason in shown)


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_number_has_its_sum_in_words(language: str) -> None:
    """Each numeric fact is a line of the money section, or told in the sum of another, or it is
    said where it matters: in a finding, a reason or an insight."""
    texts = CATALOG.texts[language]
    money = texts["plan"]["money"]
    told = set(money) | {name for row in money.values() for name in FIELD.findall(row["formula"])}
    for kind in ("actions", "findings", "insights"):
        told |= set(FIELD.findall(str(texts[kind])))
    unit = {name: fact.unit for name, fact in derive(answers_of(MANY)).items()}
    numeric = {name for name in unit if unit[name] != "flag"}
    assert {"churn_gap", "supplier_risk", "runway_worse_days"} <= numeric
    assert numeric <= told


MANY = {slot: (low + high) // 2 for slot, (low, high) in RANGES.items()} | {
    "customers_now": 900,
    "revenue_now": 200_000,
    "stock_cover": 5,
}


def test_an_action_shows_what_it_is_worth() -> None:
    plan = make_plan(
        CATALOG,
        answers_of(MANY)
        | {
            "contact_channels": Answer("contact_channels", AnswerState.KNOWN, ("phone",)),
            "sector": Answer("sector", AnswerState.KNOWN, "wholesale"),
        },
    )
    view = plan_view(CATALOG, plan, "en")
    worth = {action.id: action.worth for action in plan.actions if action.worth}
    assert "winback_campaign" in worth
    for name, row in worth.items():
        formula = CATALOG.texts["en"]["plan"]["money"][row.fact]["formula"]
        teller = Teller(CATALOG, "en", plan.answers, plan.facts)
        told = teller.tell(sentences(formula)[0]).rstrip(".")
        assert any(told[1:] in reason for reason in view.action(name).reasons)
