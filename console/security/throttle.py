"""Slows down whoever guesses: failed attempts count by account and by address."""

from __future__ import annotations

from datetime import datetime, timedelta

from advisor.store import Unit
from console.security.tokens import digest

WINDOW = timedelta(minutes=15)
MOST = {"account": 8, "address": 40, "code": 6}
"""Attempts in a window."""


def by_account(email: str) -> str:
    """Attempts at one account, whether it exists or not."""
    return f"account:{digest(email.strip().lower())}"


def by_address(address: str | None) -> str:
    """Attempts from one address of the network."""
    return f"address:{digest(address or '')}"


def by_code(consultant_id: str) -> str:
    """Attempts at one account's second factor."""
    return f"code:{consultant_id}"


async def allowed(unit: Unit, at: datetime, *subjects: str) -> bool:
    """Note an attempt, unless there were too many. It is noted before it is known to fail, so that
    many at once don't slip through."""
    for subject in subjects:
        kind = subject.partition(":")[0]
        if await unit.accounts.attempts_since(subject, at - WINDOW) >= MOST[kind]:
            return False
    for subject in subjects:
        await unit.accounts.drop_attempts(subject, before=at - WINDOW)
        await unit.accounts.note_attempt(subject, at)
    return True


async def succeeded(unit: Unit, subject: str) -> None:
    """It was the right one: start counting anew."""
    await unit.accounts.drop_attempts(subject)
