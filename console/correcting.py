"""Changing what an owner has: looked at first, told what happened meanwhile, and then done.

Each form carries the turn of the interview that it was made from. What somebody else changed since
is told beside what is wanted, and nothing is done until that was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import Response

from advisor.amending import Concern, amended_plan, new_concerns
from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.interview import replay
from advisor.interview.consulting import Act, consult
from advisor.model import Plan
from advisor.render.compare import tell_difference
from advisor.render.formats import format_money
from advisor.render.letters import (
    LONGEST_REASON,
    plan_letter,
    revision_letter,
    units,
    word_letter,
)
from advisor.render.view.amendments import teller_of
from advisor.store import StoredInterview, StoredPlan, Unit
from advisor.store.codec import plan_from_json
from advisor.store.practice import Practice
from console.answer_forms import plain
from console.desk import Desk
from console.dossier import Dossier, about, dossier
from console.errors import FormError, MissingError
from console.meanwhile import News, news
from console.visits import went

Form = Mapping[str, Any]
Name = Literal[
    "answer_corrected",
    "plan_amended",
    "amendment_undone",
    "plan_approved",
    "plan_sent",
    "word_sent",
]
"""What is done, as the audit log has it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A client as they stand: the interview, the plan that would be made now, its newest version,
    the plan that the owner saw last, and what happened since a form was made."""

    found: Dossier
    interview: StoredInterview
    plan: Plan
    stored: StoredPlan | None
    seen: Plan | None
    practice: str
    meanwhile: tuple[News, ...]

    @property
    def language(self) -> str:
        """The owner's."""
        return self.interview.state.language


@dataclass(frozen=True, slots=True)
class Side:
    """One thing as it stands, and as it is wanted."""

    label: str
    now: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be done: its name in the words of the page and in the audit log, both sides, and
    whether it takes a reason."""

    name: Name
    act: Act
    sides: tuple[Side, ...]
    reasoned: bool = True


async def load(
    desk: Desk, unit: Unit, practice: Practice, chat_id: str, turns: int | None = None
) -> Case:
    """A client of the practice, whose owner's turns wait until the unit ends. Raises
    NotStoredError where the practice has none such."""
    found = await dossier(desk, practice, chat_id)
    await unit.hold_chat(chat_id)
    interview = await practice.interview(chat_id)
    if interview is None:
        raise MissingError("missing")
    state, catalog = interview.state, desk.parts.catalog
    plan = amended_plan(catalog, state.answers, state.amendments)
    since = await practice.happened_since(chat_id, turns) if turns is not None else []
    last = await unit.recent(chat_id, ("plan",), 1)
    seen = await practice.plan_by_id(chat_id, last[0].payload["plan"]) if last else None
    return Case(
        found,
        interview,
        plan,
        await practice.plan(chat_id),
        plan_from_json(seen.document) if seen else None,
        await practice.name(),
        news(catalog, desk.language, plan, state.amendments, since),
    )


@dataclass(frozen=True, slots=True)
class Screen:
    """A thing that can be done: how its form is read and shown, and the page after it. `propose`
    raises FormError."""

    propose: Callable[[Desk, Case, Form], Proposal]
    form: Callable[[Request, Desk, Case, Form, str], Response]
    after: str = "changes"


async def decide(request: Request, desk: Desk, chat_id: str, screen: Screen) -> Response:
    """Show what a form would change, or do it."""
    sent = await request.form()
    form: Form = {name: sent.getlist(name)[-1] for name in sent}
    form = {**form, "chosen": [str(one) for one in sent.getlist("chosen")]}
    async with desk.office() as (unit, practice):
        case = await load(desk, unit, practice, chat_id, turn_of(form))
        try:
            proposal = screen.propose(desk, case, form)
        except FormError as error:
            return screen.form(request, desk, case, form, error.words)
        outlook = look_ahead(desk, case, proposal)
        problem = refusal(case, proposal, outlook, form)
        if problem is None and form.get("step") == "do":
            await desk.parts.owners.act(unit, chat_id, proposal.act)
            await desk.note(unit, proposal.name, chat_id, turn=case.interview.turns)
            return went(request, screen.after, chat_id=chat_id)
    return about(
        request,
        desk,
        "decide.html",
        "changes",
        case.found,
        status=409 if case.meanwhile else 422 if problem else 200,
        case=case,
        proposal=proposal,
        outlook=outlook,
        problem=problem,
        kept=kept(form),
        reason=str(form.get("reason", "")),
        longest=LONGEST_REASON,
        path=request.url.path,
    )


def turn_of(form: Form) -> int:
    """The turn that a form was made from."""
    sent = str(form.get("turns", ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def kept(form: Form) -> list[tuple[str, str]]:
    """What a form said, to be sent again."""
    own = ("form_token", "turns", "step", "reason", "anyway", "chosen")
    rows = [(name, str(value)) for name, value in form.items() if name not in own]
    return [*rows, *(("chosen", value) for value in form["chosen"])]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of it: changes of the plan, what is to be minded, what the owner reads."""

    changes: tuple[str, ...]
    minded: tuple[str, ...]
    letter: str


