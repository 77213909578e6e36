"""The API as one application, for /api/v1 of whatever serves the console."""

from __future__ import annotations

from fastapi import FastAPI

from console.api import clients, hooks, invitations
from console.api.etags import ETags
from console.api.pace import A_MINUTE, Pace
from console.api.problems import ANSWERS, add_handlers
from console.parts import Parts
from console.security.headers import SafeHeaders

VERSION = "1"


def make_api(parts: Parts, a_minute: int = A_MINUTE) -> FastAPI:
    """The application. `a_minute` limits the calls of each token."""
    api = FastAPI(
        title="Comeback",
        summary="Clients of a practice, their plans, and what happens with them.",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        responses=ANSWERS,
    )
    api.state.parts = parts
    api.state.pace = Pace(a_minute)
    for screen in (clients, invitations, hooks):
        api.include_router(screen.router)
    api.add_middleware(ETags)
    api.add_middleware(SafeHeaders, secure=parts.secure)
    add_handlers(api)
    return api
