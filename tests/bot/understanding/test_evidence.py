"""Whether a clause states a slot, or a number is its value: more where more signs speak for it."""

from dataclasses import replace

import pytest

from advisor.catalog import Catalog
from bot.understanding.evidence import closest, owned, stated
from bot.understanding.message import Message
from bot.understanding.parsed import REMARK, Parsed, Segment
from tests.bot.understanding.parsers import Away, reader_with

TEXT = "we lost a third, 28 of us"
OTHERS = {"staff_gap": 0.2, "customers_now": 0.2}


@pytest.fixture
def message(catalog: Catalog) -> Message:
    """Two clauses that each state a slot."""
    comma = TEXT.index(",")
    first = Segment(0, comma, {"churn_share": 0.98}, said={"churn_share": 0.95, REMARK: 0.03})
    second = Segment(comma + 2, len(TEXT), {"employees": 0.9}, said={"employees": 0.9})
    whole = Segment(0, len(TEXT), {"churn_share": 0.9}, said={"churn_share": 0.5, "employees": 0.4})
    return reader_with(catalog, Away()).message(TEXT, None, Parsed(whole, (first, second)))


def test_what_is_said_clearly_is_stated(message: Message) -> None:
    first, second = message.parsed.clauses
    assert stated(message, first, message.slots["churn_share"]) > 0.8
    assert stated(message, second, message.slots["employees"]) > 0.8


def test_what_may_be_a_remark_is_less_so(message: Message) -> None:
    first, second = message.parsed.clauses
    vague = replace(second, topics={"employees": 0.3, **OTHERS}, said={REMARK: 0.95})
    asked = replace(message, asked=message.slots["churn_share"])
    employees = message.slots["employees"]
    assert stated(asked, vague, employees) < stated(asked, second, employees) - 0.3
    unclear = replace(message, parsed=replace(message.parsed, clauses=(first, vague)))
    number = message.quantities[-1]
    assert owned(unclear, number, employees) < owned(message, number, employees)


def test_the_only_number_answers_the_question(message: Message) -> None:
    asked = message.slots["employees"]
    one = replace(message, asked=asked, quantities=message.quantities[1:])
    assert owned(one, one.quantities[0], asked) > 0.9


def test_the_closest_slots_are_those_that_are_spoken_of(message: Message) -> None:
    assert [slot.id for slot in closest(message, message.parsed.clauses[0])] == ["churn_share"]
