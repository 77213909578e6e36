"""Plans: cases that read as sentences, and what holds for any answers."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from drawn import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.answers_file import parse_answers
from advisor.catalog import Catalog, load_catalog, read_yaml
from advisor.conditions import holds
from advisor.facts import known_values
from advisor.findings import slots_of
from advisor.model import WEEKS, Answer, AnswerState, Kind, Money, Plan, Value
from advisor.planning import FRAME, MOST_ACTIONS, make_plan

RULES = Path(__file__).parent / "rules"
CASES = {
    name: case for file in sorted(RULES.glob("*.yml")) for name, case in read_yaml(file).items()
}
CATALOG = load_catalog()


@pytest.mark.parametrize("name", CASES)
def test_rule(name: str, catalog: Catalog) -> None:
    case: dict[str, Any] = CASES[name]
    plan = make_plan(catalog, parse_answers(catalog, json.dumps(case["answers"])))
    found = {action.id: action for action in plan.actions}
    assert set(case.get("must", ())) - set(found) == set()
    assert set(case.get("must_not", ())) & {*found, *plan.later} == set()
    assert set(case.get("only_later", ())) <= set(plan.later)
    assert all(found[action].start_week <= week for action, week in case.get("by", {}).items())
    order = [found[action] for action in case.get("order", ())]
    ends = [(a.start_week + a.weeks - 1, b.start_week) for a, b in pairwise(order)]
    assert all(end < start for end, start in ends)
    assert len(plan.actions) <= case.get("most", MOST_ACTIONS)
    reasons = {action: list(found[action].reasons) for action in case.get("reasons", {})}
    assert reasons == case.get("reasons", {})
    gates = {action: list(found[action].gates) for action in case.get("gates", {})}
    assert gates == case.get("gates", {})
    if "first" in case:
        assert plan.actions[0].id == case["first"]


@st.composite
def answer_sets(draw: st.DrawFn) -> dict[str, Answer]:
    """Any answers, from none to all."""
    chosen = draw(st.sets(st.sampled_from(sorted(CATALOG.slots))))
    return {slot: Answer(slot, AnswerState.KNOWN, draw(values(slot))) for slot in sorted(chosen)}


def values(name: str) -> st.SearchStrategy[Value]:
    slot = CATALOG.slots[name]
    low, high = slot.range or (0, 100)
    numbers = st.integers(int(low), min(int(high), 100_000))
    match slot.kind:
        case Kind.CHOICE:
            return st.sampled_from(slot.options)
        case Kind.CHOICES:
            return st.sets(st.sampled_from(slot.options), min_size=1).map(
                lambda options: tuple(sorted(options))
            )
        case Kind.YESNO:
            return st.booleans()
        case Kind.TEXT:
            return st.just("Noa's")
        case Kind.MONEY:
            return numbers.map(lambda amount: Money(amount, "ILS"))
        case _:
            return numbers


plans = answer_sets().map(lambda answers: make_plan(CATALOG, answers))
anything = settings(
    max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@given(plans)
@anything
def test_the_first_action_is_free_and_done_within_a_day(plan: Plan) -> None:
    first = plan.actions[0]
    assert first.first
    assert first.start_week == 1
    assert first.cost.amount == 0
    assert first.hours <= 8


@given(plans)
@anything
def test_hours_and_prerequisites_are_kept(plan: Plan) -> None:
    answer = plan.answers.get("hours_per_week")
    hours = max(1.0, float(answer.value)) if answer else CATALOG.parameters["default_hours"].value
    used = [0.0] * WEEKS
    placed = {action.id: action for action in plan.actions}
    for action in plan.actions:
        for week in range(action.start_week - 1, action.start_week + action.weeks - 1):
            used[week] += action.hours / action.weeks
        for needed in action.requires:
            assert needed not in plan.later
            if needed in placed:
                end = placed[needed].start_week + placed[needed].weeks - 1
                assert end < action.start_week
    assert all(week <= hours + 1e-6 for week in used)


@given(plans)
@anything
def test_every_reason_is_true_and_rests_on_answers(plan: Plan) -> None:
    known = known_values(plan.answers)
    for action in plan.actions:
        row = CATALOG.actions[action.id]
        assert action.reasons
        assert all(
            holds(reason.when, known) for reason in row.reasons if reason.id in action.reasons
        )
        assert set(action.because) <= set(plan.answers)
        assert action.because or len(plan.answers) <= 3 or "status" not in plan.answers


@given(answer_sets())
@anything
def test_the_same_answers_give_the_same_plan(answers: dict[str, Answer]) -> None:
    backwards = dict(reversed(answers.items()))
    again = make_plan(CATALOG, backwards)
    plan = make_plan(CATALOG, answers)
    assert (plan.actions, plan.findings, plan.insights) == (
        again.actions,
        again.findings,
        again.insights,
    )


@given(answer_sets(), st.integers(0, 100), st.integers(0, 100))
@anything
def test_more_churn_never_looks_better(answers: dict[str, Answer], one: int, two: int) -> None:
    rest = {k: v for k, v in answers.items() if k not in ("customers_before", "customers_now")}

    def severity(share: int) -> int:
        answer = Answer("churn_share", AnswerState.KNOWN, share)
        return make_plan(CATALOG, {**rest, "churn_share": answer}).findings[0].score

    assert severity(min(one, two)) <= severity(max(one, two))


@given(answer_sets(), st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 5000))
@anything
def test_fewer_customers_never_look_better(
    answers: dict[str, Answer], before: int, one: int, two: int
) -> None:
    def severity(now: int) -> int:
        counts = {"customers_before": before, "customers_now": now}
        told = {slot: Answer(slot, AnswerState.KNOWN, count) for slot, count in counts.items()}
        # belief apart: the gap to it is evidence of its own
        rest = {slot: answer for slot, answer in answers.items() if slot != "churn_share"}
        return make_plan(CATALOG, {**rest, **told}).findings[0].score

    assert severity(max(one, two)) <= severity(min(one, two))


@given(answer_sets(), st.integers(0, 1500), st.integers(0, 1500))
@anything
def test_a_smaller_budget_never_adds_cost(answers: dict[str, Answer], one: int, two: int) -> None:
    wanting = {
        "habit_changes": ("delivery", "order_online"),
        "contact_channels": ("address", "phone"),
        "sector": "shop",
        "churn_share": 40,
        "average_sale": Money(3000, "ILS"),
        "gross_margin": 60,
    }
    told = {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in wanting.items()}

    def cost(budget: int) -> float:
        money = Answer("monthly_budget", AnswerState.KNOWN, Money(budget, "ILS"))
        plan = make_plan(CATALOG, {**answers, **told, "monthly_budget": money})
        total = sum(action.cost.amount for action in plan.actions)
        assert total <= 3 * budget
        return total

    assert cost(min(one, two)) <= cost(max(one, two))


@given(plans)
@anything
def test_what_an_action_rests_on_is_what_its_reasons_speak_of(plan: Plan) -> None:
    for action in plan.actions:
        reasons = [r for r in CATALOG.actions[action.id].reasons if r.id in action.reasons]
        spoken = {slot for reason in reasons for slot in slots_of(reason.when)}
        known = {slot for slot in action.because if plan.answers[slot].known}
        assert known & spoken or known <= set(FRAME)


@given(plans)
@anything
def test_every_prerequisite_in_the_plan_comes_earlier(plan: Plan) -> None:
    placed = {action.id: action for action in plan.actions}
    for action in plan.actions:
        for needed in set(action.requires) & set(placed):
            end = placed[needed].start_week + placed[needed].weeks - 1
            assert end < action.start_week


def test_there_are_enough_cases() -> None:
    businesses = read_yaml(RULES / "businesses.yml")
    assert len(businesses) >= 13
    assert len(CASES) - len(businesses) >= 64
    files = [read_yaml(file) for file in RULES.glob("*.yml")]
    assert sum(map(len, files)) == len(CASES), "two cases share a name"


def test_every_action_is_in_some_case_and_missing_from_another() -> None:
    must = {a for case in CASES.values() for a in (*case.get("must", ()), *case.get("order", ()))}
    must |= {case["first"] for case in CASES.values() if "first" in case}
    must_not = {action for case in CASES.values() for action in case.get("must_not", ())}
    assert must == set(CATALOG.actions)
    assert set(CATALOG.actions) - must_not == set()
