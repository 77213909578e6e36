"""Correcting an answer of an owner's: looked at first, then done, with a reason that they read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.interview.consulting import Revise
from advisor.model import Answer, AnswerState, Kind, Slot
from advisor.render.formats import format_value
from advisor.render.wording import begun
from console.answer_forms import CURRENCIES, UNITS, read_answer, shown_value
from console.correcting import Case, Form, Proposal, Screen, Side, decide, load
from console.desk import Desk, Member
from console.dossier import about
from console.errors import MissingError

router = APIRouter()


@router.get("/clients/{chat_id}/answers/{slot}")
async def answer(request: Request, desk: Member, chat_id: str, slot: str) -> Response:
    """The form, with what stands."""
    async with desk.office() as (unit, practice):
        case = await load(desk, unit, practice, chat_id)
        await desk.note(unit, "answers_viewed", chat_id)
    return form(request, desk, case, slot_of(desk, slot), None, "")


@router.post("/clients/{chat_id}/answers/{slot}", name="correct_answer")
async def correct_answer(request: Request, desk: Member, chat_id: str, slot: str) -> Response:
    """What it would change, or the correction itself."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        return proposal(desk, case, slot_of(desk, slot), form)

    def again(request: Request, desk: Desk, case: Case, sent: Form, problem: str) -> Response:
        return form(request, desk, case, slot_of(desk, slot), sent, problem)

    return await decide(request, desk, chat_id, Screen(propose, again))


def slot_of(desk: Desk, name: str) -> Slot:
    """A slot by its id. Raises MissingError."""
    slot = desk.parts.catalog.slots.get(name)
    if slot is None:
        raise MissingError("missing")
    return slot


def proposal(desk: Desk, case: Case, slot: Slot, form: Form) -> Proposal:
    """The correction that a form asks for. Raises FormError."""
    wanted = read_answer(slot, form, form["chosen"])
    before = case.interview.state.answers.get(slot.id, Answer(slot.id, AnswerState.UNKNOWN))
    catalog, language = desk.parts.catalog, desk.language
    side = Side(
        begun(str(catalog.question(language, slot.id)["label"])),
        format_value(catalog, language, slot.id, before),
        format_value(catalog, language, slot.id, wanted),
    )
    reason = str(form.get("reason", "")).strip()
    act = Revise(wanted, desk.account.name, case.practice, reason)
    return Proposal("answer_corrected", act, (side,))


def form(
    request: Request, desk: Desk, case: Case, slot: Slot, sent: Form | None, problem: str
) -> Response:
    """The page with the input that fits; what was sent stays in it."""
    catalog, language = desk.parts.catalog, desk.language
    now = case.interview.state.answers.get(slot.id)
    names = ("true", "false") if slot.kind is Kind.YESNO else slot.options
    return about(
        request,
        desk,
        "answer_form.html",
        "answers",
        case.found,
        status=422 if problem else 200,
        case=case,
        slot=slot,
        label=begun(str(catalog.question(language, slot.id)["label"])),
        asked=catalog.question(language, slot.id)["ask"],
        stands=format_value(catalog, language, slot.id, now) if now else None,
        filled=sent if sent is not None else shown_value(slot, now),
        options={name: catalog.option_label(language, slot.id, name) for name in names},
        units=tuple(CURRENCIES if slot.kind is Kind.MONEY else UNITS),
        problem=problem,
    )
