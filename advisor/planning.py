"""From answers to a plan: which actions apply, how much each matters here, and when.

A pure function: the same answers give the same plan, to the letter.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from advisor.catalog import Catalog
from advisor.conditions import Known, holds, names, supporting
from advisor.facts import NEEDS, derive, known_values
from advisor.findings import find, slots_behind
from advisor.model import Action, Answers, Facts, Finding, Money, Plan, PlannedAction, Reason
from advisor.schedule import Place, Task, arrange, weight_of

MOST_ACTIONS = 20
MAINTENANCE_ACTIONS = 8
INSIGHTS = 3
FIRST = 2
"""The tier of the action to begin with; that of urgent ones is 1."""
SHEKELS = "ILS"
FRAME = ("status", "crisis", "sector", "customer_type")
"""What an action rests on that any business gets, in order."""
UNTOLD = "other"
"""An option that tells nothing: no action rests on that."""


def make_plan(catalog: Catalog, answers: Answers) -> Plan:
    """The plan for these answers."""
    facts = derive(answers)
    known, findings = known_values(answers, facts), find(catalog, answers, facts)
    case = weigh(catalog, known, findings)
    placed, later = arrange(case.tasks, case.hours, case.budget, case.limit)
    weights = {task.id: weight_of(task) for task in case.tasks}
    ordered = sorted(placed, key=lambda name: (placed[name].start, -weights[name], name))
    return Plan(
        answers=dict(answers),
        facts=facts,
        findings=findings,
        insights=tuple(insights(catalog, known)),
        actions=tuple(
            planned(catalog.actions[name], placed[name], known, facts, answers, name == case.first)
            for name in ordered
        ),
        later=tuple(sorted(later, key=lambda name: (-weights[name], name))),
    )


@dataclass(frozen=True, slots=True)
class Case:
    """What there is to schedule: tasks with their weights, hours a week, shekels a month, how many
    actions a plan may hold, and which comes first."""

    tasks: tuple[Task, ...]
    hours: float
    budget: float
    limit: int
    first: str | None


def weigh(catalog: Catalog, known: Known, findings: tuple[Finding, ...]) -> Case:
    """The actions that apply, each with its weight for this owner."""
    chosen = [a for a in catalog.actions.values() if holds(a.when, known)]
    weights = {a.id: importance(catalog, a, known, findings) for a in chosen}
    urgent = {a.id for a in chosen if a.urgent is not None and holds(a.urgent, known)}
    hours, budget = capacity(catalog, known)
    first = first_action(chosen, weights, urgent, hours)
    tasks = (
        Task(
            *(a.id, a.hours, a.weeks, a.cost, requirements(a, known), weights[a.id]),
            tier=FIRST if a.id == first else int(a.id in urgent),
        )
        for a in chosen
    )
    limit = MAINTENANCE_ACTIONS if known.get("healthy") is True else MOST_ACTIONS
    return Case(tuple(tasks), hours, budget, limit, first)


def requirements(action: Action, known: Known) -> tuple[str, ...]:
    """What an action requires of this business, if it is in the plan."""
    return tuple(name for name in action.requires if holds(action.only_when.get(name, {}), known))


def gates(action: Action, known: Known) -> tuple[str, ...]:
    """The legal gates that this business passes through for an action."""
    return tuple(name for name in action.gates if holds(action.gated_when.get(name, {}), known))


def importance(
    catalog: Catalog, action: Action, known: Known, findings: tuple[Finding, ...]
) -> float:
    """Impact with its boosts and with what it is worth in money, weighed by how bad the area is;
    squared, so that one thing that matters is not put off for two that matter half as much."""
    points = action.impact + sum(b.add for b in action.boosts if holds(b.when, known))
    score = next(finding.score for finding in findings if finding.area == action.area)
    weight = (points + money_points(catalog, action, known)) * (0.7 + 0.3 * score / 100)
    return max(0.0, weight) ** 2 / 100


def money_points(catalog: Catalog, action: Action, known: Known) -> float:
    """Points for what an action is worth beside the revenue of a month: all of `money_points` from
    `money_full_share` per cent of it on. What is at stake or lost counts half of a gain."""
    worth = known.get(action.worth.fact) if action.worth else None
    revenue = known.get("revenue_before", known.get("revenue_now"))
    if action.worth is None or not isinstance(worth, Money) or not isinstance(revenue, Money):
        return 0.0
    if worth.currency != revenue.currency or revenue.amount <= 0:
        return 0.0
    numbers = catalog.parameters
    full = revenue.amount * numbers["money_full_share"].value / 100
    share = min(1.0, worth.amount / full) * (1.0 if action.worth.kind == "gain" else 0.5)
    return share * numbers["money_points"].value


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


def first_action(
    actions: Iterable[Action], weights: Mapping[str, float], urgent: Container[str], hours: float
) -> str | None:
    """The quick action to begin with: free, needing nothing, within a day and a week's hours.
    Where something is urgent it is that, even if it takes more hours."""
    quick = [a for a in actions if a.quick and a.cost == 0 and not a.requires]
    fitting = [a for a in quick if a.hours <= hours or a.id in urgent]
    fitting = fitting or sorted(quick, key=lambda a: a.hours)[:1]
    best = max(fitting, key=lambda a: (a.id in urgent, weights[a.id], a.id), default=None)
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
        requires=requirements(action, known),
        gates=gates(action, known),
        first=first,
        worth=action.worth if action.worth and action.worth.fact in facts else None,
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
    return left_open or tuple(slot for slot in FRAME if known.get(slot, UNTOLD) != UNTOLD)[:1]


def insights(catalog: Catalog, known: Known) -> list[str]:
    """The weightiest things to tell this owner, at most three."""
    true = [row for row in catalog.insights if holds(row.when, known)]
    ranked = sorted(true, key=lambda row: (-row.weight, row.id))
    return [row.id for row in ranked[:INSIGHTS]]
