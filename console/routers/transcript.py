"""What was said in the chat, line by line."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.catalog import Catalog
from advisor.render.formats import format_value
from advisor.render.pressed import pressed_words
from advisor.store import StoredMessage
from advisor.store.practice import StoredAnswer
from console.desk import Member
from console.dossier import about, dossier

router = APIRouter()


@router.get("/clients/{chat_id}/transcript")
async def transcript(request: Request, desk: Member, chat_id: str) -> Response:
    """The whole transcript, oldest first."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        lines = await practice.transcript(chat_id)
        given = await practice.answers(chat_id)
        agreements = await practice.agreements(chat_id)
        await desk.note(unit, "transcript_viewed", chat_id)
    catalog, language = desk.parts.catalog, desk.language
    pressed = {
        line.id: words(catalog, language, line, given) for line in lines if line.text is None
    }
    return about(
        request,
        desk,
        "transcript.html",
        "transcript",
        found,
        lines=lines,
        pressed=pressed,
        agreements=agreements,
    )


def words(
    catalog: Catalog, language: str, line: StoredMessage, given: list[StoredAnswer]
) -> str | None:
    """What stood on a button: where that depended on the moment, the answer that it gave."""
    known = pressed_words(catalog, language, line.option, line.question)
    if known is not None:
        return known
    answers = (one.answer for one in given if one.answer.message == line.id)
    return next((format_value(catalog, language, one.slot, one) for one in answers), None)
