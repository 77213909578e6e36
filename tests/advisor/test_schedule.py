"""The schedule: hours, budget and prerequisites respected, for any tasks."""

from hypothesis import given
from hypothesis import strategies as st

from advisor.capacity import WEEKS_A_MONTH
from advisor.model import WEEKS
from advisor.schedule import Task, arrange

names = st.integers(0, 7).map(lambda n: f"task{n}")


@st.composite
def task_lists(draw: st.DrawFn) -> list[Task]:
    count = draw(st.integers(1, 8))
    return [
        Task(
            id=f"task{n}",
            hours=draw(st.floats(0.5, 12)),
            weeks=draw(st.integers(1, 6)),
            cost=draw(st.sampled_from([0, 0, 100, 600, 2000])),
            requires=tuple(
                draw(st.sets(st.integers(0, n - 1).map(lambda k: f"task{k}"), max_size=2))
            )
            if n
            else (),
            priority=draw(st.integers(0, 100)),
        )
        for n in range(count)
    ]


@given(task_lists(), st.floats(1, 12), st.sampled_from([0, 200, 1000]), st.integers(1, 8))
def test_every_limit_is_kept(tasks: list[Task], hours: float, budget: float, limit: int) -> None:
    placed, later = arrange(tasks, hours, budget, limit)
    by_id = {task.id: task for task in tasks}
    assert sorted([*placed, *later]) == sorted(by_id)
    assert len(placed) <= limit
    used, spent = [0.0] * WEEKS, [0.0] * WEEKS
    for name, place in placed.items():
        task = by_id[name]
        assert 1 <= place.start <= place.end <= WEEKS
        for needed in task.requires:
            assert needed in placed
            assert placed[needed].end < place.start
        for week in range(place.start - 1, place.end):
            used[week] += task.hours / place.weeks
        spent[place.start - 1] += task.cost
    assert all(week <= hours + 1e-6 for week in used)
    for week in range(WEEKS):
        assert sum(spent[: week + 1]) <= budget * (1 + int(week / WEEKS_A_MONTH)) + 1e-6


@given(task_lists(), st.floats(1, 12))
def test_the_order_in_which_tasks_come_does_not_matter(tasks: list[Task], hours: float) -> None:
    assert arrange(tasks, hours, 500, 8)[0] == arrange(tasks[::-1], hours, 500, 8)[0]


@given(task_lists(), st.floats(1, 12))
def test_a_smaller_budget_never_costs_more(tasks: list[Task], hours: float) -> None:
    def cost(budget: float) -> float:
        placed, _ = arrange(tasks, hours, budget, 8)
        return sum(task.cost for task in tasks if task.id in placed)

    assert cost(100) <= 100 * 3
    assert cost(0) == 0
    assert cost(100) <= cost(200) <= cost(250) <= cost(700) <= cost(5000)
