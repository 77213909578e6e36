"""Signing in: the first factor."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import HalfSignedIn, address_of
from console.pages import page
from console.parts import Parts
from console.security import cookies, throttle
from console.security.passwords import verified
from console.visits import begin, entered, went

router = APIRouter()


@router.get("/sign-in")
async def sign_in(request: Request) -> Response:
    """The form."""
    return page(request, "sign_in.html", email="", problem=None)


@router.post("/sign-in", name="sign_in_form")
async def sign_in_form(
    request: Request, email: Annotated[str, Form()], password: Annotated[str, Form()]
) -> Response:
    """An address and a password; which of the two is wrong is never said."""
    parts: Parts = request.app.state.parts
    subject = throttle.by_account(email)
    async with parts.store.unit() as unit:
        now = parts.clock()
        if not await throttle.allowed(unit, now, subject, throttle.by_address(address_of(request))):
            return again(request, email, "throttled", 429)
        account = await unit.accounts.consultant_by_email(email.strip())
    known = account.password if account and account.disabled_at is None else None
    if not await verified(password, known) or account is None:
        return again(request, email, "wrong", 401)
    async with parts.store.unit() as unit:
        await throttle.succeeded(unit, subject)
        token = await begin(unit, request, account, factors=1)
    return entered(request, token, "code" if account.confirmed_at else "set_up")


def again(request: Request, email: str, problem: str, status: int) -> Response:
    """The form once more, with what is wrong."""
    return page(request, "sign_in.html", status=status, email=email, problem=problem)


@router.post("/sign-out")
async def sign_out(request: Request, desk: HalfSignedIn) -> Response:
    """End this session."""
    async with desk.parts.store.unit() as unit:
        await unit.sessions.end(desk.account.id, desk.session.id, desk.now)
        await desk.note(unit, "signed_out")
    response = went(request, "sign_in")
    cookies.take_back(desk.parts, request, response, cookies.SESSION)
    return response
