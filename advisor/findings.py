"""What the facts say about each area: severity, evidence, confidence, and what is missing.

Severity adds up the points of the observations that hold (content/findings.yml), at most 100.
Confidence is the share of an area's questions that were answered, core questions counted twice and
guesses in part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor.catalog import Catalog
from advisor.conditions import Known, evaluate, holds, names, supporting
from advisor.facts import NEEDS, derive, known_values
from advisor.model import PLAN_AREAS, Answer, Answers, Condition, Evidence, Facts, Finding, Slot

CORE_WEIGHT = 2
GUESS_WEIGHT = 0.75
"""Of a full answer (a convention of ours)."""


def find(catalog: Catalog, answers: Answers, facts: Facts | None = None) -> tuple[Finding, ...]:
    """A finding for each of the seven areas, in the contract's order. Facts are derived where they
    aren't given."""
    facts = derive(answers) if facts is None else facts
    known = known_values(answers, facts)
    return tuple(find_area(catalog, area, answers, known, facts) for area in PLAN_AREAS)


def find_area(catalog: Catalog, area: str, answers: Answers, known: Known, facts: Facts) -> Finding:
    """Score one area."""
    evidence = observed(catalog, area, known, facts)
    asked = [s for s in catalog.slots.values() if s.area == area and applies(s, answers, known)]
    weights = {s.id: CORE_WEIGHT if s.core is not None else 1 for s in asked}
    told = sum(weights[s.id] * sureness(answers[s.id]) for s in asked if s.id in known)
    confidence = round(told / max(1, sum(weights.values())), 2)
    wanted = most_wanted(catalog, area, asked, known)
    return Finding(area, scored(evidence), confidence, evidence, wanted)


def observe(catalog: Catalog, answers: Answers) -> Mapping[str, tuple[Evidence, ...]]:
    """What holds in each area, and nothing else of its finding: every answer asks for that, and how
    sure it is takes twice as long to tell."""
    facts = derive(answers)
    known = known_values(answers, facts)
    return {area: observed(catalog, area, known, facts) for area in PLAN_AREAS}


def observed(catalog: Catalog, area: str, known: Known, facts: Facts) -> tuple[Evidence, ...]:
    """The observations of an area that hold."""
    return tuple(
        Evidence(row.id, row.points, slots_behind(supporting(row.when, known), facts))
        for row in catalog.observations
        if row.area == area and holds(row.when, known)
    )


def scored(evidence: Iterable[Evidence]) -> int:
    """An area's severity, 0-100."""
    return max(0, min(100, sum(item.points for item in evidence)))


def sureness(answer: Answer) -> float:
    """How much an answer adds to confidence: a guess or a range less than a number."""
    rough = answer.approximate or answer.low != answer.high
    return GUESS_WEIGHT if rough else 1.0


def applies(slot: Slot, answers: Answers, known: Known) -> bool:
    """Whether the question is for this business."""
    return slot.id in answers or holds(slot.when, known)


def most_wanted(catalog: Catalog, area: str, asked: list[Slot], known: Known) -> str | None:
    """The one more number: the unanswered slot on which most of what is still open hangs. None
    where no answer would change anything."""
    hanging = stakes(catalog)
    points = {
        slot.id: sum(
            stake.points
            for stake in hanging.get(slot.id, ())
            if stake.area == area and evaluate(stake.when, known) is None
        )
        for slot in asked
        if slot.id not in known
    }
    best = max(points, key=lambda name: points[name], default=None)
    return best if best is not None and points[best] > 0 else None


@dataclass(frozen=True, slots=True)
class Stake:
    """What hangs on a condition: points of an area's score, or an action's weight in tens."""

    area: str
    points: int
    when: Condition


@lru_cache(maxsize=4)
def stakes(catalog: Catalog) -> Mapping[str, tuple[Stake, ...]]:
    """All that hangs on each slot."""
    rows = [Stake(row.area, row.points, row.when) for row in catalog.observations]
    rows += [Stake(a.area, a.impact // 10, a.when) for a in catalog.actions.values()]
    found: dict[str, list[Stake]] = {}
    for row in rows:
        for slot in sorted(slots_of(row.when)):
            found.setdefault(slot, []).append(row)
    return {slot: tuple(hanging) for slot, hanging in found.items()}


def slots_of(condition: Condition) -> set[str]:
    """The slots that a condition hangs on, itself or through facts."""
    return {slot for name in names(condition) for slot in NEEDS.get(name, (name,))}


def slots_behind(found: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Names of facts replaced by the slots that they stand on."""
    slots = [slot for name in found for slot in (facts[name].slots if name in facts else (name,))]
    return tuple(dict.fromkeys(slots))
