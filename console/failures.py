"""What is shown where something goes wrong. The log has a fault's reference, too."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from traceback import format_tb

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from advisor.errors import NotStoredError, StoreAwayError
from console.errors import ConsoleError, SignInNeededError
from console.links import path_to
from console.pages import page

log = structlog.get_logger("console")
WORDS: Mapping[int, str] = {404: "missing", 405: "missing", 422: "unreadable"}


def add_handlers(app: FastAPI) -> None:
    """Give every error a page."""
    app.add_exception_handler(SignInNeededError, to_sign_in)
    app.add_exception_handler(ConsoleError, told)
    app.add_exception_handler(NotStoredError, gone)
    app.add_exception_handler(HTTPException, answered)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(StoreAwayError, away)
    app.add_exception_handler(Exception, broken)


async def to_sign_in(request: Request, error: Exception) -> Response:
    """On to the page where one signs in; HTMX is told to load it whole."""
    assert isinstance(error, SignInNeededError)
    to = path_to(request, error.to)
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"hx-redirect": to})
    return RedirectResponse(to, status_code=303)


async def told(request: Request, error: Exception) -> Response:
    """An error whose words are known."""
    assert isinstance(error, ConsoleError)
    return sorry(request, error.status, error.words)


async def gone(request: Request, _: Exception) -> Response:
    """What was asked for isn't there, or isn't this practice's: nobody is told which."""
    return sorry(request, 404, "missing")


async def answered(request: Request, error: Exception) -> Response:
    """An error that the framework raises."""
    assert isinstance(error, HTTPException)
    return sorry(request, error.status_code, WORDS.get(error.status_code, "unreadable"))


async def unreadable(request: Request, _: Exception) -> Response:
    """A form or an address that can't be read."""
    return sorry(request, 422, "unreadable")


async def away(request: Request, error: Exception) -> Response:
    """The database doesn't answer just now."""
    return failed(request, error, 503, "away")


async def broken(request: Request, error: Exception) -> Response:
    """A fault of ours."""
    return failed(request, error, 500, "broken")


def failed(request: Request, error: Exception, status: int, words: str) -> Response:
    """A page with a reference; the log has it with the route and the error, and nothing that
    anybody wrote."""
    reference = secrets.token_hex(4)
    route = request.scope.get("route")
    log.error(
        "request_failed",
        reference=reference,
        method=request.method,
        route=getattr(route, "path", None),
        error=type(error).__name__,
        frames=format_tb(error.__traceback__),
    )
    return sorry(request, status, words, reference)


def sorry(request: Request, status: int, words: str, reference: str | None = None) -> Response:
    """The page of an error."""
    return page(request, "error.html", status=status, words=words, reference=reference)
