"""Answers that make a condition true, found from the values that the condition itself names.

Conditions are taken apart into branches (one way each to be true). For a branch, the slots that
it names take the values that fit it, and the slots behind its facts are tried with as few of
them answered as possible: so a witness says little, and shows best what may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, islice, product
from typing import Any

from advisor.catalog import Catalog
from advisor.conditions import COMPARISONS, Known, evaluate, holds, leaves, only
from advisor.lint.dependencies import answered, derive_some, needs
from advisor.model import NUMERIC, Answer, Condition, Fact, Kind, Money, Slot, Value

Witness = dict[str, Value]
"""Values of the answered slots; the rest is unanswered."""

COMMON_NUMBERS = (0, 1, 12, 100, 1000, 10_000)
"""12 % is also a margin that a usual discount leaves next to nothing of."""
BRANCHES = 200
TRIES = 20_000
"""For a condition that may be dead: seldom used up."""
FEW_TRIES = 500
"""For what is searched in vain most of the time."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A comparison that has to be certainly true, or certainly false."""

    operator: str
    name: str
    expected: Any
    wanted: bool

    @property
    def keeps_open(self) -> bool:
        """Whether it wants a name to stay unknown."""
        return self.operator == "answered" and not self.wanted

    @property
    def condition(self) -> Condition:
        """As content writes it, without the wish."""
        operand = self.name if self.operator == "answered" else [self.name, self.expected]
        return {self.operator: operand}


def branches(condition: Condition, wanted: bool = True) -> Iterator[tuple[Literal, ...]]:
    """Every way in which the condition can come out as wanted."""
    if not condition:
        if wanted:
            yield ()
        return
    operator, operand = only(condition)
    if operator == "not":
        yield from branches(operand, not wanted)
    elif operator in ("all", "any"):
        parts = [branches(part, wanted) for part in operand]
        if (operator == "all") == wanted:
            yield from (tuple(chain(*choice)) for choice in product(*parts))
        else:
            yield from chain(*parts)
    else:
        _, name, expected = next(leaves(condition))
        yield (Literal(operator, name, expected, wanted),)


