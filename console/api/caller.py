"""Who calls: a program with a token of one practice, for what the token is good for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from advisor.store import Unit
from advisor.store.practice import ApiToken, Practice
from console.api.pace import Pace
from console.api.problems import ProblemError
from console.parts import Parts
from console.security.tokens import digest

Scope = Literal["clients:read", "notes:write", "invitations:write", "hooks:manage"]
SCOPES: tuple[Scope, ...] = ("clients:read", "notes:write", "invitations:write", "hooks:manage")
"""What a token may be good for. Reading clients is seeing what they said."""
bearer = HTTPBearer(auto_error=False, description="A token of the practice, from its console.")


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that may do what it asks for."""

    parts: Parts
    token: ApiToken
    address: str | None
    now: datetime

    @asynccontextmanager
    async def office(self) -> AsyncIterator[tuple[Unit, Practice]]:
        """One transaction, and the token's practice in it."""
        async with self.parts.store.unit() as unit:
            yield unit, unit.practice(self.token.practice_id)

    async def note(self, unit: Unit, act: str, chat_id: str | None = None, **detail: Any) -> None:
        """Write into the audit log, in the transaction of what is done."""
        await unit.note_act(
            act,
            self.now,
            practice_id=self.token.practice_id,
            consultant_id=self.token.consultant_id,
            chat_id=chat_id,
            detail={"token": self.token.id, **detail},
            address=self.address,
        )


def check_names(request: Request) -> None:
    """Each part of the query is known and given once: a slip in a name would otherwise change what
    a program gets without a word. Raises ProblemError."""
    given = request.query_params
    repeated = sorted({name for name in given if len(given.getlist(name)) > 1})
    if repeated:
        raise ProblemError(422, f"Given more than once: {', '.join(repeated)}.")
    described = request.app.openapi()["paths"][request.scope["route"].path]
    parameters = described[request.method.lower()].get("parameters", [])
    strange = sorted(set(given) - {one["name"] for one in parameters if one["in"] == "query"})
    if strange:
        raise ProblemError(422, f"Not known here: {', '.join(map(repr, strange))}.")


async def caller(
    request: Request,
    scopes: SecurityScopes,
    given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> Caller:
    """The caller. Raises ProblemError."""
    check_names(request)
    parts: Parts = request.app.state.parts
    pace: Pace = request.app.state.pace
    now = parts.clock()
    address = request.client.host if request.client else None
    if given is None:
        pace.count(f"address:{address}")
        raise unknown("This needs a token: Authorization: Bearer …")
    async with parts.store.unit() as unit:
        token = await unit.token_by_digest(digest(given.credentials), now)
    if token is None:
        pace.count(f"address:{address}")
        raise unknown("This token isn't known, was revoked or is too old; ask a lead for another.")
    pace.count(f"token:{token.id}")
    missing = sorted(set(scopes.scopes) - set(token.scopes))
    if missing:
        raise ProblemError(403, f"This token lacks the scope {', '.join(missing)}.")
    return Caller(parts, token, address, now)


def unknown(detail: str) -> ProblemError:
    """Nobody we know."""
    return ProblemError(401, detail, www_authenticate="Bearer")


def allowed(scope: Scope) -> Any:
    """A caller whose token is good for this."""
    return Security(caller, scopes=[scope])


Reader = Annotated[Caller, allowed("clients:read")]
Noter = Annotated[Caller, allowed("notes:write")]
Inviter = Annotated[Caller, allowed("invitations:write")]
Operator = Annotated[Caller, allowed("hooks:manage")]
