"""What was changed by hand, who stands for a version of the plan, and sending it to its owner."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.amendments import standing
from advisor.interview.consulting import Approve, Send
from advisor.render.letters import LONGEST_WORD, units
from advisor.render.view import plan_view
from console.correcting import Case, Form, Proposal, Screen, decide, load
from console.desk import Desk, Member
from console.dossier import about
from console.errors import FormError
from console.meanwhile import news

router = APIRouter()
HISTORY = (
    "answer_revised",
    "plan_amended",
    "plan_approved",
    "plan_sent",
    "plan_signed",
)


@router.get("/clients/{chat_id}/changes")
async def changes(request: Request, desk: Member, chat_id: str) -> Response:
    """The page."""
    async with desk.office() as (unit, practice):
        case = await load(desk, unit, practice, chat_id)
        happened = await practice.happened_of(chat_id, HISTORY)
        await desk.note(unit, "changes_viewed", chat_id)
    state, catalog = case.interview.state, desk.parts.catalog
    made = {one.id for one in standing(state.amendments)}
    return about(
        request,
        desk,
        "changes.html",
        "changes",
        case.found,
        case=case,
        state=state,
        plan=plan_view(catalog, case.plan, desk.language),
        made=made,
        history=news(catalog, desk.language, case.plan, state.amendments, reversed(happened)),
        longest=LONGEST_WORD,
        problem="",
        word="",
    )


@router.post("/clients/{chat_id}/approve", name="approve")
async def approve(request: Request, desk: Member, chat_id: str) -> Response:
    """Stand for the newest version."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        version = newest(case, form)
        return Proposal("plan_approved", Approve(version, desk.account.name), (), reasoned=False)

    return await decide(request, desk, chat_id, Screen(propose, word_form))


@router.post("/clients/{chat_id}/send", name="send_plan")
async def send_plan(request: Request, desk: Member, chat_id: str) -> Response:
    """What the owner would read, or the sending."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        version, word = newest(case, form), str(form.get("word", "")).strip()
        if case.interview.state.approved != version:
            raise FormError("not_approved")
        if units(word) > LONGEST_WORD:
            raise FormError("long_word")
        act = Send(version, desk.account.name, case.practice, word.replace("\r\n", "\n"))
        return Proposal("plan_sent", act, (), reasoned=False)

    return await decide(request, desk, chat_id, Screen(propose, word_form))


def newest(case: Case, form: Form) -> int:
    """The version that a form is about, which must be the newest. Raises FormError."""
    if case.stored is None:
        raise FormError("no_plan")
    if str(form.get("version")) != str(case.stored.version):
        raise FormError("newer")
    return case.stored.version


def word_form(request: Request, desk: Desk, case: Case, sent: Form, problem: str) -> Response:
    """The form of the personal word again, with what is wrong."""
    return about(
        request,
        desk,
        "word_form.html",
        "changes",
        case.found,
        status=409 if problem == "newer" else 422,
        case=case,
        state=case.interview.state,
        longest=LONGEST_WORD,
        problem=problem,
        word=str(sent.get("word", "")),
    )
