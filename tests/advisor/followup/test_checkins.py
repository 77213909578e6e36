"""What is asked of a plan, week after week, whatever is answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.answers_file import read_answers
from advisor.catalog import load_catalog
from advisor.followup import Checkin, Progress, checkin_due, weeks_since
from advisor.followup.checkins import EVERY, IN_VAIN, MOST, OVER
from advisor.model import WEEKS, Plan
from advisor.planning import make_plan

CATALOG = load_catalog()
ROOT = Path(__file__).parents[3]
PLANS = [
    make_plan(CATALOG, read_answers(CATALOG, path))
    for path in sorted((ROOT / "docs" / "examples").glob("*.yml"))
]
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
plans = st.sampled_from(PLANS)
told = st.sampled_from(["done", "under_way", "not_started", "dropped", None])


def asked(progress: Mapping[str, Progress], due: Checkin, answers: list[str | None]):
    """The progress after a check-in and its answers."""
    after = dict(progress)
    for action, state in zip(due.actions, answers, strict=True):
        before = after.get(action, Progress())
        after[action] = (
            replace(before, week=due.week, unanswered=before.unanswered + 1)
            if state is None
            else Progress(state, MADE, None, due.week)
        )
    return after


@given(plans, st.data())
def test_thirteen_weeks_of_any_answers(plan: Plan, data: st.DataObject) -> None:
    starts = {action.id: action.start_week for action in plan.actions}
    progress: dict[str, Progress] = {}
    weeks: dict[str, list[int]] = {}
    for week in range(1, WEEKS + 1):
        due = checkin_due(plan, progress, week)
        if due is None:
            continue
        assert 1 <= len(due.actions) <= MOST
        assert len(set(due.actions)) == len(due.actions)
        for action in due.actions:
            assert starts[action] <= week, "it has begun"
            assert not progress.get(action, Progress()).over
            weeks.setdefault(action, []).append(week)
        assert due.next is None or starts[due.next] <= week + 1
        answers = data.draw(st.lists(told, min_size=len(due.actions), max_size=len(due.actions)))
        progress = asked(progress, due, answers)
    for action, when in weeks.items():
        assert all(later - earlier >= EVERY for earlier, later in pairwise(when))
        assert progress[action].unanswered <= IN_VAIN


@given(plans)
def test_whoever_never_answers_is_left_alone(plan: Plan) -> None:
    progress: dict[str, Progress] = {}
    count = 0
    for week in range(1, WEEKS + 1):
        due = checkin_due(plan, progress, week)
        if due is not None:
            count += len(due.actions)
            progress = asked(progress, due, [None] * len(due.actions))
    assert count <= IN_VAIN * len(plan.actions)


@given(plans, st.integers(1, WEEKS))
def test_what_is_over_is_asked_about_no_more(plan: Plan, week: int) -> None:
    progress = {action.id: Progress("done", MADE, 5, 1) for action in plan.actions}
    assert checkin_due(plan, progress, week) is None


@pytest.mark.parametrize("week", [0, WEEKS + 1])
def test_nothing_is_asked_outside_the_plan(week: int) -> None:
    assert checkin_due(PLANS[0], {}, week) is None


def test_the_first_week_asks_about_what_began_and_names_the_next_step() -> None:
    for plan in PLANS:
        due = checkin_due(plan, {}, 1)
        assert due is not None
        first = [action.id for action in plan.actions if action.start_week == 1]
        assert due.actions == tuple(first[:MOST])
        beginning = [action.id for action in plan.actions if action.start_week == 2]
        assert due.next == (beginning or first)[0]
        assert not {due.next} & OVER


@given(st.integers(-5, 200))
def test_weeks_are_counted_whole(days: int) -> None:
    assert weeks_since(MADE, MADE + timedelta(days=days)) == max(0, days // 7)
