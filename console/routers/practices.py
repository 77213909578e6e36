"""For operators: the practices of this installation."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.desk import Operator
from console.pages import page

router = APIRouter()


@router.get("/practices")
async def practices(request: Request, desk: Operator) -> Response:
    """All of them, by name."""
    async with desk.parts.store.unit() as unit:
        found = await unit.accounts.practices()
    return page(request, "practices.html", desk, practices=found)
