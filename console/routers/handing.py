"""Giving a client to a colleague."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import Member
from console.errors import RefusedError
from console.visits import went

router = APIRouter()


@router.post("/clients/{chat_id}/hand-over")
async def hand_over(
    request: Request, desk: Member, chat_id: str, to: Annotated[str, Form()]
) -> Response:
    """From now on a colleague looks after the client."""
    async with desk.office() as (unit, practice):
        colleague = await practice.colleague(to)
        if colleague.disabled_at is not None:
            raise RefusedError("closed")
        await practice.hand_over(chat_id, colleague.id)
        await desk.note(unit, "client_handed_over", chat_id, to=colleague.id)
    return went(request, "client", chat_id=chat_id)
