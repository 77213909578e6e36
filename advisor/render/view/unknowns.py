"""What isn't known, and what one more answer would change."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.model import Plan
from advisor.render.formats import join
from advisor.render.view.types import UnknownView
from advisor.render.wording import Teller, begun
from advisor.whatif import swing

MOST = 6
NAMED = 3


def unknowns(teller: Teller, plan: Plan) -> tuple[UnknownView, ...]:
    """What the owner didn't know, then the one answer that each area misses most, if it could
    change the plan; those that could come first."""
    slots = [slot for slot in teller.catalog.slots if slot in plan.answers]
    open_slots = [slot for slot in slots if not plan.answers[slot].known]
    wanted = [finding.missing for finding in plan.findings if finding.missing]
    views = [unknown(teller, plan, slot) for slot in dict.fromkeys((*open_slots, *wanted))]
    told = [view for view in views if view.effects or view.slot in open_slots]
    return tuple(sorted(told, key=lambda view: not view.effects)[:MOST])


def unknown(teller: Teller, plan: Plan, slot: str) -> UnknownView:
    """One thing that isn't known."""
    added, removed = swing(teller.catalog, plan, slot)
    words = teller.words["unknown"]
    effects = (effect(teller, words["adds"], added), effect(teller, words["removes"], removed))
    why = teller.catalog.question(teller.language, slot)["why"]
    return UnknownView(slot, begun(teller.label(slot)), why, tuple(filter(None, effects)))


def effect(teller: Teller, template: str, actions: Sequence[str]) -> str:
    """The actions that an answer would move, a few of them by name."""
    ranked = sorted(actions, key=lambda name: -teller.catalog.actions[name].impact)[:NAMED]
    names = join(teller.catalog, teller.language, [teller.action_name(name) for name in ranked])
    return teller.tell(template, names=names) if names else ""
