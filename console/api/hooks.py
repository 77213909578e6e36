"""Addresses that are told what happens with plans."""

from typing import Annotated

from fastapi import APIRouter, Query

from advisor.errors import NotStoredError
from console.api.caller import Operator
from console.api.clients import Id
from console.api.problems import ProblemError
from console.api.shapes import DeliveryOut, HookIn, HookOut, NewHookOut
from console.telling import is_https, new_secret

router = APIRouter(tags=["hooks"])
MOST = 20
"""Addresses of one practice."""


@router.get("/hooks")
async def list_hooks(caller: Operator) -> list[HookOut]:
    """Those that there are."""
    async with caller.office() as (unit, practice):
        found = await practice.hooks()
        await caller.note(unit, "api_hooks_read")
    return [HookOut.of(hook) for hook in found]


@router.post("/hooks", status_code=201)
async def add_hook(caller: Operator, wanted: HookIn) -> NewHookOut:
    """One more. What it is told is signed with the secret (Standard Webhooks)."""
    url, secret = str(wanted.url), new_secret()
    if not is_https(url):
        raise ProblemError(422, "body.url: only https addresses are told anything.")
    events = sorted(set(wanted.events))
    async with caller.office() as (unit, practice):
        if len(await practice.hooks()) >= MOST:
            raise ProblemError(422, f"A practice has {MOST} addresses at most; delete one first.")
        made = await practice.add_hook(url, secret, events, caller.now)
        await caller.note(unit, "api_hook_added", hook=made)
    return NewHookOut(id=made, url=url, events=list(events), created_at=caller.now, secret=secret)


@router.delete("/hooks/{id}", status_code=204)
async def drop_hook(caller: Operator, id: Id) -> None:
    """One less."""
    async with caller.office() as (unit, practice):
        if not await practice.drop_hook(id):
            raise NotStoredError("There is no such address.")
        await caller.note(unit, "api_hook_dropped", hook=id)


@router.get("/hooks/{id}/deliveries")
async def list_deliveries(
    caller: Operator, id: Id, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> list[DeliveryOut]:
    """What an address was told, newest first, for thirty days."""
    async with caller.office() as (unit, practice):
        if id not in {hook.id for hook in await practice.hooks()}:
            raise NotStoredError("There is no such address.")
        found = await practice.deliveries(id, limit)
        await caller.note(unit, "api_deliveries_read", hook=id)
    return [DeliveryOut.of(one) for one in found]
