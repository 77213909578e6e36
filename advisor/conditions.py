"""Conditions as data over a small closed set of operators.

What isn't known is never proof: a comparison with something unanswered is unknown, `not` of
unknown is unknown, and a whole condition that stays unknown is false (Kleene's three values).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from advisor.errors import ContentError
from advisor.model import Condition, Money, Value

Known = Mapping[str, Value]
"""Values by name of slot or fact; a missing name is unknown."""

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "in": lambda left, right: left in right,
    "has": lambda left, right: right in left,
}
OPERATORS = frozenset(COMPARISONS) | {"all", "any", "not", "answered"}


def holds(condition: Condition, known: Known) -> bool:
    """Whether the condition is certainly true of what is known."""
    return evaluate(condition, known) is True


def evaluate(condition: Condition, known: Known) -> bool | None:
    """True, false, or None where it can't be told."""
    if not condition:
        return True
    operator, operand = only(condition)
    if operator == "all":
        return conjunction([evaluate(part, known) for part in operand])
    if operator == "any":
        inverse = conjunction([negation(evaluate(part, known)) for part in operand])
        return negation(inverse)
    if operator == "not":
        return negation(evaluate(operand, known))
    if operator == "answered":
        return operand in known
    name, expected = operand
    if name not in known:
        return None
    value = known[name]
    return COMPARISONS[operator](value.amount if isinstance(value, Money) else value, expected)


def conjunction(results: list[bool | None]) -> bool | None:
    """All true; false if one is false; else unknown."""
    if False in results:
        return False
    return None if None in results else True


def negation(result: bool | None) -> bool | None:
    """The opposite; unknown stays unknown."""
    return None if result is None else not result


def leaves(condition: Condition) -> Iterator[tuple[str, str, Any]]:
    """Every comparison in it as (operator, name, expected); `answered` expects None."""
    if not condition:
        return
    operator, operand = only(condition)
    if operator in ("all", "any"):
        for part in operand:
            yield from leaves(part)
    elif operator == "not":
        yield from leaves(operand)
    elif operator == "answered":
        yield operator, operand, None
    else:
        yield operator, operand[0], operand[1]


def names(condition: Condition) -> tuple[str, ...]:
    """The slots and facts that it speaks of, in order, each once."""
    return tuple(dict.fromkeys(name for _, name, _ in leaves(condition)))


def supporting(condition: Condition, known: Known) -> tuple[str, ...]:
    """The names whose values make it true: the proof, without branches that didn't hold."""
    if not condition or not holds(condition, known):
        return ()
    operator, operand = only(condition)
    if operator in ("all", "any"):
        found = [name for part in operand for name in supporting(part, known)]
        return tuple(dict.fromkeys(found))
    return tuple(name for name in names(condition) if name in known)


def only(condition: Condition) -> tuple[str, Any]:
    """Its one operator and operand. Raises ContentError for any other shape."""
    if len(condition) != 1:
        raise ContentError(f"a condition has exactly one operator, not {sorted(condition)}")
    operator, operand = next(iter(condition.items()))
    if operator not in OPERATORS:
        raise ContentError(f"unknown operator {operator!r}; use one of {sorted(OPERATORS)}")
    return operator, operand
