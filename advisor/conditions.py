"""Conditions as data over a small closed set of operators.

What isn't known is never proof: a comparison with something unanswered is unknown, `not` of
unknown is unknown, and a whole condition that stays unknown is false (Kleene's three values).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


Test = Callable[[Known], bool | None]
"""A condition made ready to be asked: true, false, or None where it can't be told."""


class Ready(dict[str, Any]):
    """A condition that is made ready once, with all its parts, and then asked many times."""

    __slots__ = ("test",)

    test: Test


def ready(part: Any) -> Any:
    """The same condition, quick to ask again, and so with all conditions in it. What is no
    condition stays as it is, for `lint` to find."""
    if isinstance(part, dict):
        return Ready({key: ready(value) for key, value in part.items()})
    return [ready(value) for value in part] if isinstance(part, list) else part


def holds(condition: Condition, known: Known) -> bool:
    """Whether the condition is certainly true of what is known."""
    return evaluate(condition, known) is True


def evaluate(condition: Condition, known: Known) -> bool | None:
    """True, false, or None where it can't be told."""
    return test_of(condition)(known)


def test_of(condition: Condition) -> Test:
    """The test that a condition stands for; kept where it is ready."""
    if not isinstance(condition, Ready):
        return made(condition)
    try:
        return condition.test
    except AttributeError:
        condition.test = made(condition)
        return condition.test


def made(condition: Condition) -> Test:
    """A test made from a condition. Raises ContentError for a shape that none has."""
    if not condition:
        return always
    operator, operand = only(condition)
    if operator == "all":
        return all_of([test_of(part) for part in operand])
    if operator == "any":
        return any_of([test_of(part) for part in operand])
    if operator == "not":
        return opposite(test_of(operand))
    if operator == "answered":
        return lambda known: operand in known
    return comparison(COMPARISONS[operator], *operand)


def always(_: Known) -> bool | None:
    """What no condition says."""
    return True


def all_of(parts: Sequence[Test]) -> Test:
    """All true; false if one is false; else unknown."""

    def test(known: Known) -> bool | None:
        result: bool | None = True
        for part in parts:
            told = part(known)
            if told is False:
                return False
            if told is None:
                result = None
        return result

    return test


def any_of(parts: Sequence[Test]) -> Test:
    """One true; false if all are false; else unknown."""

    def test(known: Known) -> bool | None:
        result: bool | None = False
        for part in parts:
            told = part(known)
            if told is True:
                return True
            if told is None:
                result = None
        return result

    return test


def opposite(part: Test) -> Test:
    """The opposite; unknown stays unknown."""

    def test(known: Known) -> bool | None:
        told = part(known)
        return None if told is None else not told

    return test


def comparison(compare: Callable[[Any, Any], bool], name: str, expected: Any) -> Test:
    """A comparison with an answer or a fact; money compares by its amount."""

    def test(known: Known) -> bool | None:
        value = known.get(name)
        if value is None:
            return None
        return compare(value.amount if isinstance(value, Money) else value, expected)

    return test


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
