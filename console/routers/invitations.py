"""Inviting owners: a link and a picture of it that tie a chat to the practice."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import Member
from console.errors import MissingError
from console.inviting import DAYS, invite
from console.pages import page
from console.security.second_factor import picture_of
from console.visits import went

router = APIRouter()
LONGEST = 80


@router.get("/invitations")
async def invitations(request: Request, desk: Member) -> Response:
    """The form, and who hasn't come yet."""
    async with desk.office() as (unit, practice):
        waiting = [one for one in await practice.open_invitations(desk.now) if one.kind == "owner"]
        colleagues = {one.id: one for one in await practice.colleagues()}
        await desk.note(unit, "invitations_viewed")
    return page(
        request,
        "invitations.html",
        desk,
        waiting=waiting,
        colleagues=colleagues,
        days=DAYS,
        longest=LONGEST,
    )


@router.post("/invitations", name="invite_owner")
async def invite_owner(
    request: Request,
    desk: Member,
    label: Annotated[str, Form(max_length=LONGEST)],
    to: Annotated[str, Form()],
) -> Response:
    """Make one; its link is shown once, as only its digest is kept."""
    async with desk.office() as (unit, practice):
        made = await invite(desk.parts, practice, to, label, desk.now)
        await desk.note(unit, "owner_invited", invitation=made.id, to=to)
    picture = picture_of(made.link) if made.link else None
    return page(request, "invited.html", desk, made=made, picture=picture, days=DAYS)


@router.post("/invitations/{invitation_id}/revoke")
async def revoke(request: Request, desk: Member, invitation_id: str) -> Response:
    """Take one back."""
    async with desk.office() as (unit, practice):
        mine = {one.id: one for one in await practice.open_invitations(desk.now)}
        found = mine.get(invitation_id)
        if found is None or (found.kind == "colleague" and desk.account.role != "lead"):
            raise MissingError("missing")
        await practice.revoke(invitation_id, desk.now)
        await desk.note(unit, "invitation_revoked", invitation=invitation_id)
    return went(request, "team" if found.kind == "colleague" else "invitations")
