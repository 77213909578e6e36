"""Interviews, events and plans survive JSON to the letter: 5 stays 5, and 5.0 stays 5.0."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.amendments import (
    Added,
    Amendment,
    Dropped,
    Moved,
    Resized,
    Reworded,
    Undone,
    Wording,
)
from advisor.errors import NewerDataError
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.state import Interview, Waiting
from advisor.model import Answer, AnswerState, Evidence, Fact, Finding, Money, Plan, PlannedAction
from advisor.spans import Span
from advisor.store import codec
from advisor.whatif import Supposition

NAMES = st.text(st.characters(codec="utf-8"), max_size=6)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TUPLES = st.lists(NAMES, max_size=3).map(tuple)
MONEY = st.builds(Money, NUMBERS, st.sampled_from(["ILS", "USD"]))
VALUES = st.booleans() | NUMBERS | NAMES | MONEY | TUPLES
ANSWERS = st.builds(
    Answer,
    slot=NAMES,
    state=st.sampled_from(AnswerState),
    value=st.none() | VALUES,
    low=st.none() | NUMBERS,
    high=st.none() | NUMBERS,
    approximate=st.booleans(),
    message=st.none() | NAMES,
)
BY_SLOT = st.dictionaries(NAMES, ANSWERS, max_size=3)
SPANS = st.builds(Span, NUMBERS, NUMBERS, NUMBERS)
SUPPOSITIONS = st.builds(
    Supposition,
    kind=st.sampled_from(["discount", "mailing", "answers"]),
    share=st.none() | SPANS,
    count=st.none() | SPANS,
    money=st.none() | MONEY,
    answers=st.lists(ANSWERS, max_size=2).map(tuple),
)


WORDINGS = st.builds(Wording, NAMES, NAMES, NAMES, TUPLES, NAMES, NAMES)
CHANGES = st.one_of(
    st.builds(Moved, NAMES, st.integers(), st.integers()),
    st.builds(Resized, NAMES, NUMBERS, NUMBERS),
    st.builds(Reworded, NAMES, WORDINGS),
    st.builds(Dropped, NAMES),
    st.builds(Added, NAMES, NAMES, st.integers(), st.integers(), NUMBERS, NUMBERS, WORDINGS),
    st.builds(Undone, NAMES),
)
AMENDMENTS = st.builds(Amendment, NAMES, NAMES, NAMES, NAMES, CHANGES)
CHECKINS = st.builds(
    happened.CheckinAsked,
    plan=NAMES,
    week=st.integers(1, 13),
    actions=TUPLES,
    step=st.none() | NAMES,
    opening=st.booleans(),
)


def of_class(hint: type) -> st.SearchStrategy[Any]:
    """Any value of an event's class; its `type` is left to the class."""
    drawn: dict[Any, st.SearchStrategy[Any]] = {
        "str": NAMES,
        "int": st.integers(),
        "float": NUMBERS,
        "bool": st.booleans(),
        "str | None": st.none() | NAMES,
        "tuple[str, ...]": TUPLES,
        "How": st.sampled_from(["asked", "volunteered"]),
        "Wording": st.sampled_from(["ask", "again"]),
        "Answer": ANSWERS,
        "Answer | None": st.none() | ANSWERS,
        "tuple[Answer, ...]": st.lists(ANSWERS, max_size=2).map(tuple),
        "int | None": st.none() | st.integers(),
        "float | None": st.none() | NUMBERS,
        "Going": st.sampled_from(["done", "dropped"]),
        "CheckinAsked": CHECKINS,
        "Supposition": SUPPOSITIONS,
        "Amendment": AMENDMENTS,
    }
    literal = st.sampled_from(["restart", "forget"])
    named = {
        f.name: literal if f.type.startswith("Literal") else drawn[f.type]
        for f in fields(hint)
        if f.name != "type"
    }
    return st.builds(hint, **named)


