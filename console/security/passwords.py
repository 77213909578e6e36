"""Passwords: argon2, and what is too short to be one."""

from __future__ import annotations

import asyncio
from functools import cache

from pwdlib import PasswordHash

SHORTEST, LONGEST = 12, 200
"""Characters; a long password may be all small letters."""


@cache
def hashing() -> PasswordHash:
    """Argon2id with the parameters that the library advises."""
    return PasswordHash.recommended()


@cache
def nobodys() -> str:
    """A hash for addresses that have no account: to look takes as long as for those that have."""
    return hashing().hash("nobody's password")


def fits(password: str) -> bool:
    """Whether it may be a password."""
    return SHORTEST <= len(password) <= LONGEST and len(set(password)) > 3


async def hashed(password: str) -> str:
    """Its hash; takes some 50 ms of another thread."""
    return await asyncio.to_thread(hashing().hash, password)


async def verified(password: str, known: str | None) -> bool:
    """Whether it is the password of a hash; without one it takes as long, and isn't."""
    right = await asyncio.to_thread(hashing().verify, password[:LONGEST], known or nobodys())
    return right and known is not None
