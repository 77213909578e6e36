"""The console as one application; its routes are named in console/routers/."""

from __future__ import annotations

from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from advisor.render.typesetting import FONTS
from console.failures import add_handlers
from console.parts import Parts
from console.routers import (
    account,
    amending,
    answer,
    answers,
    audit,
    client,
    clients,
    code,
    documents,
    faults,
    handing,
    home,
    invitations,
    join,
    language,
    notes,
    portfolio,
    practices,
    programs,
    sending,
    set_up,
    sign_in,
    team,
    thread,
    transcript,
    versions,
)
from console.security.forms import from_our_page
from console.security.headers import SafeHeaders

STATIC = Path(__file__).parent / "static"
SCREENS = (
    home,
    sign_in,
    code,
    set_up,
    join,
    language,
    clients,
    client,
    answers,
    answer,
    amending,
    sending,
    thread,
    transcript,
    versions,
    documents,
    notes,
    handing,
    invitations,
    team,
    audit,
    programs,
    portfolio,
    account,
    practices,
    faults,
)


def make_app(parts: Parts) -> FastAPI:
    """The application, to be run by itself or mounted at a path of another one."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(from_our_page)],
    )
    app.state.parts = parts
    for screen in SCREENS:
        app.include_router(screen.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/fonts", StaticFiles(directory=FONTS), name="fonts")
    app.add_middleware(SafeHeaders, secure=parts.secure)
    add_handlers(app)
    return app
