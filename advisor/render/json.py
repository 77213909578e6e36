"""A plan as data: the same keys in every language, described in docs/plan.schema.json."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from advisor.codec import plain_answers, plain_value
from advisor.model import Fact, Plan
from advisor.render.direction import EITHER, END, LEFT_TO_RIGHT, LRM, RLM
from advisor.render.formats import NO_BREAK
from advisor.render.view.types import ActionView, AmendmentView, AreaView, PlanView, WordView

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MARKS = (LEFT_TO_RIGHT, EITHER, END, LRM, RLM)


def plan_json(plan: Plan, view: PlanView) -> dict[str, Any]:
    """The plan with its wording in one language; texts carry no direction marks."""
    document = {
        "language": view.language,
        "title": view.title,
        "prepared": view.prepared,
        "size": view.size,
        "word": view.word and word_json(view.word),
        "insights": list(view.insights),
        "areas": [area_json(plan, area) for area in view.areas],
        "money": [flat(line) for line in view.money],
        "dispute": list(view.dispute),
        "actions": [action_json(plan, action) for action in view.actions],
        "amendments": [amendment_json(plan, one) for one in view.amendments],
        "later": [flat(action) for action in view.later],
        "unknowns": [flat(row) for row in view.unknowns],
        "facts": {name: fact_json(fact) for name, fact in plan.facts.items()},
    }
    return {**unmarked(document), "answers": plain_answers(plan.answers)}


def action_json(plan: Plan, action: ActionView) -> dict[str, Any]:
    """One action: its place, why it is there, and its wording."""
    planned = plan.actions[action.number - 1]
    return {
        "id": action.id,
        "start_week": action.start_week,
        "weeks": action.weeks,
        "because": list(planned.because),
        "rows": list(action.rows),
        "area": action.area,
        "name": action.name,
        "does": action.does,
        "reasons": list(action.reasons),
        "hours": planned.hours,
        "cost": plain_value(planned.cost),
        "impact": planned.impact,
        "worth": planned.worth and flat(planned.worth),
        "first": action.first,
        "requires": list(planned.requires),
        "steps": list(action.steps),
        "measure": flat(action.measure),
        "stop": action.stop,
        "gates": [flat(gate, "earlier") for gate in action.gates],
        "evidence": [flat(proof) for proof in action.evidence],
        "drafts": [flat(draft, "earlier") for draft in action.drafts],
    }


def amendment_json(plan: Plan, shown: AmendmentView) -> dict[str, Any]:
    """Something that was changed by hand."""
    amendment = next(one for one in plan.amendments if one.id == shown.id)
    return {
        "id": shown.id,
        "kind": amendment.change.type,
        "action": shown.action,
        "by": amendment.by,
        "at": amendment.at,
        "reason": amendment.reason,
        "text": shown.text,
        "idle": shown.idle,
    }


def word_json(shown: WordView) -> dict[str, Any]:
    """What a consultant wrote on sending it."""
    given = shown.given
    text = "\n".join(shown.paragraphs)
    return {"by": given.by, "practice": given.practice, "text": text, "at": given.at}


def area_json(plan: Plan, area: AreaView) -> dict[str, Any]:
    """One area."""
    finding = next(finding for finding in plan.findings if finding.area == area.id)
    return {
        "id": area.id,
        "name": area.name,
        "score": area.score,
        "level": area.level,
        "confidence": finding.confidence,
        "observations": list(area.observations),
        "evidence": [item.id for item in finding.evidence],
        "missing": finding.missing,
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    """One fact with its ends."""
    return {
        "value": plain_value(fact.value),
        "unit": fact.unit,
        "low": fact.low,
        "high": fact.high,
        "prior": fact.prior,
        "slots": list(fact.slots),
    }


def flat(row: DataclassInstance, *without: str) -> dict[str, Any]:
    """The fields of a row that holds no other rows."""
    names = (field.name for field in fields(row))
    return {name: getattr(row, name) for name in names if name not in without}


def unmarked(document: dict[str, Any]) -> dict[str, Any]:
    """The same without the direction marks of our own, taken out of the whole at once; what users
    typed was cleaned before."""
    text = json.dumps(document, ensure_ascii=False).replace(NO_BREAK, " ")
    for mark in MARKS:
        text = text.replace(mark, "")
    plain: dict[str, Any] = json.loads(text)
    return plain
