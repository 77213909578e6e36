"""Following an invitation to open an account."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from advisor.store import Unit
from advisor.store.practice import Invitation
from console.desk import address_of
from console.errors import MissingError, RefusedError
from console.pages import language_of, page
from console.parts import Parts
from console.security.passwords import SHORTEST, fits, hashed
from console.security.tokens import digest
from console.visits import begin, entered

router = APIRouter()
LONGEST_NAME = 80


async def invitation_of(unit: Unit, request: Request, token: str) -> Invitation:
    """The invitation of a link. Raises MissingError where it is no longer good."""
    found = await unit.invitations.by_digest(digest(token))
    parts: Parts = request.app.state.parts
    if found is None or found.kind != "colleague" or not found.open(parts.clock()):
        raise MissingError("invitation")
    return found


@router.get("/join/{token}")
async def join(request: Request, token: str) -> Response:
    """The form."""
    parts: Parts = request.app.state.parts
    async with parts.store.unit() as unit:
        found = await invitation_of(unit, request, token)
    return form(request, token, found)


def form(
    request: Request, token: str, found: Invitation, problem: str | None = None, name: str = ""
) -> Response:
    """The page with the form, and what is wrong with it."""
    return page(
        request,
        "join.html",
        status=422 if problem else 200,
        token=token,
        email=found.email,
        problem=problem,
        name=name,
        shortest=SHORTEST,
    )


@router.post("/join/{token}", name="join_form")
async def join_form(
    request: Request,
    token: str,
    name: Annotated[str, Form(max_length=LONGEST_NAME)],
    password: Annotated[str, Form()],
) -> Response:
    """Open the account; next comes the second factor."""
    parts: Parts = request.app.state.parts
    called = " ".join(name.split())
    async with parts.store.unit() as unit:
        found = await invitation_of(unit, request, token)
    if not called or not fits(password):
        return form(request, token, found, "short" if called else "nameless", called)
    made = await hashed(password)
    async with parts.store.unit() as unit:
        now = parts.clock()
        if not await unit.invitations.use(found.id, now) or not found.email or not found.role:
            raise MissingError("invitation")
        account = await unit.accounts.add_consultant(
            found.practice_id,
            found.email,
            called,
            found.role,
            language_of(request, None),
            made,
            now,
        )
        added = await unit.accounts.consultant(account) if account else None
        if added is None:
            raise RefusedError("taken")
        await unit.note_act(
            "account_added",
            now,
            found.practice_id,
            added.id,
            detail={"invitation": found.id, "role": added.role},
            address=address_of(request),
        )
        session = await begin(unit, request, added, factors=1)
    return entered(request, session, "set_up")
