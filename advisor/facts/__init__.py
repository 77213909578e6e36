"""Named values derived from answers: formula, unit, and an interval where inputs have one.

A fact is there only when what it needs is known; money facts need one currency throughout.
Sources are the rows and evidence ids of docs/sources.md. An interval comes from ranges, guesses
and priors among the inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from advisor.facts import business, cash, customers, prices, reach, revenue, supply
from advisor.facts.inputs import Inputs, Needs, Rule, parameter
from advisor.model import Answers, Fact, Facts, Value

__all__ = [
    "NAMES",
    "NEEDS",
    "RULES",
    "Inputs",
    "Rule",
    "apart_from",
    "derive",
    "known_values",
    "parameter",
    "rederive",
]

AREAS = (reach, customers, revenue, prices, cash, supply, business)

RULES: tuple[Rule, ...] = tuple(rule for area in AREAS for rule in area.RULES)
"""In order: a rule may use the facts of those before it."""

NAMES = frozenset(rule.__name__ for rule in RULES)

NEEDS: Needs = {name: slots for area in AREAS for name, slots in area.NEEDS.items()}
"""The answers that each fact can rest on; a test holds it against what the rules read."""


def derive(answers: Answers) -> dict[str, Fact]:
    """Every fact that the answers allow."""
    inputs, facts = Inputs(answers), dict[str, Fact]()
    for rule in RULES:
        fact = rule(inputs, facts)
        if fact is not None:
            facts[fact.name] = fact
    return facts


def rederive(answers: Answers, others: Facts, slot: str) -> dict[str, Fact]:
    """The facts that can rest on one slot, worked out from the answers and the `others`."""
    inputs, facts, found = Inputs(answers), dict(others), dict[str, Fact]()
    for rule in resting_on(slot):
        fact = rule(inputs, facts)
        if fact is not None:
            facts[fact.name] = found[fact.name] = fact
    return found


def apart_from(facts: Facts, slot: str) -> dict[str, Fact]:
    """The facts that can't rest on a slot."""
    again = {rule.__name__ for rule in resting_on(slot)}
    return {name: fact for name, fact in facts.items() if name not in again}


@cache
def resting_on(slot: str) -> tuple[Rule, ...]:
    """The rules whose facts can change with a slot, in their order."""
    return tuple(rule for rule in RULES if slot in NEEDS[rule.__name__])


def known_values(answers: Answers, facts: Facts | None = None) -> dict[str, Value]:
    """Values of known answers and facts by name: what conditions look at. The facts are derived
    where they aren't given."""
    derived: Mapping[str, Fact] = derive(answers) if facts is None else facts
    values: dict[str, Value] = {
        name: answer.value
        for name, answer in answers.items()
        if answer.known and answer.value is not None
    }
    return values | {fact.name: fact.value for fact in derived.values()}
