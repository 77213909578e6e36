"""An action of the plan in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from advisor.amendments import OWN, Wording
from advisor.model import Plan, PlannedAction, Worth
from advisor.render.direction import code, isolate
from advisor.render.formats import counted, format_fact, format_money, join
from advisor.render.view.amendments import amendment_view
from advisor.render.view.drafts import draft_views
from advisor.render.view.money import money_line
from advisor.render.view.types import ActionView, Answered, Gate, Measure, Proof
from advisor.render.wording import Teller, begun, sentences


def action_view(teller: Teller, plan: Plan, index: int) -> ActionView:
    """One action, in full."""
    action = plan.actions[index]
    said, words = told_action(teller, action), teller.words["action"]
    because = tuple(answered(teller, slot) for slot in action.because)
    rows = code(teller.language, ", ".join(action.rows))
    return ActionView(
        id=action.id,
        number=index + 1,
        name=teller.action_name(action.id),
        area=action.area,
        area_name=begun(teller.text("findings", action.area)["name"]),
        first=action.first,
        start_week=action.start_week,
        weeks=action.weeks,
        does=said.does,
        when=begun(when(teller, action)),
        hours=counted(words["hours"], teller.language, action.hours),
        cost=cost(teller, action),
        after=after(teller, plan, action),
        reasons=said.reasons,
        because=because,
        rows=action.rows,
        rows_line=words["rows"].format(rows=rows) if rows else words["own"],
        evidence=tuple(proof(teller, name) for name in action.evidence),
        gates=tuple(gate(teller, plan, index, name) for name in action.gates),
        steps=said.steps,
        measure=Measure(said.what, start(teller, action), said.target),
        stop=said.stop,
        drafts=draft_views(teller, action.id, [row.id for row in plan.actions[:index]]),
        changes=tuple(
            amendment_view(teller, one, idle=False).line
            for one in plan.amendments
            if getattr(one.change, "action", None) == action.id
        ),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """An action in sentences, wherever they come from."""

    does: str = ""
    reasons: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    what: str = ""
    target: str = ""
    stop: str = ""


def told_action(teller: Teller, action: PlannedAction) -> Told:
    """What the catalogue says of an action, with a consultant's words in place of those that they
    changed."""
    wording = teller.wording(action.id)
    said = Told() if action.id.startswith(OWN) else by_catalog(teller, action)
    return said if wording is None else reworded(teller, said, wording)


def by_catalog(teller: Teller, action: PlannedAction) -> Told:
    """What the catalogue says."""
    text = teller.catalog.action_text(teller.language, action.id)
    return Told(
        does=teller.tell(text["does"]),
        reasons=tuple(reasons(teller, text, action)),
        steps=tuple(filter(None, map(teller.tell, text["steps"]))),
        what=teller.tell(text["measure"]["what"]),
        target=teller.tell(text["measure"]["target"]),
        stop=teller.tell(text["stop"]),
    )


def reworded(teller: Teller, said: Told, wording: Wording) -> Told:
    """The same with what the wording has of its own; a target of another measure would mislead."""
    steps = tuple(isolate(teller.language, step) for step in wording.steps)
    why, what, stop = (
        isolate(teller.language, words) for words in (wording.why, wording.measure, wording.stop)
    )
    return replace(
        said,
        reasons=(why,) if why else said.reasons,
        steps=steps or said.steps,
        what=what or said.what,
        target="" if what else said.target,
        stop=stop or said.stop,
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


def gate(teller: Teller, plan: Plan, index: int, name: str) -> Gate:
    """A legal gate, and the action before that has it too."""
    text = teller.text("gates", name)
    numbers = (n for n, action in enumerate(plan.actions[:index], 1) if name in action.gates)
    return Gate(name, text["name"], teller.tell(text["text"]), next(numbers, None))


def reasons(teller: Teller, text: Any, action: PlannedAction) -> Iterator[str]:
    """Why it is there, with what it is worth where the answers allow a sum."""
    told = (teller.tell(text["reasons"][reason]) for reason in action.reasons)
    yield from filter(None, told)
    if action.worth is not None:
        yield from filter(None, [worth(teller, action.worth)])


def worth(teller: Teller, worth: Worth) -> str:
    """The action in money: the sum and the first sentence of how it was worked out."""
    formula = teller.tell(sentences(teller.words["money"][worth.fact]["formula"])[0])
    value = format_fact(teller.catalog, teller.language, teller.facts[worth.fact], inside=True)
    template = teller.words["action"]["worth"][worth.kind]
    inside = formula[:1].lower() + formula[1:].rstrip(".")
    return teller.tell(template, value=value, formula=inside)


def start(teller: Teller, action: PlannedAction) -> str:
    """Where the business stands, to measure from; of a person's own measure that isn't known."""
    wording = teller.wording(action.id)
    if wording is not None and wording.measure:
        return str(teller.words["action"]["baseline_unknown"])
    return baseline(teller, action)


def baseline(teller: Teller, action: PlannedAction) -> str:
    """Where the business stands by the answers."""
    found = teller.catalog.actions.get(action.id)
    names = found.baseline if found is not None else ()
    start = next(filter(None, (starting(teller, name) for name in names)), None)
    return start or str(teller.words["action"]["baseline_unknown"])


def starting(teller: Teller, name: str) -> str | None:
    """A known answer or fact with its name."""
    if name in teller.catalog.slots:
        known = name in teller.answers and teller.answers[name].known
        return answered(teller, name).line if known else None
    line = money_line(teller, name)
    template = teller.words["action"]["answer"]
    return teller.tell(template, label=line.name, value=line.value) if line else None
