"""For operators: the practices of this installation, and who leads a new one."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import Operator
from console.links import link_to
from console.pages import page
from console.routers.team import DAYS
from console.security.tokens import digest, new_token

router = APIRouter()
LONGEST_NAME = 80


@router.get("/practices")
async def practices(request: Request, desk: Operator) -> Response:
    """All of them, by name."""
    async with desk.parts.store.unit() as unit:
        found = await unit.accounts.practices()
    return page(request, "practices.html", desk, practices=found, longest=LONGEST_NAME)


@router.post("/practices", name="add_practice")
async def add_practice(
    request: Request,
    desk: Operator,
    name: Annotated[str, Form(min_length=1, max_length=LONGEST_NAME)],
    email: Annotated[str, Form(max_length=200, pattern=r".+@.+")],
) -> Response:
    """A new practice, with a link for whoever leads it."""
    token = new_token()
    async with desk.parts.store.unit() as unit:
        made = await unit.accounts.add_practice(" ".join(name.split()), desk.now)
        invited = await unit.practice(made.id).invite_colleague(
            digest(token), email.strip(), "lead", desk.now, DAYS
        )
        await desk.note(unit, "practice_added", practice=made.id, invitation=invited)
    link = link_to(request, "join", token=token)
    return page(request, "invited_colleague.html", desk, email=email.strip(), link=link, days=DAYS)
