"""A plan with what consultants changed in it, and what is to be minded about that.

The plan that the answers give stays as it is underneath: a plan made anew from other answers keeps
the amendments that still fit, and names those that don't.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from advisor.amendments import Added, Amendment, Dropped, Moved, Resized, Reworded, standing
from advisor.capacity import TOLERANCE, money_by
from advisor.catalog import Catalog
from advisor.facts import known_values
from advisor.model import WEEKS, Answers, Money, Plan, PlannedAction
from advisor.planning import SHEKELS, capacity, make_plan

Actions = dict[str, PlannedAction]


def amended_plan(catalog: Catalog, answers: Answers, amendments: Iterable[Amendment]) -> Plan:
    """The plan for these answers, with what was changed in it."""
    return amend(make_plan(catalog, answers), amendments)


def amend(plan: Plan, amendments: Iterable[Amendment]) -> Plan:
    """A plan as the answers give it, amended: in order, so that the last word on something counts.
    Where an amendment's action isn't in the plan, it is told to be idle."""
    actions = {action.id: action for action in plan.actions}
    made = standing(amendments)
    idle = tuple(one.id for one in made if not applies(actions, one))
    ordered = sorted(actions.values(), key=lambda action: action.start_week)
    return replace(plan, actions=tuple(ordered), amendments=made, idle=idle)


def applies(actions: Actions, amendment: Amendment) -> bool:
    """Change the actions; whether there was anything to change."""
    change = amendment.change
    if isinstance(change, Added):
        actions[change.action] = own(change)
        return True
    action = actions.get(getattr(change, "action", ""))
    match change:
        case _ if action is None:
            return False
        case Dropped():
            del actions[action.id]
        case Moved(new=week):
            actions[action.id] = starting(action, week)
        case Resized(new=hours):
            actions[action.id] = replace(action, hours=hours)
        case Reworded(wording=wording):
            actions[action.id] = replace(action, wording=wording)
    return True


def starting(action: PlannedAction, week: int) -> PlannedAction:
    """The action from another week on; what would run beyond the last one is pressed together."""
    start = min(max(week, 1), WEEKS)
    return replace(action, start_week=start, weeks=min(action.weeks, WEEKS + 1 - start))


def own(change: Added) -> PlannedAction:
    """An action that a consultant added: it rests on their word alone."""
    made = PlannedAction(
        id=change.action,
        area=change.area,
        start_week=change.week,
        weeks=change.weeks,
        hours=change.hours,
        cost=Money(change.cost, SHEKELS),
        impact=0,
        reasons=(),
        because=(),
        rows=(),
        evidence=(),
        requires=(),
        gates=(),
        wording=change.wording,
    )
    return starting(made, change.week)


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to mind before a plan goes out. prerequisite: `action` begins before `other`, which
    it needs, is over, or `other` is not in the plan. hours: in `week` they come to `amount` where
    there are `limit`. budget: by `week` it costs `amount` where `limit` will have come in."""

    kind: Literal["prerequisite", "hours", "budget"]
    action: str = ""
    other: str = ""
    week: int = 0
    amount: float = 0.0
    limit: float = 0.0


def concerns(catalog: Catalog, plan: Plan) -> tuple[Concern, ...]:
    """What is to be minded about a plan; nothing about one that nobody changed."""
    hours, budget = capacity(catalog, known_values(plan.answers, plan.facts))
    found = (*too_early(catalog, plan), *too_full(plan, hours), *too_dear(plan, budget))
    return tuple(found)


def too_early(catalog: Catalog, plan: Plan) -> Iterator[Concern]:
    """Actions that begin before what they need is done; of what was never in the plan, the schedule
    knew without us."""
    ends = {action.id: action.start_week + action.weeks for action in plan.actions}
    dropped = {a.change.action for a in plan.amendments if isinstance(a.change, Dropped)}
    for action in plan.actions:
        for needed in action.requires:
            early = needed in ends and ends[needed] > action.start_week
            if early or (needed in dropped and needed not in ends):
                yield Concern("prerequisite", action.id, needed)


def too_full(plan: Plan, hours: float) -> Iterator[Concern]:
    """The fullest week, where it takes more hours than there are."""
    used = {
        week: sum(action.hours / action.weeks for action in plan.actions if runs(action, week))
        for week in range(1, WEEKS + 1)
    }
    fullest = max(used, key=lambda week: (used[week], -week))
    if used[fullest] > hours + TOLERANCE:
        yield Concern("hours", week=fullest, amount=used[fullest], limit=hours)


def too_dear(plan: Plan, budget: float) -> Iterator[Concern]:
    """The first week by which more is spent than will have come in."""
    for week in range(1, WEEKS + 1):
        spent = sum(a.cost.amount for a in plan.actions if a.start_week <= week)
        if spent > money_by(week, budget) + TOLERANCE:
            yield Concern("budget", week=week, amount=spent, limit=money_by(week, budget))
            return


def runs(action: PlannedAction, week: int) -> bool:
    """Whether an action runs in a week."""
    return action.start_week <= week < action.start_week + action.weeks


def new_concerns(catalog: Catalog, before: Plan, after: Plan) -> tuple[Concern, ...]:
    """What is to be minded about a plan and wasn't about the one before."""
    old = concerns(catalog, before)
    return tuple(one for one in concerns(catalog, after) if one not in old)
