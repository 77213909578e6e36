"""The language of the pages."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from advisor.model import LANGUAGES
from console.desk import Seat
from console.errors import MissingError
from console.links import path_to
from console.parts import Parts
from console.security import cookies

router = APIRouter()


@router.post("/language")
async def language(request: Request, desk: Seat, language: Annotated[str, Form()]) -> Response:
    """Change it, and back to the page that it was changed on."""
    if language not in LANGUAGES:
        raise MissingError("missing")
    parts: Parts = request.app.state.parts
    if desk is not None:
        async with parts.store.unit() as unit:
            await unit.accounts.set_language(desk.account.id, language)
    # of the address that the browser names only the path is used: it leads nowhere else
    came = urlsplit(request.headers.get("referer", ""))
    path = came.path if came.path.startswith("/") and not came.path.startswith("//") else "/"
    to = path + (f"?{came.query}" if came.query else "")
    response = RedirectResponse(to or path_to(request, "start"), status_code=303)
    cookies.put(parts, request, response, cookies.LANGUAGE, language)
    return response
