"""Errors as problem details (RFC 9457). The log has the reference of a fault, too."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from traceback import format_tb
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from advisor.errors import NotStoredError, StoreAwayError

log = structlog.get_logger("api")
MEDIA = "application/problem+json"
RETRY = "2"
"""Seconds after which to ask again while the database is away."""


class Problem(BaseModel):
    """What went wrong: `status` and `title` are those of HTTP, `detail` says what to do, and
    `reference` is what to look for in the log."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    reference: str | None = None


class ProblemError(Exception):
    """Something that whoever asks can mend."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA: {"schema": Problem.model_json_schema()}},
    }
    for status in (400, 401, 403, 404, 405, 409, 422, 429, 503)
}
"""What every route may answer besides, for the OpenAPI document."""


def add_handlers(app: FastAPI) -> None:
    """Give every error its problem."""
    app.add_exception_handler(ProblemError, told)
    app.add_exception_handler(NotStoredError, gone)
    app.add_exception_handler(HTTPException, answered)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(StoreAwayError, away)
    app.add_exception_handler(Exception, broken)


def problem(
    status: int, detail: str, reference: str | None = None, headers: dict[str, str] | None = None
) -> JSONResponse:
    """A problem as an answer."""
    found = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, reference=reference
    )
    return JSONResponse(
        found.model_dump(exclude_none=True), status, headers=headers, media_type=MEDIA
    )


async def told(_: Request, error: Exception) -> JSONResponse:
    """One of ours."""
    assert isinstance(error, ProblemError)
    return problem(error.status, error.detail, headers=error.headers)


async def gone(_: Request, error: Exception) -> JSONResponse:
    """What was asked for isn't there, or isn't this practice's: nobody is told which."""
    return problem(404, "There is nothing here under this id.")


async def answered(_: Request, error: Exception) -> JSONResponse:
    """An error that the framework raises."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    return problem(error.status_code, str(error.detail), headers=headers)


async def unreadable(_: Request, error: Exception) -> JSONResponse:
    """A query or a body that doesn't fit: where and why, never with what was sent."""
    assert isinstance(error, RequestValidationError)
    faults = (f"{'.'.join(map(str, row['loc']))}: {row['msg']}" for row in error.errors())
    return problem(422, "; ".join(faults))


async def away(request: Request, error: Exception) -> JSONResponse:
    """The database doesn't answer just now."""
    detail = "The database can't be reached just now; try again in a moment."
    return problem(503, detail, noted(request, error), {"retry-after": RETRY})


async def broken(request: Request, error: Exception) -> JSONResponse:
    """A fault of ours."""
    detail = "Something broke on our side; tell the operator the reference."
    return problem(500, detail, noted(request, error))


def noted(request: Request, error: Exception) -> str:
    """Write a fault into the log, without anything that anybody wrote; its reference."""
    reference = secrets.token_hex(4)
    route = request.scope.get("route")
    log.error(
        "call_failed",
        reference=reference,
        method=request.method,
        route=getattr(route, "path", None),
        error=type(error).__name__,
        frames=format_tb(error.__traceback__),
    )
    return reference
