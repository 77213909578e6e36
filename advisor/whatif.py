"""What one more answer could change: trial answers, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.catalog import Catalog
from advisor.conditions import holds
from advisor.facts import known_values
from advisor.model import Answer, Answers, AnswerState, Kind, Money, Plan, Slot, Value

TRIALS = {Kind.PERCENT: (5, 50, 95), Kind.DURATION: (7, 60, 365), Kind.COUNT: (1, 10, 500)}
SUMS = (1_000, 20_000, 200_000)


def swing(catalog: Catalog, plan: Plan, slot: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actions that some answer to a slot would make fit, and those of the plan that some
    answer would make needless."""
    now = fitting(catalog, plan.answers)
    added, removed = set[str](), set[str]()
    for value in trials(catalog.slots[slot]):
        then = fitting(catalog, {**plan.answers, slot: Answer(slot, AnswerState.KNOWN, value)})
        added |= then - now
        removed |= {action.id for action in plan.actions} - then
    return tuple(sorted(added)), tuple(sorted(removed))


def fitting(catalog: Catalog, answers: Answers) -> set[str]:
    """The actions that the answers call for, whether or not there is room for them."""
    known = known_values(answers)
    return {action.id for action in catalog.actions.values() if holds(action.when, known)}


def trials(slot: Slot) -> Iterator[Value]:
    """A few answers that a slot could get."""
    if slot.kind is Kind.CHOICE:
        yield from slot.options
    elif slot.kind is Kind.CHOICES:
        yield from ((option,) for option in slot.options)
    elif slot.kind is Kind.YESNO:
        yield from (True, False)
    elif slot.kind is Kind.MONEY:
        yield from (Money(amount, "ILS") for amount in SUMS if believable(slot, amount))
    else:
        yield from (n for n in TRIALS.get(slot.kind, ()) if believable(slot, n))


def believable(slot: Slot, amount: float) -> bool:
    """Whether the slot takes the number."""
    return slot.range is None or slot.range[0] <= amount <= slot.range[1]
