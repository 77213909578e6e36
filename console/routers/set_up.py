"""Setting up the second factor: once, before anything else can be seen."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import BOTH, Desk, HalfSignedIn
from console.pages import page
from console.security import cookies, throttle
from console.security.second_factor import address_of, new_secret, picture_of, step_of
from console.security.tokens import digest, new_recovery_codes
from console.visits import begin, home, went

router = APIRouter()


@router.get("/sign-in/set-up")
async def set_up(request: Request, desk: HalfSignedIn) -> Response:
    """A picture for the app, and the form for its first code."""
    if desk.account.confirmed_at is not None:
        return went(request, "code")
    secret = desk.account.secret
    if secret is None:
        secret = new_secret()
        async with desk.parts.store.unit() as unit:
            await unit.accounts.set_secret(desk.account.id, secret)
    return form(request, desk, secret, None)


def form(
    request: Request, desk: Desk, secret: str, problem: str | None, status: int = 200
) -> Response:
    """The page with the picture."""
    picture = picture_of(address_of(secret, desk.account.email))
    return page(
        request, "set_up.html", status=status, picture=picture, secret=secret, problem=problem
    )


@router.post("/sign-in/set-up", name="set_up_form")
async def set_up_form(
    request: Request, desk: HalfSignedIn, code: Annotated[str, Form()]
) -> Response:
    """The first code shows that the app works; then codes to write down are shown, once."""
    account = desk.account
    if account.confirmed_at is not None or account.secret is None:
        return went(request, "code")
    async with desk.parts.store.unit() as unit:
        if not await throttle.allowed(unit, desk.now, throttle.by_code(account.id)):
            return form(request, desk, account.secret, "throttled", 429)
        step = step_of(account.secret, code, desk.now)
        if step is None or not await unit.accounts.use_step(account.id, step, desk.now):
            return form(request, desk, account.secret, "wrong", 401)
        await throttle.succeeded(unit, throttle.by_code(account.id))
        codes = new_recovery_codes()
        await unit.accounts.set_recovery_codes(account.id, [digest(code) for code in codes])
        await unit.sessions.end(account.id, desk.session.id, desk.now)
        token = await begin(unit, request, account, BOTH)
        await desk.note(unit, "second_factor_set_up")
    response = page(request, "recovery.html", codes=codes, to=home(account))
    cookies.put(desk.parts, request, response, cookies.SESSION, token)
    return response
