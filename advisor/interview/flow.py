"""Which question is next, what is left, and what an answer must satisfy."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.catalog import Catalog
from advisor.conditions import holds
from advisor.facts import known_values
from advisor.interview.events import Wording
from advisor.interview.state import Interview
from advisor.model import AREAS, Answer, AnswerState, Kind, Money, Slot

LADDER: tuple[Wording, ...] = ("ask", "again", "brief", "buttons")
TIMES_IN_SAME_WORDS = 2


def next_question(catalog: Catalog, state: Interview) -> str | None:
    """The slot to ask: what a correction left open, then the core path, then the chosen area."""
    known = known_values(state.answers)
    for slot in candidates(catalog, state):
        if slot.id not in state.answers and holds(slot.when, known):
            return slot.id
    return None


def candidates(catalog: Catalog, state: Interview) -> Iterator[Slot]:
    """Slots that may be asked, in order."""
    yield from (catalog.slots[name] for name in state.again)
    if not state.planned:
        yield from catalog.core()
    if state.area is not None:
        yield from catalog.deepening(state.area)


def remaining(catalog: Catalog, state: Interview) -> tuple[int, int]:
    """How many questions of this stretch are answered, and how many there are, as known now."""
    if state.area is not None and state.planned:
        stretch = catalog.deepening(state.area)
    else:
        stretch = catalog.core()
    known = known_values(state.answers)
    asked = [s for s in stretch if s.id in state.answers or holds(s.when, known)]
    done = [s for s in asked if s.id in state.answers]
    return len(done), len(asked)


def open_areas(catalog: Catalog, state: Interview) -> tuple[str, ...]:
    """Areas that still hold questions beyond the core path."""
    known = known_values(state.answers)
    return tuple(
        area
        for area in AREAS
        if any(
            slot.id not in state.answers and holds(slot.when, known)
            for slot in catalog.deepening(area)
        )
    )


def contradiction(catalog: Catalog, state: Interview) -> str | None:
    """The first contradiction in the answers that wasn't asked about yet."""
    known = known_values(state.answers)
    for name, row in catalog.contradictions.items():
        if name not in state.settled and holds(row.when, known):
            return name
    return None


def dependents(catalog: Catalog, state: Interview, changed: str) -> tuple[str, ...]:
    """Answered slots that rest on a changed one, and those that rest on these."""
    found: list[str] = []
    frontier = [changed]
    while frontier:
        name = frontier.pop(0)
        for slot in catalog.slots.values():
            if name in slot.depends_on and slot.id in state.answers and slot.id not in found:
                found.append(slot.id)
                frontier.append(slot.id)
    return tuple(found)


def first_insight(catalog: Catalog, state: Interview) -> str | None:
    """Which first insight is due: belief about churn against the counts."""
    known = known_values(state.answers)
    if state.insights or "churn_computed" not in known:
        return None
    gap = known.get("churn_gap")
    if not isinstance(gap, float):
        return "counts_only"
    if abs(gap) <= catalog.parameters["belief_tolerance"].value:
        return "belief_close"
    return "worse_than_believed" if gap > 0 else "better_than_believed"


def wording(state: Interview, slot: str, preferred: Wording) -> Wording | None:
    """The words to ask in: the preferred ones, unless they went out twice; None when all did."""
    used = state.used.get(slot, {})
    rest = [step for step in LADDER if step != preferred]
    for step in (preferred, *sorted(rest, key=lambda step: used.get(step, 0))):
        if used.get(step, 0) < TIMES_IN_SAME_WORDS:
            return step
    return None


def fault(slot: Slot, answer: Answer) -> tuple[str, float, float] | None:
    """What makes a known answer unbelievable: reason and the bounds that hold, or None."""
    if not answer.known or slot.range is None:
        return None
    value = answer.value.amount if isinstance(answer.value, Money) else answer.value
    assert isinstance(value, int | float)
    low, high = slot.range
    if slot.kind is Kind.PERCENT and value > high:
        return "above_hundred", low, high
    if value < low:
        return "too_low", low, high
    return ("too_high", low, high) if value > high else None


def tidy(slot: Slot, answer: Answer) -> Answer:
    """The answer in its one form: options sorted, those that rule others out alone."""
    if slot.kind is not Kind.CHOICES or not isinstance(answer.value, tuple):
        return answer
    others = [o for o in answer.value if o not in slot.exclusive]
    chosen = others or list(answer.value)[:1]
    return Answer(slot.id, AnswerState.KNOWN, tuple(sorted(set(chosen))), message=answer.message)
