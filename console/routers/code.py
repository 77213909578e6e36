"""Signing in: the second factor, or a code for whoever lost it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from advisor.store import Unit
from console.desk import BOTH, Desk, HalfSignedIn
from console.pages import page
from console.security import throttle
from console.security.second_factor import step_of
from console.security.tokens import digest, tidied
from console.visits import begin, entered, home, went

router = APIRouter()


@router.get("/sign-in/code")
async def code(request: Request, desk: HalfSignedIn) -> Response:
    """The form."""
    if desk.account.confirmed_at is None:
        return went(request, "set_up")
    return page(request, "code.html", problem=None)


@router.post("/sign-in/code", name="code_form")
async def code_form(request: Request, desk: HalfSignedIn, code: Annotated[str, Form()]) -> Response:
    """A code of the app, or one of those that were written down."""
    if desk.account.confirmed_at is None:
        return went(request, "set_up")
    async with desk.parts.store.unit() as unit:
        subject = throttle.by_code(desk.account.id)
        if not await throttle.allowed(unit, desk.now, subject):
            return page(request, "code.html", status=429, problem="throttled")
        if not await right(unit, desk, code):
            return page(request, "code.html", status=401, problem="wrong")
        await throttle.succeeded(unit, subject)
        await unit.sessions.end(desk.account.id, desk.session.id, desk.now)
        token = await begin(unit, request, desk.account, BOTH)
    return entered(request, token, home(desk.account))


async def right(unit: Unit, desk: Desk, code: str) -> bool:
    """Whether a code is good; it is spent then."""
    account = desk.account
    step = step_of(account.secret, code, desk.now) if account.secret else None
    if step is not None:
        return await unit.accounts.use_step(account.id, step, desk.now)
    spent = await unit.accounts.use_recovery_code(account.id, digest(tidied(code)), desk.now)
    if spent:
        await desk.note(unit, "recovery_code_used")
    return spent
