"""What the facts say about each area: severity, evidence, confidence, and what is missing.

Severity adds up the points of the observations that hold (content/findings.yml), at most 100.
Confidence is the share of an area's questions that were answered, core questions counted twice.
"""

from __future__ import annotations

from advisor.catalog import Catalog
from advisor.conditions import Known, holds, names, supporting
from advisor.facts import NEEDS, derive, known_values
from advisor.model import PLAN_AREAS, Answers, Condition, Evidence, Facts, Finding, Slot

CORE_WEIGHT = 2


def find(catalog: Catalog, answers: Answers) -> tuple[Finding, ...]:
    """A finding for each of the seven areas, in the contract's order."""
    known, facts = known_values(answers), derive(answers)
    return tuple(find_area(catalog, area, answers, known, facts) for area in PLAN_AREAS)


def find_area(catalog: Catalog, area: str, answers: Answers, known: Known, facts: Facts) -> Finding:
    """Score one area."""
    evidence = tuple(
        Evidence(row.id, row.points, slots_behind(supporting(row.when, known), facts))
        for row in catalog.observations
        if row.area == area and holds(row.when, known)
    )
    score = max(0, min(100, sum(item.points for item in evidence)))
    asked = [s for s in catalog.slots.values() if s.area == area and applies(s, answers, known)]
    weights = {s.id: CORE_WEIGHT if s.core is not None else 1 for s in asked}
    told = sum(weights[s.id] for s in asked if s.id in known)
    confidence = round(told / max(1, sum(weights.values())), 2)
    return Finding(area, score, confidence, evidence, most_wanted(catalog, area, asked, known))


def applies(slot: Slot, answers: Answers, known: Known) -> bool:
    """Whether the question is for this business."""
    return slot.id in answers or holds(slot.when, known)


def most_wanted(catalog: Catalog, area: str, asked: list[Slot], known: Known) -> str | None:
    """The unanswered slot on which most of the area's points hang: the one more number."""
    points = {slot.id: 0 for slot in asked if slot.id not in known}
    for row in catalog.observations:
        for name in slots_of(row.when):
            if row.area == area and name in points:
                points[name] += row.points
    for action in catalog.actions.values():
        for name in slots_of(action.when):
            if action.area == area and name in points:
                points[name] += action.impact // 10
    return max(points, key=lambda name: points[name]) if points else None


def slots_of(condition: Condition) -> set[str]:
    """The slots that a condition hangs on, itself or through facts."""
    return {slot for name in names(condition) for slot in NEEDS.get(name, (name,))}


def slots_behind(found: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Names of facts replaced by the slots that they stand on."""
    slots = [slot for name in found for slot in (facts[name].slots if name in facts else (name,))]
    return tuple(dict.fromkeys(slots))
