"""Who asks for a page, and what they may open: every page that shows anything goes through here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request

from advisor.store import Unit
from advisor.store.practice import Consultant, Practice, StoredSession
from console.errors import RefusedError, SignInNeededError
from console.parts import Parts
from console.security.cookies import SESSION
from console.security.tokens import digest

IDLE = timedelta(hours=2)
"""A session that isn't used ends."""
LONGEST = timedelta(hours=12)
"""And in any case does so."""
TOUCHED = timedelta(minutes=1)
"""How exactly its use is noted."""
BOTH = 2
"""Factors."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A signed-in person's place: opens units, and notes what is done in them."""

    parts: Parts
    account: Consultant
    session: StoredSession
    address: str | None
    now: datetime

    @property
    def language(self) -> str:
        """The language that they read."""
        return self.account.language

    @property
    def practice_id(self) -> str:
        """Their practice. Raises RefusedError for an operator."""
        if self.account.practice_id is None:
            raise RefusedError("operator")
        return self.account.practice_id

    @asynccontextmanager
    async def office(self) -> AsyncIterator[tuple[Unit, Practice]]:
        """One transaction, and their practice in it."""
        async with self.parts.store.unit() as unit:
            yield unit, unit.practice(self.practice_id)

    async def note(self, unit: Unit, act: str, chat_id: str | None = None, **detail: Any) -> None:
        """Write into the audit log, in the transaction of what is done."""
        await unit.note_act(
            act,
            self.now,
            practice_id=self.account.practice_id,
            consultant_id=self.account.id,
            chat_id=chat_id,
            detail={key: value for key, value in detail.items() if value is not None} or None,
            address=self.address,
        )


async def seat(request: Request) -> Desk | None:
    """Whoever the session's cookie stands for, with one factor or both."""
    token = request.cookies.get(SESSION)
    if not token:
        return None
    parts: Parts = request.app.state.parts
    now = parts.clock()
    async with parts.store.unit() as unit:
        found = await unit.sessions.by_digest(digest(token), now)
        if found is None:
            return None
        session, account = found
        if now - session.seen_at > TOUCHED:
            until = min(now + IDLE, session.created_at + LONGEST)
            await unit.sessions.touch(session.id, now, until)
    return Desk(parts, account, session, address_of(request), now)


Seat = Annotated[Desk | None, Depends(seat)]


async def half(found: Seat) -> Desk:
    """Somebody whose password was right. Raises SignInNeededError."""
    if found is None:
        raise SignInNeededError("sign_in")
    return found


HalfSignedIn = Annotated[Desk, Depends(half)]


async def signed_in(desk: HalfSignedIn) -> Desk:
    """Somebody who showed both factors. Raises SignInNeededError."""
    if desk.session.factors < BOTH:
        raise SignInNeededError("code" if desk.account.confirmed_at else "set_up")
    return desk


Anyone = Annotated[Desk, Depends(signed_in)]


async def of_practice(desk: Anyone) -> Desk:
    """A consultant or a lead. Raises RefusedError."""
    if desk.account.role == "operator":
        raise RefusedError("operator")
    return desk


Member = Annotated[Desk, Depends(of_practice)]


async def leading(desk: Member) -> Desk:
    """A lead. Raises RefusedError."""
    if desk.account.role != "lead":
        raise RefusedError("lead")
    return desk


Lead = Annotated[Desk, Depends(leading)]


async def operating(desk: Anyone) -> Desk:
    """An operator. Raises RefusedError."""
    if desk.account.role != "operator":
        raise RefusedError("operators_only")
    return desk


Operator = Annotated[Desk, Depends(operating)]


def address_of(request: Request) -> str | None:
    """The address on the network that a request came from."""
    return request.client.host if request.client else None
