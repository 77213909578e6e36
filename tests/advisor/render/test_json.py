"""A plan as data keeps to docs/plan.schema.json."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from advisor.answers_file import parse_answers
from advisor.codec import plain_answers
from advisor.planning import make_plan
from advisor.render.json import plan_json

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "plan.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_plan_keeps_to_the_schema(plans, views):
    for (name, _), view in views.items():
        document = json.loads(json.dumps(plan_json(plans[name], view), ensure_ascii=False))
        assert not list(VALIDATOR.iter_errors(document))


def test_the_plans_hold_drafts_of_every_channel(plans, views):
    described = SCHEMA["properties"]["actions"]["items"]["properties"]["drafts"]["items"]
    found = {
        draft["channel"]
        for (name, _), view in views.items()
        for action in plan_json(plans[name], view)["actions"]
        for draft in action["drafts"]
    }
    assert found == set(described["properties"]["channel"]["enum"])


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
    document["actions"][1]["drafts"].append({"id": "care_call_consumers"})
    assert len(list(VALIDATOR.iter_errors(document))) >= 3
