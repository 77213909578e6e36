"""What colleagues write about a client, for each other."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import Member
from console.dossier import about, dossier
from console.visits import went

router = APIRouter()
LONGEST = 4000


@router.get("/clients/{chat_id}/notes")
async def notes(request: Request, desk: Member, chat_id: str) -> Response:
    """All notes, newest first."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        await desk.note(unit, "notes_viewed", chat_id)
    return about(request, desk, "notes.html", "notes", found, longest=LONGEST)


@router.post("/clients/{chat_id}/notes", name="add_note")
async def add_note(
    request: Request, desk: Member, chat_id: str, text: Annotated[str, Form(max_length=LONGEST)]
) -> Response:
    """Add one; an empty one adds nothing."""
    if text.strip():
        async with desk.office() as (unit, practice):
            note = await practice.add_note(chat_id, desk.account.id, text.strip(), desk.now)
            await desk.note(unit, "note_added", chat_id, note=note)
    return went(request, "notes", chat_id=chat_id)
