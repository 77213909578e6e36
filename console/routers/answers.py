"""What a client said: each answer with the message that it came from, and what stood before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.catalog import Catalog
from advisor.interview.events import AnswerRevised
from advisor.model import AREAS
from advisor.render.formats import format_value
from advisor.render.pressed import option_words
from advisor.render.wording import begun
from advisor.store import StoredMessage
from advisor.store.practice import StoredAnswer
from console.desk import Member
from console.dossier import about, dossier

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Said:
    """One value: in words, as it was said, and when; `pressed` tells a button from typed words,
    which has no words of its own where several options were ticked.
    `by` is the consultant who corrected it, with their reason."""

    value: str
    words: str | None
    pressed: bool
    at: datetime
    by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where answers came from: messages by their ids, corrections by slot and time."""

    messages: Mapping[str, StoredMessage]
    corrections: Mapping[tuple[str, datetime], AnswerRevised]


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what stands, and what stood before, newest first."""

    slot: str
    label: str
    now: Said | None
    before: tuple[Said, ...]


@router.get("/clients/{chat_id}/answers")
async def answers(request: Request, desk: Member, chat_id: str) -> Response:
    """All answers, by area."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        given = await practice.answers(chat_id)
        messages = {one.id: one for one in await practice.transcript(chat_id)}
        revised = await practice.happened_of(chat_id, ("answer_revised",))
        await desk.note(unit, "answers_viewed", chat_id)
    corrections = {
        (one.event.answer.slot, one.at): one.event
        for one in revised
        if isinstance(one.event, AnswerRevised)
    }
    origins = Origins(messages, corrections)
    areas = dict(by_area(desk.parts.catalog, desk.language, given, origins))
    return about(request, desk, "answers.html", "answers", found, areas=areas)


def by_area(
    catalog: Catalog,
    language: str,
    given: list[StoredAnswer],
    origins: Origins,
) -> Iterator[tuple[str, list[Row]]]:
    """Areas with the questions that were answered, in the order of the content."""
    for area in AREAS:
        slots = [slot for slot in catalog.slots.values() if slot.area == area]
        rows = []
        for slot in slots:
            history = [one for one in given if one.answer.slot == slot.id]
            if history:
                rows.append(row(catalog, language, slot.id, history, origins))
        if rows:
            yield area, rows


def row(
    catalog: Catalog,
    language: str,
    slot: str,
    history: list[StoredAnswer],
    origins: Origins,
) -> Row:
    """One question."""
    told = [said(catalog, language, one, origins) for one in history]
    stands = history[-1].replaced_at is None
    label = begun(str(catalog.question(language, slot)["label"]))
    before = told[:-1] if stands else told
    return Row(slot, label, told[-1] if stands else None, tuple(reversed(before)))


def said(catalog: Catalog, language: str, one: StoredAnswer, origins: Origins) -> Said:
    """One value of a question."""
    message = origins.messages.get(one.answer.message or "")
    value = format_value(catalog, language, one.answer.slot, one.answer)
    correction = origins.corrections.get((one.answer.slot, one.at))
    if correction is not None:
        return Said(value, None, False, one.at, correction.by, correction.reason)
    if message is None:
        return Said(value, None, False, one.at)
    pressed = message.text is None
    words = (
        option_words(catalog, language, message.option or "", message.question)
        if pressed
        else message.text
    )
    return Said(value, words, pressed, message.at)