class Search:
    """Looks for answers within one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.slots = catalog.slots
        self.facts: dict[str, Fact | None] = {}

    @cached_property
    def needs(self) -> Mapping[str, frozenset[str]]:
        """Slots and facts behind each fact."""
        return needs(self.slots.values())

    def fact(self, name: str) -> Fact | None:
        """An example of a fact, or None where no answers give it."""
        if name not in self.facts:
            found = self.witness({"answered": name})
            facts = {} if found is None else derive_some(answers_of(found), self.behind([name]))
            self.facts[name] = facts.get(name)
        return self.facts[name]

    def witness(self, condition: Condition, lacking: str = "") -> Witness | None:
        """The first answers found that make it true, if any; `lacking` is to stay unknown."""
        if lacking:
            condition = {"all": [condition, {"not": {"answered": lacking}}]}
        tries = FEW_TRIES if lacking else TRIES
        return next((witness for witness, _ in self.witnesses(condition, tries)), None)

    def uncovered(self, condition: Condition, others: Sequence[Condition]) -> Witness | None:
        """Answers that make it true and none of the others."""
        for witness, known in self.witnesses(condition, FEW_TRIES, others):
            if not any(holds(other, known) for other in others):
                return witness
        return None

    def witnesses(
        self, condition: Condition, tries: int, others: Sequence[Condition] = ()
    ) -> Iterator[tuple[Witness, Known]]:
        """Answers that make it true, branch by branch, with all that is known from them; values
        that `others` name are tried too."""
        every = (condition, *others)
        constants = Constants(self, every)
        rules = self.behind(name for one in every for _, name, _ in leaves(one))
        # what holds only while something is unknown is refuted by making it known
        asked = {name for one in others for op, name, _ in leaves(one) if op == "answered"}
        derived = Derived(rules, [name for name in self.slots if name in rules])
        for branch in islice(branches(condition), BRANCHES):
            for witness in islice(self.in_branch(branch, constants, asked), tries):
                known = derived.known_of(witness)
                if holds(condition, known):
                    yield witness, known

    def in_branch(
        self, branch: Sequence[Literal], constants: Constants, asked: Set[str]
    ) -> Iterator[Witness]:
        """Answers that fit what a branch says of slots, with some of those behind its facts and
        behind what else is asked for."""
        closed = {lit.name for lit in branch if lit.keeps_open}
        if any(lit.name in closed and not lit.keeps_open for lit in branch):
            return
        named = dict.fromkeys(lit.name for lit in branch if lit.name not in closed)
        direct = {
            name: [v for v in constants.values(self.slots[name]) if fits(branch, name, v)]
            for name in named
            if name in self.slots
        }
        behind = self.behind((*asked, *(lit.name for lit in branch)))
        free = (*(s for s in self.slots if s in asked), *(s for s in self.slots if s in behind))
        options = {
            name: constants.values(self.slots[name])
            for name in free
            if name not in direct and name not in closed
        }
        if all(direct.values()):
            for extra in assignments(options):
                yield from ({**fixed, **extra} for fixed in full(direct))

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """The facts among these names, with all slots and facts that they need."""
        facts = [name for name in names if name in self.needs]
        return frozenset(facts).union(*(self.needs[name] for name in facts))


def fits(branch: Sequence[Literal], name: str, value: Value) -> bool:
    """Whether a value agrees with all that a branch says of its slot."""
    known = {name: value}
    return all(evaluate(lit.condition, known) is lit.wanted for lit in branch if lit.name == name)


def full(options: Mapping[str, Sequence[Value]]) -> Iterator[Witness]:
    """Every choice of a value for each slot."""
    for values in product(*options.values()):
        yield dict(zip(options, values, strict=True))


def assignments(options: Mapping[str, Sequence[Value]]) -> Iterator[Witness]:
    """Every choice of values for some of the slots, the fewest slots first."""
    for size in range(len(options) + 1):
        for chosen in combinations(options, size):
            yield from full({name: options[name] for name in chosen})


def answers_of(witness: Witness) -> dict[str, Answer]:
    """A witness as answers."""
    return {slot: answered(slot, value) for slot, value in witness.items()}


class Derived:
    """Some facts of one witness after the other, worked out anew only where an answer that they
    rest on is another one: most witnesses differ in the rest."""

    def __init__(self, rules: frozenset[str], slots: Sequence[str]) -> None:
        self.rules = rules
        self.slots = slots
        self.made: dict[tuple[Value | None, ...], Witness] = {}

    def known_of(self, witness: Witness) -> Known:
        """What conditions look at: the values, and the facts that were asked for."""
        if not self.rules:
            return witness
        resting_on = tuple(witness.get(slot) for slot in self.slots)
        if resting_on not in self.made:
            facts = derive_some(answers_of(witness), self.rules)
            self.made[resting_on] = {fact.name: fact.value for fact in facts.values()}
        return {**witness, **self.made[resting_on]}


class Constants:
    """Values worth trying, from what conditions compare with."""

    def __init__(self, search: Search, conditions: Iterable[Condition]) -> None:
        self.known: dict[str, list[Value]] = {}
        self.numbers: dict[str, set[float]] = {}
        self.options: dict[str, set[str]] = {}
        for operator, name, expected in chain(*map(leaves, conditions)):
            if operator in COMPARISONS:
                self.note(search, name, expected)

    def note(self, search: Search, name: str, expected: Any) -> None:
        """Remember a constant for its slot, or for the slots behind its fact."""
        if isinstance(expected, str):
            self.options.setdefault(name, set()).add(expected)
        elif isinstance(expected, int | float) and not isinstance(expected, bool):
            # shares of a hundred: what is left matters as much as what is gone
            near = {float(expected + step) for step in (-1, 0, 1)}
            near |= set() if name in search.slots else {100 - value for value in near}
            for slot in [name] if name in search.slots else search.needs.get(name, ()):
                self.numbers.setdefault(slot, set()).update(near)

    def values(self, slot: Slot) -> list[Value]:
        """Values worth trying for a slot."""
        if slot.id not in self.known:
            self.known[slot.id] = self.find(slot)
        return self.known[slot.id]

    def find(self, slot: Slot) -> list[Value]:
        """Values by the type of the slot."""
        if slot.kind in NUMERIC:
            return [Money(n, "ILS") if slot.kind is Kind.MONEY else n for n in self.within(slot)]
        if slot.kind is Kind.YESNO:
            return [True, False]
        if slot.kind is Kind.CHOICES:
            return list(self.sets(slot))
        return list(slot.options) or ["?"]

    def within(self, slot: Slot) -> list[float]:
        """Numbers that the slot's range allows."""
        low, high = slot.range or (0, float("inf"))
        numbers = {*self.numbers.get(slot.id, ()), *COMMON_NUMBERS, low}
        return sorted(n for n in numbers if low <= n <= high)

    def sets(self, slot: Slot) -> Iterator[tuple[str, ...]]:
        """Sets of options that an owner may tick: those named singly, in pairs and all at once."""
        together = [option for option in slot.options if option not in slot.exclusive]
        named = [option for option in together if option in self.options.get(slot.id, ())]
        yield from ((option,) for option in slot.options)
        yield from (tuple(sorted(pair)) for pair in combinations(named, 2))
        if len(named) > 2:
            yield tuple(sorted(named))
        if len(together) > max(2, len(named)):
            yield tuple(sorted(together))
