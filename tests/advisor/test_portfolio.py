"""A portfolio counts every client once, whatever they are like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advisor.clients import SILENT, STATUSES
from advisor.model import PLAN_AREAS
from advisor.portfolio import Line, gather, spread

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SLOTS = ("business_name", "sector", "status")
lines = st.builds(
    Line,
    standing=st.sampled_from((*STATUSES, SILENT)),
    areas=st.dictionaries(st.sampled_from(PLAN_AREAS), st.integers(0, 100)),
    observed=st.lists(st.sampled_from("abc"), max_size=4),
    actions=st.lists(st.sampled_from("xyz"), max_size=4),
    asking=st.sampled_from((None, *SLOTS)),
    started_at=st.just(START),
    planned_at=st.none() | st.integers(0, 10_000).map(lambda m: START + timedelta(minutes=m)),
)


def band(score: int) -> str:
    return "danger" if score >= 65 else "sound"


@given(st.lists(lines, max_size=30))
def test_every_client_counts_once(clients: list[Line]) -> None:
    found = gather(clients, {}, SLOTS, band)
    assert sum(found.standings.values()) == found.total == len(clients)
    for counts in found.areas.values():
        assert sum(counts.values()) == len(clients)
    for ranked in (found.observed, found.actions):
        counts = [count for _, count in ranked]
        assert counts == sorted(counts, reverse=True)
        assert all(0 < count <= len(clients) for count in counts)
    stopped = [line for line in clients if line.standing == SILENT and line.asking]
    assert sum(question.stopped for question in found.questions) == len(stopped)


def test_questions_stand_in_their_order_with_what_became_of_them() -> None:
    counts = {("sector", "known"): 3, ("sector", "skipped"): 1, ("business_name", "unknown"): 2}
    line = Line(SILENT, {}, (), (), "status", START, None)
    found = gather([line, line], counts, SLOTS, band).questions
    assert [(q.slot, q.asked, q.answered, q.unknown, q.skipped, q.stopped) for q in found] == [
        ("business_name", 2, 0, 2, 0, 0),
        ("sector", 4, 3, 0, 1, 0),
        ("status", 2, 0, 0, 0, 2),
    ]


def test_quartiles_of_the_time_to_a_plan() -> None:
    assert spread([]) is None
    one = spread([2.0])
    assert one is not None
    assert (one.low, one.middle, one.high) == (2.0, 2.0, 2.0)
    five = spread([5.0, 1.0, 3.0, 2.0, 4.0])
    assert five is not None
    assert (five.low, five.middle, five.high) == (2.0, 3.0, 4.0)
