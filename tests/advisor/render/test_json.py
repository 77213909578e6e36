"""A plan as data keeps to docs/plan.schema.json."""

import json
from pathlib import Path

import pytest

from advisor.answers_file import parse_answers
from advisor.codec import plain_answers
from advisor.planning import make_plan
from advisor.render.json import plan_json

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "plan.schema.json").read_text("utf-8"))
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value, schema, path="plan"):
    """Where a value breaks a schema; knows the keywords that the schema uses."""
    if "$ref" in schema:
        schema = {**SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]}
    if "anyOf" in schema:
        if all(list(faults(value, option, path)) for option in schema["anyOf"]):
            yield f"{path}: fits nothing"
        return
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
        for kind in kinds
    ):
        yield f"{path}: {value!r} is no {kinds}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r}"
    if isinstance(value, int | float) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{path}: {value}"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{path}: {len(value)} items"
        for index, item in enumerate(value):
            yield from faults(item, schema["items"], f"{path}[{index}]")
    if isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        for name in set(schema.get("required", [])) - set(value):
            yield f"{path}: no {name}"
        for name, item in value.items():
            if name not in properties and others is False:
                yield f"{path}: {name} is not described"
            yield from faults(item, properties.get(name, others or {}), f"{path}.{name}")


def test_every_plan_keeps_to_the_schema(plans, views):
    for (name, _), view in views.items():
        document = json.loads(json.dumps(plan_json(plans[name], view), ensure_ascii=False))
        assert not list(faults(document, SCHEMA))


def test_the_keys_that_others_rely_on(plans, views):
    plan = plans["hotel"]
    document = plan_json(plan, views["hotel", "he"])
    for row, action in zip(document["actions"], plan.actions, strict=True):
        assert (row["id"], row["start_week"], row["weeks"]) == (
            action.id,
            action.start_week,
            action.weeks,
        )
        assert row["because"] == list(action.because)
        assert row["rows"] == list(action.rows)
    assert document["answers"] == plain_answers(plan.answers)


def test_texts_carry_no_direction_marks(plans, views):
    text = json.dumps(plan_json(plans["wholesaler"], views["wholesaler", "he"]), ensure_ascii=False)
    assert not set(text) & set("\u200e\u200f\u2066\u2068\u2069")


@pytest.mark.parametrize("name", ["hotel", "factory", "tutor", "online_shop"])
def test_answers_given_back_make_the_same_plan(catalog, plans, views, name):
    document = plan_json(plans[name], views[name, "en"])
    again = make_plan(catalog, parse_answers(catalog, json.dumps(document["answers"])))
    assert [a.id for a in again.actions] == [a.id for a in plans[name].actions]


def test_a_fault_is_found(plans, views):
    document = plan_json(plans["hotel"], views["hotel", "en"])
    document["actions"][0]["start_week"] = 14
    document["more"] = 1
    assert len(list(faults(document, SCHEMA))) == 2
