"""Conditions: what isn't known proves nothing."""

import pytest

from advisor.conditions import evaluate, holds, supporting
from advisor.errors import ContentError
from advisor.model import Condition, Money, Value

KNOWN: dict[str, Value] = {
    "share": 30,
    "kind": "shop",
    "why": ("price", "fear"),
    "sum": Money(500, "ILS"),
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"eq": ["kind", "shop"]}, True),
        ({"ne": ["kind", "shop"]}, False),
        ({"in": ["kind", ["shop", "gym"]]}, True),
        ({"has": ["why", "fear"]}, True),
        ({"has": ["why", "habits"]}, False),
        ({"gte": ["share", 30]}, True),
        ({"gt": ["share", 30]}, False),
        ({"lt": ["sum", 501]}, True),
        ({"eq": ["missing", 1]}, None),
        ({"not": {"eq": ["missing", 1]}}, None),
        ({"not": {"eq": ["kind", "gym"]}}, True),
        ({"answered": "missing"}, False),
        ({"not": {"answered": "missing"}}, True),
        ({"all": [{"eq": ["missing", 1]}, {"eq": ["kind", "gym"]}]}, False),
        ({"all": [{"eq": ["missing", 1]}, {"eq": ["kind", "shop"]}]}, None),
        ({"any": [{"eq": ["missing", 1]}, {"eq": ["kind", "shop"]}]}, True),
        ({"any": [{"eq": ["missing", 1]}, {"eq": ["kind", "gym"]}]}, None),
    ],
)
def test_a_condition_is(condition: Condition, expected: bool | None) -> None:
    assert evaluate(condition, KNOWN) is expected
    assert holds(condition, KNOWN) is (expected is True)


def test_the_proof_leaves_out_branches_that_did_not_hold() -> None:
    condition = {"any": [{"has": ["why", "fear"]}, {"gt": ["share", 90]}]}
    assert supporting(condition, KNOWN) == ("why",)


@pytest.mark.parametrize("broken", [{"eq": ["a", 1], "ne": ["a", 1]}, {"like": ["a", 1]}])
def test_another_shape_is_refused(broken: Condition) -> None:
    with pytest.raises(ContentError):
        holds(broken, KNOWN)
