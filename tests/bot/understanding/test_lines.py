"""The stream of `comeback understand` stays in step, whatever comes in."""

import json
from collections.abc import AsyncIterator

from parsers import Away, reader_with

from advisor.catalog import Catalog


async def lines() -> AsyncIterator[str]:
    yield json.dumps({"question": "entry_offer", "text": "yes"})
    yield "\n"
    yield "not json"
    yield json.dumps([1, 2])
    yield "[" * 100_000
    yield json.dumps({"question": "employees", "text": "\ud800 4 people"})
    yield json.dumps({"question": None, "text": None})
    yield json.dumps({"question": "monthly_budget", "text": "200 dollars"})


async def test_one_answer_for_each_line(catalog: Catalog) -> None:
    reader = reader_with(catalog, Away())
    out = [json.loads(line) async for line in reader.answer_lines(lines())]
    assert len(out) == 7
    assert out[0] == {
        "act": "inform",
        "slots": {"entry_offer": True},
        "target": None,
        "confidence": 1.0,
    }
    assert out[1]["act"] is None
    assert out[4]["slots"] == {"employees": 4}
    assert out[-1]["slots"] == {"monthly_budget": {"amount": 200, "currency": "USD"}}
