"""For operators: what was given up, by the reference that an owner was told."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.desk import Operator
from console.pages import page

router = APIRouter()
HIGHEST = 2**53
"""Of Telegram's numbers; anything above is no reference."""


@router.get("/faults")
async def faults(request: Request, desk: Operator, reference: str = "") -> Response:
    """The newest, or the one with a reference. No message and no owner is shown."""
    wanted = reference.strip()
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else None
    found = []
    async with desk.parts.store.unit() as unit:
        if not wanted or (number is not None and number < HIGHEST):
            found = await unit.dead_updates(number)
        queues = await unit.queues()
        await desk.note(unit, "faults_viewed")
    return page(request, "faults.html", desk, found=found, reference=wanted, queues=queues)
