"""A wording for every thing, and a thing for every wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.catalog import Catalog
from advisor.drafts import WRITTEN
from advisor.lint.fault import Fault
from advisor.lint.texts import Path, file_of, place
from advisor.model import LANGUAGES, PLAN_AREAS, WITH_OPTIONS, Action, Draft, Slot

QUESTION = ("label", "ask", "again", "why", "example")
ACTION = ("name", "does", "steps", "stop")
GATE = {"name": None, "text": None}
STEPS = (3, 6)


def check_wording(catalog: Catalog) -> Iterator[Fault]:
    """What lacks words, and words that belong to nothing."""
    for language in LANGUAGES:
        texts = catalog.texts[language]
        needed = expected(catalog)
        for kind, shapes in needed.items():
            yield from match(catalog, language, (kind,), shapes, texts.get(kind, {}))
        for action in catalog.actions.values():
            yield from check_steps(catalog, language, action)


def expected(catalog: Catalog) -> dict[str, Any]:
    """The keys that each kind of text should have, as a tree; None stands for wording."""
    return {
        "questions": {slot.id: question_keys(slot) for slot in catalog.slots.values()},
        "actions": {action.id: action_keys(action) for action in catalog.actions.values()},
        "drafts": {draft.id: draft_keys(draft) for draft in catalog.drafts.values()},
        "gates": {gate: GATE for action in catalog.actions.values() for gate in action.gates},
        "findings": {area: finding_keys(catalog, area) for area in PLAN_AREAS},
        "insights": dict.fromkeys(row.id for row in catalog.insights),
        "contradictions": dict.fromkeys(catalog.contradictions),
        "evidence": dict.fromkeys(catalog.evidence),
    }


def question_keys(slot: Slot) -> dict[str, Any]:
    """The wording of a question."""
    options = {"options": dict.fromkeys(slot.options)} if slot.kind in WITH_OPTIONS else {}
    return {**dict.fromkeys(QUESTION), **options}


def action_keys(action: Action) -> dict[str, Any]:
    """The wording of an action."""
    return {
        **dict.fromkeys(ACTION),
        "reasons": dict.fromkeys(reason.id for reason in action.reasons),
        "measure": {"what": None, "target": None},
    }


def draft_keys(draft: Draft) -> dict[str, Any]:
    """The wording of a draft: what is written has a subject."""
    subject = {"subject": None} if draft.channel in WRITTEN else {}
    return {"name": None, **subject, "parts": dict.fromkeys(part.id for part in draft.parts)}


def finding_keys(catalog: Catalog, area: str) -> dict[str, Any]:
    """The wording of an area's findings."""
    observed = dict.fromkeys(row.id for row in catalog.observations if row.area == area)
    return {"name": None, "sound": None, "unknown": None, "observations": observed}


def match(
    catalog: Catalog, language: str, path: Path, shape: Mapping[str, Any], texts: Any
) -> Iterator[Fault]:
    """Keys that are missing and keys that belong to nothing."""
    given = texts if isinstance(texts, Mapping) else {}
    for key in shape:
        if key not in given:
            where = place(file_of(catalog, language, (*path, key)), (*path, key))
            yield Fault(where, "has no wording", "write it")
        elif shape[key] is not None:
            yield from match(catalog, language, (*path, key), shape[key], given[key])
    for key in given:
        if key not in shape:
            where = place(file_of(catalog, language, (*path, str(key))), (*path, str(key)))
            yield Fault(where, "is the wording of nothing", "drop it, or add what it words")


def check_steps(catalog: Catalog, language: str, action: Action) -> Iterator[Fault]:
    """An action has a few steps."""
    path = ("actions", action.id, "steps")
    steps = catalog.texts[language]["actions"].get(action.id, {}).get("steps")
    fewest, most = STEPS
    if steps is not None and not (isinstance(steps, list) and fewest <= len(steps) <= most):
        where = place(file_of(catalog, language, path), path)
        yield Fault(where, "has too few or too many steps", f"write {fewest} to {most}")
