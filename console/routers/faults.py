"""For operators: what was given up, by the reference that an owner was told, and another try."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.desk import Operator
from console.errors import MissingError
from console.pages import page
from console.visits import went

router = APIRouter()
HIGHEST = 2**53
"""Of Telegram's numbers; anything above is no reference."""


@router.get("/faults")
async def faults(request: Request, desk: Operator, reference: str = "") -> Response:
    """The newest, or the one with a reference. No message and no owner is shown."""
    wanted = reference.strip()
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else None
    found, unsent = [], []
    async with desk.parts.store.unit() as unit:
        if not wanted or (number is not None and number < HIGHEST):
            found = await unit.dead_updates(number)
            unsent = await unit.dead_messages(number)
        queues = await unit.queues()
        await desk.note(unit, "faults_viewed")
    return page(
        request, "faults.html", desk, found=found, unsent=unsent, reference=wanted, queues=queues
    )


@router.post("/faults/updates/{bot}/{update_id}/retry")
async def retry_update(request: Request, desk: Operator, bot: str, update_id: int) -> Response:
    """Deal with it once more, as if it had come now."""
    async with desk.parts.store.unit() as unit:
        if update_id >= HIGHEST or not await unit.revive_update(bot, update_id):
            raise MissingError("missing")
        await desk.note(unit, "update_retried", reference=update_id)
    return went(request, "faults")


@router.post("/faults/messages/{number}/retry")
async def retry_message(request: Request, desk: Operator, number: int) -> Response:
    """Send it once more."""
    async with desk.parts.store.unit() as unit:
        if number >= HIGHEST or not await unit.revive_message(number):
            raise MissingError("missing")
        await desk.note(unit, "message_retried", reference=number)
    return went(request, "faults")
