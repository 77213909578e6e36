"""An action of the plan in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.model import NUMERIC, Plan, PlannedAction
from advisor.render.direction import code
from advisor.render.formats import counted, format_money, join
from advisor.render.view.types import ActionView, Answered, Gate, Measure, Proof
from advisor.render.wording import Teller, begun

PAST = frozenset({"customers_before", "revenue_before"})


def action_view(teller: Teller, plan: Plan, index: int) -> ActionView:
    """One action, in full."""
    action = plan.actions[index]
    text, words = teller.catalog.action_text(teller.language, action.id), teller.words["action"]
    because = tuple(answered(teller, slot) for slot in action.because)
    rows = code(teller.language, ", ".join(action.rows))
    return ActionView(
        id=action.id,
        number=index + 1,
        name=text["name"],
        area=action.area,
        area_name=begun(teller.text("findings", action.area)["name"]),
        first=action.first,
        start_week=action.start_week,
        weeks=action.weeks,
        does=teller.tell(text["does"]),
        when=begun(when(teller, action)),
        hours=counted(words["hours"], teller.language, action.hours),
        cost=cost(teller, action),
        after=after(teller, plan, action),
        reasons=tuple(filter(None, (teller.tell(text["reasons"][r]) for r in action.reasons))),
        because=because,
        rows=action.rows,
        rows_line=words["rows"].format(rows=rows),
        evidence=tuple(proof(teller, name) for name in action.evidence),
        gates=tuple(gate(teller, name) for name in action.gates),
        steps=tuple(filter(None, map(teller.tell, text["steps"]))),
        measure=measure(teller, text["measure"], action, because),
        stop=teller.tell(text["stop"]),
    )


def answered(teller: Teller, slot: str) -> Answered:
    """An answer with its name; also that something isn't known, where the action rests on that."""
    label, value = teller.label(slot), teller.answer(slot)
    line = teller.tell(teller.words["action"]["answer"], label=begun(label), value=value)
    return Answered(slot, label, value, line)


def when(teller: Teller, action: PlannedAction) -> str:
    """The weeks in which it runs."""
    words, start = teller.words["action"], action.start_week
    if action.weeks == 1:
        return str(words["week"].format(start=start))
    return str(words["weeks"].format(start=start, end=start + action.weeks - 1))


def cost(teller: Teller, action: PlannedAction) -> str:
    """What it costs, or that it is free."""
    words, price = teller.words["action"], action.cost
    if not price.amount:
        return str(words["free"])
    told_price = format_money(teller.language, price.amount, price.currency)
    return str(words["cost"].format(cost=told_price))


def after(teller: Teller, plan: Plan, action: PlannedAction) -> str | None:
    """The actions of the plan that come before it."""
    planned = {row.id for row in plan.actions}
    names = [teller.action_name(name) for name in action.requires if name in planned]
    if not names:
        return None
    return teller.tell(
        teller.words["action"]["after"], names=join(teller.catalog, teller.language, names)
    )


def proof(teller: Teller, name: str) -> Proof:
    """A sentence of evidence."""
    status = teller.catalog.evidence[name].get("status", "measured")
    return Proof(
        name, teller.tell(teller.text("evidence", name)), teller.words["status"][status] or None
    )


def gate(teller: Teller, name: str) -> Gate:
    """A legal gate."""
    text = teller.text("gates", name)
    return Gate(name, text["name"], teller.tell(text["text"]))


def measure(
    teller: Teller, text: Any, action: PlannedAction, because: Iterable[Answered]
) -> Measure:
    """What to measure, from where the business stands to where it should be."""
    starts = [row for row in because if is_start(teller, action, row.slot)]
    start = min(starts, key=lambda row: distance(teller, action, row.slot), default=None)
    baseline = start.line if start else teller.words["action"]["baseline_unknown"]
    return Measure(teller.tell(text["what"]), baseline, teller.tell(text["target"]))


def is_start(teller: Teller, action: PlannedAction, slot: str) -> bool:
    """Whether an answer can be a starting point: it is known, and a number or of the same area."""
    row = teller.catalog.slots[slot]
    known = slot in teller.answers and teller.answers[slot].known
    return known and (row.kind in NUMERIC or row.area == action.area)


def distance(teller: Teller, action: PlannedAction, slot: str) -> tuple[bool, bool, bool]:
    """How far an answer is from the best starting point: a number of today in the same area."""
    row = teller.catalog.slots[slot]
    return slot in PAST, row.area != action.area, row.kind not in NUMERIC
