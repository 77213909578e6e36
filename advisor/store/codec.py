"""Interviews, events and plans as JSON, and back to the letter.

Driven by the types of the fields. Numbers pass as they are: a whole amount in a field that is
declared a float stays whole, so a saved interview makes the same plan as one that was not.
A field that is missing takes its default, so old rows outlive new fields. What we don't know was
written by newer code: NewerDataError, rather than a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from advisor.errors import NewerDataError
from advisor.interview.events import Event
from advisor.interview.state import Interview
from advisor.model import Plan, Value


def interview_to_json(state: Interview) -> dict[str, Any]:
    """The state of an interview as JSON."""
    return cast(dict[str, Any], plain(state))


def interview_from_json(row: Mapping[str, Any]) -> Interview:
    """The state of an interview from JSON."""
    return cast(Interview, typed(Interview, row))


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as JSON; its `type` says which."""
    return cast(dict[str, Any], plain(event))


def event_from_json(row: Mapping[str, Any]) -> Event:
    """An event from JSON."""
    return cast(Event, typed(Event, row))


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """A plan as JSON."""
    return cast(dict[str, Any], plain(plan))


def plan_from_json(row: Mapping[str, Any]) -> Plan:
    """A plan from JSON."""
    return cast(Plan, typed(Plan, row))


def value_to_json(value: Value | None) -> Any:
    """An answer's value as JSON."""
    return plain(value)


def value_from_json(value: Any) -> Value | None:
    """An answer's value from JSON."""
    return cast(Value | None, typed(Value, value))


def plain(value: Any) -> Any:
    """Any of our values in the types of JSON."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def typed(hint: Any, value: Any) -> Any:
    """JSON as the type that `hint` declares."""
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return typed(member(get_args(hint), value), value)
    if origin is tuple:
        return tuple(typed(get_args(hint)[0], item) for item in value)
    if origin is Mapping:
        return {key: typed(get_args(hint)[1], item) for key, item in value.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        hints = hints_of(hint)
        if not value.keys() <= hints.keys():
            raise NewerDataError
        return hint(**{key: typed(hints[key], item) for key, item in value.items()})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return enumerated(hint, value)
    return value


def enumerated(hint: type[Enum], value: Any) -> Enum:
    """A member by its value. Raises NewerDataError where we have none such."""
    try:
        return hint(value)
    except ValueError as error:
        raise NewerDataError from error


def member(union: tuple[Any, ...], value: Any) -> Any:
    """Which member of a union a value of JSON is: objects by their `type`, lists are tuples."""
    if isinstance(value, dict):
        if "type" in value:
            if value["type"] not in by_tag(union):
                raise NewerDataError
            return by_tag(union)[value["type"]]
        return next(hint for hint in union if is_dataclass(hint))
    if isinstance(value, list):
        return next(hint for hint in union if get_origin(hint) is tuple)
    return type(value)


@cache
def by_tag(union: tuple[Any, ...]) -> dict[str | None, Any]:
    """The classes of a union by their `type` field; worked out once, as interviews are long."""
    return {tag(hint): hint for hint in union if is_dataclass(hint)}


def tag(hint: Any) -> str | None:
    """The value of a class's `type` field."""
    declared = hints_of(hint).get("type")
    return get_args(declared)[0] if get_origin(declared) is Literal else None


@cache
def hints_of(hint: Any) -> dict[str, Any]:
    """Types of a class's fields, resolved once."""
    return get_type_hints(hint)
