"""One's own account: the password, the second factor, and where one is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.desk import Anyone, Desk
from console.errors import MissingError
from console.pages import page
from console.security import throttle
from console.security.passwords import fits, hashed, verified
from console.security.second_factor import step_of
from console.security.tokens import digest, new_recovery_codes
from console.visits import went

router = APIRouter()


@router.get("/account")
async def account(request: Request, desk: Anyone) -> Response:
    """The page."""
    return await form(request, desk)


async def form(
    request: Request, desk: Desk, problem: str | None = None, status: int = 200
) -> Response:
    """The page, with what is wrong with a form of it."""
    async with desk.parts.store.unit() as unit:
        sessions = await unit.sessions.of(desk.account.id, desk.now)
        left = await unit.accounts.recovery_codes_left(desk.account.id)
    return page(
        request,
        "account.html",
        desk,
        status=status,
        sessions=sessions,
        left=left,
        problem=problem,
    )


@router.post("/account/password")
async def password(
    request: Request, desk: Anyone, old: Annotated[str, Form()], new: Annotated[str, Form()]
) -> Response:
    """Another password; every other session ends."""
    async with desk.parts.store.unit() as unit:
        subject = throttle.by_account(desk.account.email)
        allowed = await throttle.allowed(unit, desk.now, subject)
    if not allowed:
        return await form(request, desk, "throttled", 429)
    if not await verified(old, desk.account.password):
        return await form(request, desk, "wrong", 401)
    if not fits(new):
        return await form(request, desk, "short", 422)
    made = await hashed(new)
    async with desk.parts.store.unit() as unit:
        await throttle.succeeded(unit, subject)
        await unit.accounts.set_password(desk.account.id, made)
        await unit.sessions.end_all(desk.account.id, desk.now, but=desk.session.id)
        await desk.note(unit, "password_changed")
    return went(request, "account")


@router.post("/account/codes")
async def codes(request: Request, desk: Anyone, code: Annotated[str, Form()]) -> Response:
    """New recovery codes, for a code of the app; those before no longer count."""
    account = desk.account
    async with desk.parts.store.unit() as unit:
        allowed = await throttle.allowed(unit, desk.now, throttle.by_code(account.id))
        step = step_of(account.secret, code, desk.now) if account.secret and allowed else None
        right = step is not None and await unit.accounts.use_step(account.id, step, desk.now)
        made = new_recovery_codes()
        if right:
            await throttle.succeeded(unit, throttle.by_code(account.id))
            await unit.accounts.set_recovery_codes(account.id, [digest(one) for one in made])
            await desk.note(unit, "recovery_codes_made")
    if not right:
        return await form(request, desk, "code" if allowed else "throttled", 401)
    return page(request, "recovery.html", desk, codes=made, to="account")


@router.post("/account/sessions/{session_id}/end")
async def end_session(request: Request, desk: Anyone, session_id: str) -> Response:
    """Sign out on another device."""
    async with desk.parts.store.unit() as unit:
        if not await unit.sessions.end(desk.account.id, session_id, desk.now):
            raise MissingError("missing")
        await desk.note(unit, "session_ended")
    return went(request, "account")


@router.post("/account/sessions/end")
async def end_sessions(request: Request, desk: Anyone) -> Response:
    """Sign out everywhere else."""
    async with desk.parts.store.unit() as unit:
        ended = await unit.sessions.end_all(desk.account.id, desk.now, but=desk.session.id)
        await desk.note(unit, "sessions_ended", count=ended)
    return went(request, "account")
