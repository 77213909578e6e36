"""The two cookies: a session's, and one for forms before there is a session."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from console.parts import Parts

SESSION, VISIT, LANGUAGE = "comeback_session", "comeback_visit", "comeback_language"


def put(parts: Parts, request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that scripts can't read and other sites can't send."""
    response.set_cookie(
        name,
        value,
        path=path_of(request),
        httponly=True,
        secure=parts.secure,
        samesite="lax",
    )


def take_back(parts: Parts, request: Request, response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(
        name, path=path_of(request), httponly=True, secure=parts.secure, samesite="lax"
    )


def path_of(request: Request) -> str:
    """Where the console lives on its host."""
    return str(request.scope.get("root_path") or "/")
