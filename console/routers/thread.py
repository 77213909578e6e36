"""What consultants and the owner wrote to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.interview import events as happened
from advisor.interview.consulting import Write
from advisor.render.letters import LONGEST_WORD, units
from advisor.store import StoredEvent, StoredMessage
from console.correcting import Case, Form, Proposal, Screen, decide, load
from console.desk import Desk, Member
from console.dossier import about
from console.errors import FormError

router = APIRouter()
TYPES = ("plan_sent", "word_sent", "word_returned", "answer_revised")


@dataclass(frozen=True, slots=True)
class Word:
    """One message; `by` is a consultant's name, or None for the owner."""

    kind: str
    by: str | None
    text: str
    at: datetime


@router.get("/clients/{chat_id}/words")
async def words(request: Request, desk: Member, chat_id: str) -> Response:
    """The page; whoever opens it has read what the owner answered."""
    async with desk.office() as (unit, practice):
        case = await load(desk, unit, practice, chat_id)
        said = {one.id: one for one in await practice.transcript(chat_id)}
        thread = list(words_of(await practice.happened_of(chat_id, TYPES), said))
        await practice.read_answer_of(chat_id)
        await desk.note(unit, "words_viewed", chat_id)
    return page_of(request, desk, case, thread, "", "")


@router.post("/clients/{chat_id}/words", name="write")
async def write(request: Request, desk: Member, chat_id: str) -> Response:
    """What the owner would read, or the message itself."""

    def propose(desk: Desk, case: Case, form: Form) -> Proposal:
        text = str(form.get("text", "")).strip().replace("\r\n", "\n")
        if not text:
            raise FormError("empty")
        if units(text) > LONGEST_WORD:
            raise FormError("long_word")
        return Proposal(
            "word_sent", Write(desk.account.name, case.practice, text), (), reasoned=False
        )

    def again(request: Request, desk: Desk, case: Case, sent: Form, problem: str) -> Response:
        return page_of(request, desk, case, [], str(sent.get("text", "")), problem)

    return await decide(request, desk, chat_id, Screen(propose, again, "words"))


def page_of(
    request: Request, desk: Desk, case: Case, thread: list[Word], text: str, problem: str
) -> Response:
    """The thread with the form below it."""
    return about(
        request,
        desk,
        "words.html",
        "words",
        case.found,
        status=422 if problem else 200,
        case=case,
        thread=thread,
        text=text,
        problem=problem,
        longest=LONGEST_WORD,
    )


def words_of(events: list[StoredEvent], said: Mapping[str, StoredMessage]) -> Iterator[Word]:
    """The messages, oldest first."""
    for one in events:
        match one.event:
            case happened.WordSent(by=by, text=text):
                yield Word("word", by, text, one.at)
            case happened.PlanSent(by=by, word=word, version=version):
                yield Word("plan", by, word or str(version), one.at)
            case happened.AnswerRevised(by=by, reason=reason):
                yield Word("revised", by, reason, one.at)
            case happened.WordReturned(message=message) if message in said:
                yield Word("owner", None, said[message].text or "", one.at)
