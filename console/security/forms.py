"""What changes something must come from a page of ours."""

from __future__ import annotations

from fastapi import Request

from console.errors import RefusedError
from console.security.cookies import SESSION, VISIT
from console.security.tokens import form_token, same

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD, HEADER = "form_token", "x-form-token"


async def from_our_page(request: Request) -> None:
    """Refuse a form that doesn't bear the token of its cookie. Raises RefusedError."""
    if request.method in SAFE:
        return
    cookie = request.cookies.get(SESSION) or request.cookies.get(VISIT)
    sent = request.headers.get(HEADER) or str((await request.form()).get(FIELD, ""))
    if not cookie or not same(sent, form_token(cookie)):
        raise RefusedError("form")