EVENTS = st.one_of([of_class(hint) for hint in Event.__args__])
WAITING = st.one_of([of_class(hint) for hint in Waiting.__args__])
INTERVIEWS = st.builds(
    Interview,
    language=st.sampled_from(["he", "en"]),
    answers=BY_SLOT,
    current=st.none() | NAMES,
    waiting=st.none() | WAITING,
    misses=st.integers(0, 3),
    trail=TUPLES,
    used=st.dictionaries(NAMES, st.dictionaries(NAMES, st.integers(1, 9)), max_size=3),
    ticked=TUPLES,
    again=TUPLES,
    area=st.none() | NAMES,
    undoable=st.dictionaries(NAMES, st.none() | ANSWERS, max_size=3),
    settled=TUPLES,
    insights=TUPLES,
    planned=st.booleans(),
    outdated=st.booleans(),
    wondering=st.none() | of_class(happened.Supposed),
    revised=st.dictionaries(NAMES, st.none() | ANSWERS, max_size=3),
    amendments=st.lists(AMENDMENTS, max_size=2).map(tuple),
    sent=st.none() | of_class(happened.PlanSent),
    person=st.none() | NAMES,
)
FACTS = st.builds(
    Fact,
    name=NAMES,
    value=st.booleans() | st.floats(allow_nan=False) | MONEY,
    unit=st.sampled_from(["percent", "money", "flag"]),
    slots=TUPLES,
    low=st.none() | NUMBERS,
    high=st.none() | NUMBERS,
    prior=st.booleans(),
)
FINDINGS = st.builds(
    Finding,
    area=NAMES,
    score=st.integers(0, 100),
    confidence=NUMBERS,
    evidence=st.lists(st.builds(Evidence, NAMES, st.integers(), TUPLES), max_size=2).map(tuple),
    missing=st.none() | NAMES,
)
ACTIONS = st.builds(
    PlannedAction,
    id=NAMES,
    area=NAMES,
    start_week=st.integers(1, 13),
    weeks=st.integers(1, 13),
    hours=NUMBERS,
    cost=MONEY,
    impact=st.integers(),
    **dict.fromkeys(["reasons", "because", "rows", "evidence", "requires", "gates"], TUPLES),
    first=st.booleans(),
)
PLANS = st.builds(
    Plan,
    answers=BY_SLOT,
    facts=st.dictionaries(NAMES, FACTS, max_size=2),
    findings=st.lists(FINDINGS, max_size=2).map(tuple),
    insights=TUPLES,
    actions=st.lists(ACTIONS, max_size=2).map(tuple),
    later=TUPLES,
)


def exactly(value: Any) -> Any:
    """A value with the type of each part, so that 1, 1.0 and True differ, and order counts."""
    if is_dataclass(value):
        return type(value), [exactly(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, Mapping):
        return dict, [(key, exactly(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return tuple, [exactly(item) for item in value]
    return type(value), repr(value)


def through_json(row: dict[str, Any]) -> Any:
    return json.loads(json.dumps(row))


@settings(max_examples=80, deadline=None)
@given(INTERVIEWS)
def test_an_interview_comes_back_exactly(state: Interview) -> None:
    back = codec.interview_from_json(through_json(codec.interview_to_json(state)))
    assert exactly(back) == exactly(state)


@settings(max_examples=200, deadline=None)
@given(EVENTS)
def test_an_event_comes_back_exactly(event: Event) -> None:
    back = codec.event_from_json(through_json(codec.event_to_json(event)))
    assert exactly(back) == exactly(event)


@settings(max_examples=50, deadline=None)
@given(PLANS)
def test_a_plan_comes_back_exactly(plan: Plan) -> None:
    document = codec.plan_to_json(plan)
    assert through_json(document) == document, "what is stored equals what is compared with it"
    assert exactly(codec.plan_from_json(through_json(document))) == exactly(plan)


@pytest.mark.parametrize(
    "row",
    [
        {"type": "never_heard_of"},
        {"type": "answer_undone", "slot": "sector", "new": 1},
        {"type": "answer_accepted", "answer": {"slot": "sector", "state": "guessed"}, "how": "x"},
    ],
)
def test_an_unknown_event_is_an_error_rather_than_a_guess(row: dict[str, Any]) -> None:
    with pytest.raises(NewerDataError, match="newer version"):
        codec.event_from_json(row)


def test_a_field_that_older_rows_lack_takes_its_default() -> None:
    row = {"type": "question_asked", "slot": "sector", "wording": "ask"}
    assert codec.event_from_json(row) == happened.QuestionAsked("sector", "ask")


def test_half_a_surrogate_pair_survives_in_an_answer() -> None:
    state = Interview(answers={"name": Answer("name", AnswerState.KNOWN, "\ud83d")})
    assert codec.interview_from_json(through_json(codec.interview_to_json(state))) == state
