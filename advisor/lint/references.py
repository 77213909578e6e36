"""Names that conditions and texts use, and comparisons that can't be meant."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.catalog import Catalog
from advisor.conditions import COMPARISONS, OPERATORS, leaves
from advisor.facts import NAMES
from advisor.lint.fault import Fault
from advisor.lint.search import Search
from advisor.lint.texts import fields, lines
from advisor.model import NUMERIC, Condition, Fact, Kind

ORDER = frozenset({"lt", "lte", "gt", "gte", "eq", "ne"})
FITTING = {
    Kind.CHOICE: frozenset({"eq", "ne", "in"}),
    Kind.YESNO: frozenset({"eq", "ne"}),
    Kind.CHOICES: frozenset({"has"}),
    Kind.TEXT: frozenset[str](),
    **dict.fromkeys(NUMERIC, ORDER),
}
"""Operators for each type of slot, besides `answered`."""

OWN_FIELDS = frozenset(
    {
        "questions",
        "replies",
        "followups",
        "terminal",
        "plan",
        "privacy",
        "sending",
        "whatif",
        "echoes",
        "export",
    }
)
"""Kinds of text whose fields are filled by code with names of its own."""


def check_condition(
    catalog: Catalog, search: Search, where: str, condition: Condition
) -> Iterator[Fault]:
    """Faults of one condition."""
    problem = misshapen(condition)
    if problem:
        yield Fault(where, problem, "see docs/content.md, Conditions")
        return
    for operator, name, expected in leaves(condition):
        if name in catalog.slots:
            yield from check_slot(catalog, where, operator, name, expected)
        elif name in NAMES:
            fact = search.fact(name)
            if operator != "answered" and fact is not None:
                yield from check_fact(where, operator, fact, expected)
        else:
            yield Fault(
                where, f"{name!r} is no slot and no fact", "correct the name or add the fact"
            )


def misshapen(condition: Condition) -> str | None:
    """What is wrong with the form of a condition, if anything."""
    if not isinstance(condition, dict):
        return f"{condition!r} is no condition"
    if len(condition) > 1:
        return f"a condition has one operator, not {sorted(condition)}"
    for operator, operand in condition.items():
        if operator not in OPERATORS:
            return f"unknown operator {operator!r}"
        if operator in ("all", "any"):
            if not isinstance(operand, list) or not operand:
                return f"{operator} takes a list of conditions"
            return next(filter(None, map(misshapen, operand)), None)
        if operator == "not":
            return misshapen(operand)
        if operator in COMPARISONS and not (isinstance(operand, list) and len(operand) == 2):
            return f"{operator} takes a name and a value"
        if operator == "in" and not isinstance(operand[1], list):
            return "in takes a name and a list of values"
    return None


def check_slot(
    catalog: Catalog, where: str, operator: str, name: str, expected: object
) -> Iterator[Fault]:
    """A comparison with an answer."""
    slot = catalog.slots[name]
    if operator == "answered":
        return
    if operator not in FITTING[slot.kind]:
        allowed = ", ".join(sorted({*FITTING[slot.kind], "answered"}))
        yield Fault(where, f"{operator} of {name}, a {slot.kind}", f"use {allowed}")
        return
    if slot.kind in NUMERIC or slot.kind is Kind.YESNO:
        yield from check_type(where, name, expected, slot.kind is Kind.YESNO)
        return
    for option in expected if isinstance(expected, list) else [expected]:
        if option not in slot.options:
            listed = ", ".join(slot.options)
            yield Fault(where, f"{name} has no option {option!r}", f"use one of {listed}")


def check_fact(where: str, operator: str, fact: Fact, expected: object) -> Iterator[Fault]:
    """A comparison with a fact."""
    flag = fact.unit == "flag"
    allowed = FITTING[Kind.YESNO] if flag else ORDER
    if operator not in allowed:
        kind = "a yes or no" if flag else "a number"
        yield Fault(
            where, f"{operator} of {fact.name}, {kind}", f"use {', '.join(sorted(allowed))}"
        )
        return
    yield from check_type(where, fact.name, expected, flag)


def check_type(where: str, name: str, expected: object, flag: bool) -> Iterator[Fault]:
    """A yes or no is compared with true or false, a number with a number."""
    if flag and not isinstance(expected, bool):
        yield Fault(where, f"{name} compared with {expected!r}", "use true or false")
    if not flag and (isinstance(expected, bool) or not isinstance(expected, int | float)):
        yield Fault(where, f"{name} compared with {expected!r}", "use a number")


def check_fields(catalog: Catalog) -> Iterator[Fault]:
    """Fields of texts that no slot, fact or parameter can fill."""
    known = NAMES | set(catalog.slots) | set(catalog.parameters)
    for line in lines(catalog):
        if line.kind in OWN_FIELDS:
            continue
        for name in sorted(fields(line.text) - known):
            yield Fault(
                line.where, f"{{{name}}} can't be filled", "name a slot, a fact or a parameter"
            )
