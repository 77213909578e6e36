"""What was said in the chat, line by line."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.desk import Member
from console.dossier import about, dossier
from console.routers.answers import pressed_words

router = APIRouter()


@router.get("/clients/{chat_id}/transcript")
async def transcript(request: Request, desk: Member, chat_id: str) -> Response:
    """The whole transcript, oldest first."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        lines = await practice.transcript(chat_id)
        await desk.note(unit, "transcript_viewed", chat_id)
    catalog, language = desk.parts.catalog, desk.language
    pressed = {
        line.id: pressed_words(catalog, language, line) or line.option
        for line in lines
        if line.text is None
    }
    return about(
        request, desk, "transcript.html", "transcript", found, lines=lines, pressed=pressed
    )
