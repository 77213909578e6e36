"""Sessions begin and go up to the second factor."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse

from advisor.store import Unit
from advisor.store.practice import Consultant
from console.desk import BOTH, IDLE, address_of
from console.links import path_to
from console.parts import Parts
from console.security import cookies
from console.security.tokens import digest, new_token

AGENT_LENGTH = 200


async def begin(unit: Unit, request: Request, account: Consultant, factors: int) -> str:
    """A new session; gives its token. A fresh one is made at each step up, so that a token that
    somebody saw before is of no use."""
    parts: Parts = request.app.state.parts
    now, token = parts.clock(), new_token()
    agent = request.headers.get("user-agent", "")[:AGENT_LENGTH]
    await unit.sessions.start(
        account.id, digest(token), factors, now, now + IDLE, address_of(request), agent
    )
    if factors == BOTH:
        await unit.note_act(
            "signed_in",
            now,
            practice_id=account.practice_id,
            consultant_id=account.id,
            address=address_of(request),
        )
    return token


def entered(request: Request, token: str, to: str) -> RedirectResponse:
    """On to a page, with the session's cookie."""
    parts: Parts = request.app.state.parts
    response = went(request, to)
    cookies.put(parts, request, response, cookies.SESSION, token)
    return response


def went(request: Request, name: str, **given: str) -> RedirectResponse:
    """On to a page by its name."""
    return RedirectResponse(path_to(request, name, **given), status_code=303)


def home(account: Consultant) -> str:
    """The page that somebody begins with."""
    return "practices" if account.role == "operator" else "clients"
