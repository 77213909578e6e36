"""For leads: what programs of the practice may do, and which addresses are told what happens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from advisor.announced import ANNOUNCED
from console.api.caller import SCOPES
from console.desk import Lead
from console.errors import MissingError, UnreadableError
from console.pages import page
from console.security.tokens import digest, new_token
from console.telling import is_https, new_secret
from console.visits import went

router = APIRouter()
DAYS = (30, 90, 365)
"""That a token may be good for."""
LONGEST_NAME, LONGEST_URL = 60, 500
SHOWN = 10
"""Deliveries on the page; the API tells more."""


@router.get("/programs")
async def programs(request: Request, desk: Lead) -> Response:
    """Tokens and addresses, with what these were told."""
    async with desk.office() as (unit, practice):
        tokens = await practice.tokens()
        hooks = await practice.hooks()
        told = {hook.id: await practice.deliveries(hook.id, SHOWN) for hook in hooks}
        await desk.note(unit, "programs_viewed")
    return page(
        request,
        "programs.html",
        desk,
        tokens=tokens,
        hooks=hooks,
        told=told,
        scopes=SCOPES,
        announced=ANNOUNCED,
        days=DAYS,
    )


@router.post("/programs/tokens", name="add_token")
async def add_token(
    request: Request,
    desk: Lead,
    name: Annotated[str, Form(max_length=LONGEST_NAME)],
    days: Annotated[int, Form()],
    scope: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Give out a token; it is shown once."""
    scopes = [one for one in SCOPES if one in (scope or ())]
    called = " ".join(name.split())
    if not called or not scopes or days not in DAYS:
        raise UnreadableError("unreadable")
    token = new_token()
    async with desk.office() as (unit, practice):
        made = await practice.add_token(
            digest(token), desk.account.id, called, scopes, desk.now, days
        )
        await desk.note(unit, "token_added", token=made, scopes=scopes)
    return page(request, "program_secret.html", desk, title="token_made", secret=token)


@router.post("/programs/tokens/{token_id}/revoke", name="revoke_token")
async def revoke_token(request: Request, desk: Lead, token_id: str) -> Response:
    """Take one back."""
    async with desk.office() as (unit, practice):
        if not await practice.revoke_token(token_id, desk.now):
            raise MissingError("missing")
        await desk.note(unit, "token_revoked", token=token_id)
    return went(request, "programs")


@router.post("/programs/hooks", name="add_hook")
async def add_hook(
    request: Request,
    desk: Lead,
    url: Annotated[str, Form(max_length=LONGEST_URL)],
    event: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Tell an address from now on; the secret that signs is shown once."""
    events = [one for one in ANNOUNCED if one in (event or ())]
    if not is_https(url.strip()) or not events:
        raise UnreadableError("unreadable")
    secret = new_secret()
    async with desk.office() as (unit, practice):
        made = await practice.add_hook(url.strip(), secret, events, desk.now)
        await desk.note(unit, "hook_added", hook=made)
    return page(request, "program_secret.html", desk, title="hook_made", secret=secret)


@router.post("/programs/hooks/{hook_id}/delete", name="drop_hook")
async def drop_hook(request: Request, desk: Lead, hook_id: str) -> Response:
    """Tell it no longer."""
    async with desk.office() as (unit, practice):
        if not await practice.drop_hook(hook_id):
            raise MissingError("missing")
        await desk.note(unit, "hook_dropped", hook=hook_id)
    return went(request, "programs")
