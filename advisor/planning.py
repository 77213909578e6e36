"""From answers to a plan: which actions apply, how much each matters here, and when.

A pure function: the same answers give the same plan, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable

from advisor.catalog import Catalog
from advisor.conditions import Known, holds, names, supporting
from advisor.facts import NEEDS, derive, known_values
from advisor.findings import find, slots_behind
from advisor.model import Action, Answers, Facts, Finding, Money, Plan, PlannedAction, Reason
from advisor.schedule import Place, Task, arrange

MOST_ACTIONS = 20
MAINTENANCE_ACTIONS = 8
INSIGHTS = 3
URGENT = 1000
FIRST = 10_000
SHEKELS = "ILS"
FRAME = ("status", "crisis", "sector", "customer_type", "business_name")
"""What an action rests on that any business gets, in order."""


def make_plan(catalog: Catalog, answers: Answers) -> Plan:
    """The plan for these answers."""
    known, facts = known_values(answers), derive(answers)
    findings = find(catalog, answers)
    candidates = {a.id: a for a in catalog.actions.values() if holds(a.when, known)}
    weights = {a.id: importance(a, known, findings) for a in candidates.values()}
    hours, budget = capacity(catalog, known)
    first = first_action(candidates.values(), weights, hours)
    if first is not None:
        weights[first] += FIRST
    tasks = [
        Task(a.id, a.hours, a.weeks, a.cost, a.requires, weights[a.id]) for a in candidates.values()
    ]
    limit = MAINTENANCE_ACTIONS if known.get("healthy") is True else MOST_ACTIONS
    placed, later = arrange(tasks, hours, budget, limit)
    ordered = sorted(placed, key=lambda name: (placed[name].start, -weights[name], name))
    return Plan(
        answers=dict(answers),
        facts=facts,
        findings=findings,
        insights=tuple(insights(catalog, known)),
        actions=tuple(
            planned(candidates[name], placed[name], known, facts, answers, name == first)
            for name in ordered
        ),
        later=tuple(sorted(later, key=lambda name: (-weights[name], name))),
    )


def importance(action: Action, known: Known, findings: tuple[Finding, ...]) -> float:
    """Impact with its boosts, weighed by how bad the area is; urgent actions go before others."""
    points = action.impact + sum(b.add for b in action.boosts if holds(b.when, known))
    score = next(finding.score for finding in findings if finding.area == action.area)
    weight = points * (0.7 + 0.3 * score / 100)
    urgent = action.urgent is not None and holds(action.urgent, known)
    return weight + URGENT if urgent else weight


def capacity(catalog: Catalog, known: Known) -> tuple[float, float]:
    """The owner's hours a week and shekels a month; a cautious default where not said.

    A plan needs at least an hour a week. Other currencies are turned by a rounded rate, which
    serves to fit a budget and is never printed.
    """
    hours = known.get("hours_per_week", catalog.parameters["default_hours"].value)
    budget = known.get("monthly_budget", Money(catalog.parameters["default_budget"].value, SHEKELS))
    assert isinstance(hours, int | float)
    assert isinstance(budget, Money)
    rate = 1.0
    if budget.currency != SHEKELS:
        parameter = catalog.parameters.get(f"rate_{budget.currency.lower()}")
        rate = parameter.value if parameter else 0.0
    return max(1.0, float(hours)), budget.amount * rate


def first_action(actions: Iterable[Action], weights: dict[str, float], hours: float) -> str | None:
    """The quick action to begin with: free, needing nothing, within a day and a week's hours."""
    quick = [a for a in actions if a.quick and a.cost == 0 and not a.requires]
    fitting = [a for a in quick if a.hours <= hours or weights[a.id] >= URGENT]
    fitting = fitting or sorted(quick, key=lambda a: a.hours)[:1]
    best = max(fitting, key=lambda a: (weights[a.id], a.id), default=None)
    return best.id if best else None


def planned(
    action: Action, place: Place, known: Known, facts: Facts, answers: Answers, first: bool
) -> PlannedAction:
    """An action at its place, with why it is there."""
    reasons = [reason for reason in action.reasons if holds(reason.when, known)]
    return PlannedAction(
        id=action.id,
        area=action.area,
        start_week=place.start,
        weeks=place.weeks,
        hours=action.hours,
        cost=Money(action.cost, SHEKELS),
        impact=min(100, action.impact + sum(b.add for b in action.boosts if holds(b.when, known))),
        reasons=tuple(reason.id for reason in reasons),
        because=behind(reasons, known, facts, answers),
        rows=action.rows,
        evidence=action.evidence,
        requires=action.requires,
        gates=action.gates,
        first=first,
    )


def behind(reasons: list[Reason], known: Known, facts: Facts, answers: Answers) -> tuple[str, ...]:
    """The answers behind the reasons; where the reason is that something isn't known, the question
    that was left open, else where the business stands."""
    proof = [name for reason in reasons for name in supporting(reason.when, known)]
    if proof:
        return slots_behind(tuple(proof), facts)
    asked = [name for reason in reasons for name in names(reason.when)]
    left_open = tuple(
        slot for name in asked for slot in NEEDS.get(name, (name,)) if slot in answers
    )
    return left_open or tuple(slot for slot in FRAME if slot in known)[:1]


def insights(catalog: Catalog, known: Known) -> list[str]:
    """The weightiest things to tell this owner, at most three."""
    true = [row for row in catalog.insights if holds(row.when, known)]
    ranked = sorted(true, key=lambda row: (-row.weight, row.id))
    return [row.id for row in ranked[:INSIGHTS]]
