"""Changing the plan by hand: an action's week, hours or words, one left out, one of one's own, and
all of it undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.amendments import Alteration, Amendment, Dropped, Undone, standing
from advisor.interview.consulting import Amend
from advisor.model import PLAN_AREAS, PlannedAction
from advisor.render.direction import bare
from advisor.render.view import plan_view
from advisor.render.view.types import ActionView
from console.action_forms import LONGEST, added, alterations, fields_of
from console.correcting import Case, Form, Name, Proposal, Screen, Side, decide, load
from console.desk import Desk, Member
from console.dossier import about
from console.errors import FormError, MissingError
from console.meanwhile import Told

router = APIRouter()


@router.get("/clients/{chat_id}/actions/{action}")
async def action(request: Request, desk: Member, chat_id: str, action: str) -> Response:
    """The form of an action."""
    async with desk.office() as (unit, practice):
        case = await load(desk, unit, practice, chat_id)
        await desk.note(unit, "client_viewed", chat_id)
    return action_form(request, desk, case, action, None, "")


@router.post("/clients/{chat_id}/actions/{action}", name="amend_action")
async def amend_action(request: Request, desk: Member, chat_id: str, action: str) -> Response:
    """What it would change, or the change itself."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        planned, view = both(desk, case, action)
        if form.get("drop"):
            side = Side(bare(view.name), bare(view.when), words(desk)["left_out"])
            return proposal(desk, case, form, [Dropped(action)], [side])
        changes = list(alterations(planned, view, case.language, form))
        if not changes:
            raise FormError("nothing")
        return proposal(desk, case, form, changes, sides(desk, fields_of(planned, view), form))

    def again(request: Request, desk: Desk, case: Case, sent: Form, problem: str) -> Response:
        return action_form(request, desk, case, action, sent, problem)

    return await decide(request, desk, chat_id, Screen(propose, again))


@router.get("/clients/{chat_id}/add-action")
async def own_action(request: Request, desk: Member, chat_id: str) -> Response:
    """The form of an action of one's own."""
    async with desk.office() as (unit, practice):
        case = await load(desk, unit, practice, chat_id)
        await desk.note(unit, "client_viewed", chat_id)
    return own_form(request, desk, case, {}, "")


@router.post("/clients/{chat_id}/add-action", name="add_action")
async def add_action(request: Request, desk: Member, chat_id: str) -> Response:
    """What it would change, or the new action."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        number = str(len(case.interview.state.amendments) + 1)
        change = added(form, case.language, number)
        empty = dict.fromkeys(("name", "week", "hours", "steps", "why"), "")
        return proposal(desk, case, form, [change], sides(desk, empty, form))

    return await decide(request, desk, chat_id, Screen(propose, own_form))


@router.post("/clients/{chat_id}/undo", name="undo")
async def undo(request: Request, desk: Member, chat_id: str) -> Response:
    """What undoing would change, or the undoing."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        made = case.interview.state.amendments
        found = next((one for one in standing(made) if one.id == form.get("amendment")), None)
        if found is None:
            raise FormError("gone")
        told = Told(desk.parts.catalog, desk.language, case.plan, made).text(found)
        side = Side(words(desk)["undoing"], told, "")
        return proposal(desk, case, form, [Undone(found.id)], [side], "amendment_undone")

    def again(request: Request, desk: Desk, case: Case, sent: Form, problem: str) -> Response:
        raise MissingError("missing")

    return await decide(request, desk, chat_id, Screen(propose, again))


def words(desk: Desk) -> Mapping[str, str]:
    """The words of these pages."""
    found: Mapping[str, str] = desk.parts.texts[desk.language]["changes"]
    return found


def both(desk: Desk, case: Case, action: str) -> tuple[PlannedAction, ActionView]:
    """An action of the plan, and the same in the owner's language. Raises MissingError."""
    plan = case.plan
    index = next((n for n, one in enumerate(plan.actions) if one.id == action), None)
    if index is None:
        raise MissingError("missing")
    return plan.actions[index], plan_view(desk.parts.catalog, plan, case.language).actions[index]


def proposal(
    desk: Desk,
    case: Case,
    form: Form,
    changes: Iterable[Alteration],
    compared: Iterable[Side],
    name: Name = "plan_amended",
) -> Proposal:
    """The amendments that changes are, signed."""
    reason, at = str(form.get("reason", "")).strip(), desk.now.isoformat()
    begins = len(case.interview.state.amendments)
    made = tuple(
        Amendment(f"{begins + n}", desk.account.name, at, reason, change)
        for n, change in enumerate(changes, 1)
    )
    return Proposal(name, Amend(made), tuple(compared))


def sides(desk: Desk, before: Mapping[str, str], form: Form) -> list[Side]:
    """What differs, as it stands and as it is wanted."""
    labels = desk.parts.texts[desk.language]["changes"]["fields"]
    wanted = {name: str(form.get(name, "")).strip() for name in before}
    return [
        Side(labels[name], now, wanted[name])
        for name, now in before.items()
        if now.split() != wanted[name].split()
    ]


def action_form(
    request: Request, desk: Desk, case: Case, action: str, sent: Form | None, problem: str
) -> Response:
    """The form of an action; what was sent stays in it."""
    planned, view = both(desk, case, action)
    return about(
        request,
        desk,
        "action_form.html",
        "changes",
        case.found,
        status=422 if problem else 200,
        case=case,
        action=view,
        filled=sent if sent is not None and not sent.get("drop") else fields_of(planned, view),
        longest=LONGEST,
        problem=problem,
    )


def own_form(request: Request, desk: Desk, case: Case, sent: Form, problem: str) -> Response:
    """The form of an action of one's own."""
    empty = {"week": "1", "weeks": "1", "hours": "1", "cost": "0", "area": case_area(case)}
    return about(
        request,
        desk,
        "own_action_form.html",
        "changes",
        case.found,
        status=422 if problem else 200,
        case=case,
        areas=PLAN_AREAS,
        filled={**empty, **sent},
        longest=LONGEST,
        problem=problem,
    )


def case_area(case: Case) -> str:
    """The area that is worst."""
    return case.found.client.worst_area or PLAN_AREAS[0]
