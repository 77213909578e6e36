"""What one more answer could change: trial answers, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from advisor.catalog import Catalog
from advisor.conditions import Known, holds
from advisor.facts import apart_from, known_values, rederive
from advisor.findings import slots_of
from advisor.model import Action, Answer, AnswerState, Kind, Money, Plan, Slot, Value

TRIALS = {Kind.PERCENT: (5, 50, 95), Kind.DURATION: (7, 60, 365), Kind.COUNT: (1, 10, 500)}
SUMS = (1_000, 20_000, 200_000)


def swing(catalog: Catalog, plan: Plan, slot: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actions that some answer to a slot would make fit, and those of the plan that some
    answer would make needless."""
    resting = resting_on(catalog).get(slot, ())
    now = fitting(resting, known_values(plan.answers, plan.facts))
    planned = {action.id for action in plan.actions} & {action.id for action in resting}
    others = apart_from(plan.facts, slot)
    known = known_values({**plan.answers, slot: Answer(slot, AnswerState.UNKNOWN)}, others)
    added, removed = set[str](), set[str]()
    for value in trials(catalog.slots[slot]):
        answers = {**plan.answers, slot: Answer(slot, AnswerState.KNOWN, value)}
        facts = rederive(answers, others, slot)
        changed = {name: fact.value for name, fact in facts.items()}
        then = fitting(resting, {**known, slot: value, **changed})
        added |= then - now
        removed |= planned - then
    return tuple(sorted(added)), tuple(sorted(removed))


def fitting(actions: Iterable[Action], known: Known) -> set[str]:
    """The actions that the answers call for, whether or not there is room for them."""
    return {action.id for action in actions if holds(action.when, known)}


@lru_cache(maxsize=4)
def resting_on(catalog: Catalog) -> Mapping[str, tuple[Action, ...]]:
    """The actions whose condition an answer to each slot can change."""
    found: dict[str, list[Action]] = {}
    for action in catalog.actions.values():
        for slot in sorted(slots_of(action.when)):
            found.setdefault(slot, []).append(action)
    return {slot: tuple(actions) for slot, actions in found.items()}


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