def look_ahead(desk: Desk, case: Case, proposal: Proposal) -> Outlook:
    """The plan made anew, and what is said of it; nothing is kept."""
    catalog, language = desk.parts.catalog, desk.language
    events = consult(catalog, case.interview.state, proposal.act)
    after = replay(case.interview.state, events)
    plan = amended_plan(catalog, after.answers, after.amendments)
    changes: tuple[str, ...] = ()
    if (after.answers, after.amendments) != (
        case.interview.state.answers,
        case.interview.state.amendments,
    ):
        changes = tell_difference(catalog, language, case.plan, plan)
    minded = new_concerns(catalog, case.plan, plan)
    words = desk.parts.texts[language]["changes"]["concerns"]
    told = tuple(concern(catalog, language, words, case.plan, plan, one) for one in minded)
    return Outlook(
        changes, told, "\n\n".join(filter(None, (letter(desk, case, e) for e in events)))
    )


def letter(desk: Desk, case: Case, event: happened.Event) -> str:
    """What the owner reads of an event."""
    catalog, language = desk.parts.catalog, case.language
    match event:
        case happened.AnswerRevised():
            return revision_letter(catalog, language, event)
        case happened.WordSent():
            return word_letter(catalog, language, event)
        case happened.PlanSent():
            return plan_letter(catalog, language, event, news_for_owner(desk, case))
    return ""


def news_for_owner(desk: Desk, case: Case) -> tuple[str, ...]:
    """What changed since the plan that the owner saw last."""
    if case.stored is None or case.seen is None:
        return ()
    now = plan_from_json(case.stored.document)
    if now == case.seen:
        return ()
    return tell_difference(desk.parts.catalog, case.language, case.seen, now)


def concern(
    catalog: Catalog, language: str, words: Mapping[str, str], old: Plan, new: Plan, one: Concern
) -> str:
    """Something to mind, in words."""
    teller = teller_of(catalog, language, new, old.amendments)
    if one.kind == "prerequisite":
        names = {"action": teller.action_name(one.action), "other": teller.action_name(one.other)}
        return words[one.kind].format(**names)
    amounts = (one.amount, one.limit)
    if one.kind == "budget":
        amount, limit = (format_money(language, sum_, "ILS") for sum_ in amounts)
    else:
        amount, limit = (plain(round(hours, 1)) for hours in amounts)
    return words[one.kind].format(week=one.week, amount=amount, limit=limit)


def refusal(case: Case, proposal: Proposal, outlook: Outlook, form: Form) -> str | None:
    """Why it isn't done now, where it was asked to be."""
    if form.get("step") != "do":
        return None
    reason = str(form.get("reason", "")).strip()
    if case.meanwhile:
        return "meanwhile"
    if proposal.reasoned and not reason:
        return "reason"
    if units(reason) > LONGEST_REASON:
        return "long_reason"
    if outlook.minded and not form.get("anyway"):
        return "anyway"
    return None
