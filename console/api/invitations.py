"""Inviting owners."""

from fastapi import APIRouter

from console.api.caller import Inviter
from console.api.problems import ProblemError
from console.api.shapes import InvitationIn, InvitationOut
from console.inviting import invite

router = APIRouter(tags=["invitations"])


@router.post("/invitations", status_code=201)
async def invite_owner(caller: Inviter, wanted: InvitationIn) -> InvitationOut:
    """A link that ties an owner's chat to the practice."""
    async with caller.office() as (unit, practice):
        everybody = await practice.colleagues()
        email = wanted.consultant.lower()
        to = next((c for c in everybody if c.email == email and c.disabled_at is None), None)
        if to is None:
            raise ProblemError(409, "No colleague has this e-mail address.")
        made = await invite(caller.parts, practice, to.id, wanted.label, caller.now)
        await caller.note(unit, "api_owner_invited", invitation=made.id, to=to.id)
    return InvitationOut(id=made.id, token=made.token, link=made.link, expires_at=made.until)
