"""Amendments over a plan: order, undoing, and what is to be minded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.amending import amend, amended_plan, concerns, new_concerns
from advisor.amendments import (
    Added,
    Amendment,
    Dropped,
    Moved,
    Resized,
    Reworded,
    Undone,
    Wording,
    standing,
)
from advisor.answers_file import read_answers
from advisor.catalog import Catalog, load_catalog
from advisor.model import WEEKS, Answer, AnswerState, Plan
from advisor.planning import make_plan
from advisor.store.codec import plan_from_json, plan_to_json

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CATALOG = load_catalog()
PLAN = make_plan(CATALOG, read_answers(CATALOG, EXAMPLES / "hotel.yml"))
NAMES = [action.id for action in PLAN.actions]
OURS = Wording(
    "en", "Call Dan", "He knows everybody", ("Find the number", "Call"), "Calls", "Never"
)


def changed(id: str, change: object) -> Amendment:
    return Amendment(id, "Dana", "2026-03-01T12:00:00+00:00", "so", change)  # type: ignore[arg-type]


actions = st.sampled_from([*NAMES, "call_lost_customers", "own_1"])
changes = st.one_of(
    st.builds(Moved, actions, st.just(1), st.integers(1, WEEKS)),
    st.builds(Resized, actions, st.just(1.0), st.floats(0.5, 60)),
    st.builds(Reworded, actions, st.just(OURS)),
    st.builds(Dropped, actions),
    st.builds(
        Added,
        st.just("own_1"),
        st.just("churn"),
        st.integers(1, WEEKS),
        st.integers(1, WEEKS),
        st.floats(0.5, 60),
        st.floats(0, 9000),
        st.just(OURS),
    ),
    st.builds(Undone, st.integers(0, 9).map(str)),
)
lists = st.lists(changes, max_size=10).map(
    lambda rows: [changed(str(n), change) for n, change in enumerate(rows)]
)


@given(lists)
def test_an_amended_plan_is_sound_and_survives_storage(amendments: list[Amendment]) -> None:
    plan = amend(PLAN, amendments)
    assert plan_from_json(plan_to_json(plan)) == plan
    weeks = [action.start_week for action in plan.actions]
    assert weeks == sorted(weeks)
    assert all(1 <= a.start_week <= a.start_week + a.weeks - 1 <= WEEKS for a in plan.actions)
    assert len({action.id for action in plan.actions}) == len(plan.actions)
    assert (plan.answers, plan.facts, plan.findings) == (PLAN.answers, PLAN.facts, PLAN.findings)
    assert set(plan.idle) <= {one.id for one in plan.amendments}


@given(lists)
def test_the_same_amendment_twice_counts_once(amendments: list[Amendment]) -> None:
    assert amend(PLAN, [*amendments, *amendments]) == amend(PLAN, amendments)
    assert amend(PLAN, standing(amendments)) == amend(PLAN, amendments)


@given(lists, changes)
def test_undoing_leaves_nothing_behind_and_can_be_undone(
    amendments: list[Amendment], last: object
) -> None:
    before, one = amend(PLAN, amendments), changed("last", last)
    undone = changed("undo", Undone("last"))
    assert amend(PLAN, [*amendments, one, undone]) == before
    again = changed("again", Undone("undo"))
    assert amend(PLAN, [*amendments, one, undone, again]) == amend(PLAN, [*amendments, one])


@given(st.permutations([Moved(NAMES[0], 1, 9), Resized(NAMES[1], 1, 7), Dropped(NAMES[2])]))
def test_the_order_of_changes_to_different_actions_matters_not(rows: list[object]) -> None:
    plan = amend(PLAN, [changed(str(n), row) for n, row in enumerate(rows)])
    first = amend(PLAN, [changed(str(n), row) for n, row in enumerate(sorted(rows, key=repr))])
    assert plan.actions == first.actions


def test_the_last_word_on_an_action_counts() -> None:
    plan = amend(PLAN, [changed("a", Moved(NAMES[0], 1, 5)), changed("b", Moved(NAMES[0], 5, 8))])
    assert next(a for a in plan.actions if a.id == NAMES[0]).start_week == 8


def test_a_plan_made_anew_keeps_what_fits_and_names_what_does_not() -> None:
    new, answers = gone_with_an_answer()
    amendments = [
        changed("gone", Moved(new, 1, 9)),
        changed("there", Added("own_1", "churn", 2, 1, 3, 0, OURS)),
    ]
    plan = amended_plan(CATALOG, answers, amendments)
    assert plan.idle == ("gone",)
    assert any(action.id == "own_1" for action in plan.actions)
    back = amended_plan(CATALOG, PLAN.answers, amendments)
    assert back.idle == ()
    assert next(a for a in back.actions if a.id == new).start_week == 9


def gone_with_an_answer() -> tuple[str, dict[str, Answer]]:
    """An action that leaves the plan where one answer is unknown, and the answers without it."""
    for slot in PLAN.answers:
        answers = {**PLAN.answers, slot: Answer(slot, AnswerState.UNKNOWN)}
        left = {action.id for action in make_plan(CATALOG, answers).actions}
        gone = [name for name in NAMES if name not in left]
        if gone:
            return gone[0], answers
    raise AssertionError("no answer carries an action")


@pytest.mark.parametrize("name", ["hotel", "wholesaler"])
def test_nothing_is_to_be_minded_about_a_plan_that_nobody_changed(name: str) -> None:
    plan = make_plan(CATALOG, read_answers(CATALOG, EXAMPLES / f"{name}.yml"))
    assert concerns(CATALOG, plan) == ()


def test_too_many_hours_and_too_much_money_are_minded() -> None:
    added = changed("a", Added("own_1", "churn", 3, 1, 500, 1e9, OURS))
    found = new_concerns(CATALOG, PLAN, amend(PLAN, [added]))
    assert {one.kind for one in found} == {"hours", "budget"}
    assert {one.week for one in found} == {3}


def test_what_an_action_needs_must_come_before_it() -> None:
    plan, (after, needed) = chained(CATALOG)
    late = amend(plan, [changed("a", Moved(needed, 1, WEEKS))])
    minded = [(one.action, one.other) for one in new_concerns(CATALOG, plan, late)]
    assert (after, needed) in minded
    without = amend(plan, [changed("a", Dropped(needed))])
    minded = [(one.action, one.other) for one in new_concerns(CATALOG, plan, without)]
    assert (after, needed) in minded


def chained(catalog: Catalog) -> tuple[Plan, tuple[str, str]]:
    """A plan with an action that needs another one."""
    first, last = PLAN.actions[0], PLAN.actions[-1]
    assert first.start_week + first.weeks <= last.start_week
    needing = replace(last, requires=(first.id,))
    plan = replace(PLAN, actions=(*PLAN.actions[:-1], needing))
    assert concerns(catalog, plan) == ()
    return plan, (last.id, first.id)
