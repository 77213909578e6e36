"""For leads: the people of the practice."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import Lead
from console.errors import RefusedError
from console.links import link_to
from console.pages import page
from console.security.tokens import digest, new_token
from console.visits import went

router = APIRouter()
DAYS = 7
"""That a colleague has."""


@router.get("/team")
async def team(request: Request, desk: Lead) -> Response:
    """Everybody, and who was invited."""
    async with desk.office() as (unit, practice):
        colleagues = await practice.colleagues()
        loads = await practice.loads()
        waiting = [
            one for one in await practice.open_invitations(desk.now) if one.kind == "colleague"
        ]
        await desk.note(unit, "team_viewed")
    return page(
        request, "team.html", desk, colleagues=colleagues, loads=loads, waiting=waiting, days=DAYS
    )


@router.post("/team", name="invite_colleague")
async def invite_colleague(
    request: Request,
    desk: Lead,
    email: Annotated[str, Form(max_length=200, pattern=r".+@.+")],
    role: Annotated[Literal["consultant", "lead"], Form()],
) -> Response:
    """Make a link that opens an account; it is shown once."""
    token = new_token()
    async with desk.office() as (unit, practice):
        made = await practice.invite_colleague(digest(token), email.strip(), role, desk.now, DAYS)
        await desk.note(unit, "colleague_invited", invitation=made, role=role)
    link = link_to(request, "join", token=token)
    return page(request, "invited_colleague.html", desk, email=email.strip(), link=link, days=DAYS)


@router.post("/team/{consultant_id}/{step}", name="change_colleague")
async def change_colleague(
    request: Request,
    desk: Lead,
    consultant_id: str,
    step: Literal["close", "open", "reset"],
) -> Response:
    """Close an account, open it again, or let its second factor be set up anew."""
    if consultant_id == desk.account.id:
        raise RefusedError("oneself")
    async with desk.office() as (unit, practice):
        colleague = await practice.colleague(consultant_id)
        if step == "reset":
            await unit.accounts.set_secret(colleague.id, None)
        else:
            closed = desk.now if step == "close" else None
            await unit.accounts.set_disabled(colleague.id, closed)
        await unit.sessions.end_all(colleague.id, desk.now)
        await desk.note(unit, f"account_{step}", account=colleague.id)
    return went(request, "team")
