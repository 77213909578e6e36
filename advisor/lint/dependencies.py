"""Which answers each fact can depend on, found by watching the rules read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeVar

from advisor.facts import RULES, Inputs, Rule
from advisor.model import Answer, AnswerState, Fact, Facts, Kind, Money, Slot, Value

Item = TypeVar("Item")


class Watched(Mapping[str, Item]):
    """A mapping that remembers what it was asked for."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self.items_held = items
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Item:
        self.asked.add(key)
        return self.items_held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.items_held)

    def __len__(self) -> int:
        return len(self.items_held)


SAMPLE: dict[Kind, Value] = {
    Kind.CHOICE: "",
    Kind.CHOICES: (),
    Kind.YESNO: False,
    Kind.PERCENT: 50,
    Kind.MONEY: Money(1000, "ILS"),
    Kind.COUNT: 10,
    Kind.DURATION: 10,
    Kind.TEXT: "",
}


@cache
def answered(slot: str, value: Value) -> Answer:
    """A plain known answer."""
    return Answer(slot, AnswerState.KNOWN, value)


def reads(rule: Rule, full: Mapping[str, Answer], facts: Facts) -> set[str]:
    """Names of slots and facts that a rule looks at, whether they are there or not."""
    found: set[str] = set()
    for answers, derived in ((full, facts), (full, {}), ({}, {})):
        seen, made = Watched(answers), Watched[Fact](derived)
        rule(Inputs(seen), made)
        found |= seen.asked | made.asked
    return found


def needs(slots: Iterable[Slot]) -> Mapping[str, frozenset[str]]:
    """For each fact: the slots and facts that it depends on, directly or not."""
    full = {slot.id: answered(slot.id, SAMPLE[slot.kind]) for slot in slots}
    facts = {rule.__name__: Fact(rule.__name__, 50, "count", ()) for rule in RULES}
    closed: dict[str, frozenset[str]] = {}
    for rule in RULES:
        direct = reads(rule, full, facts)
        further = (closed.get(name, frozenset()) for name in direct)
        closed[rule.__name__] = frozenset(direct).union(*further)
    return closed


@cache
def rules_for(names: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that give these facts, in their order."""
    return tuple(rule for rule in RULES if rule.__name__ in names)


def derive_some(answers: Mapping[str, Answer], names: frozenset[str]) -> Facts:
    """The named facts only."""
    inputs, facts = Inputs(answers), dict[str, Fact]()
    for rule in rules_for(names):
        fact = rule(inputs, facts)
        if fact is not None:
            facts[fact.name] = fact
    return facts
