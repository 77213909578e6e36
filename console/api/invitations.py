"""Inviting owners."""

from datetime import timedelta

from fastapi import APIRouter

from console.api.caller import Inviter
from console.api.problems import ProblemError
from console.api.shapes import InvitationIn, InvitationOut
from console.routers.invitations import DAYS
from console.security.tokens import digest, new_token

router = APIRouter(tags=["invitations"])


@router.post("/invitations", status_code=201)
async def invite_owner(caller: Inviter, wanted: InvitationIn) -> InvitationOut:
    """A link that ties an owner's chat to the practice."""
    token = new_token()
    async with caller.office() as (unit, practice):
        everybody = await practice.colleagues()
        email = wanted.consultant.lower()
        to = next((c for c in everybody if c.email == email and c.disabled_at is None), None)
        if to is None:
            raise ProblemError(409, "No colleague has this e-mail address.")
        label = " ".join(wanted.label.split()) or None
        made = await practice.invite_owner(digest(token), to.id, label, caller.now, DAYS)
        await caller.note(unit, "api_owner_invited", invitation=made, to=to.id)
    bot = caller.parts.bot.removeprefix("@")
    return InvitationOut(
        id=made,
        token=token,
        link=f"https://t.me/{bot}?start={token}" if bot else None,
        expires_at=caller.now + timedelta(days=DAYS),
    )
