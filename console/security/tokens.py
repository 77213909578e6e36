"""Tokens that nobody can guess, and the digests of them that are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from advisor.store.practice.tokens import digest

__all__ = ["digest", "form_token", "new_recovery_codes", "new_token", "same", "tidied"]

BYTES = 24
"""192 bits: 32 characters of A-Z a-z 0-9 _ -, which a Telegram link takes (64 at most)."""
GROUPS = 2
CODE_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a recovery code: nothing that looks like something else."""
CODES = 10


def new_token() -> str:
    """A token for a cookie or a link."""
    return secrets.token_urlsafe(BYTES)


def form_token(cookie: str) -> str:
    """What a form must send back with a cookie, so that no other site can send it."""
    return hmac.new(cookie.encode(), b"form", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two tokens are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_recovery_codes() -> list[str]:
    """Codes for whoever lost the second factor, to be written down."""
    return [
        "-".join("".join(secrets.choice(CODE_SIGNS) for _ in range(5)) for _ in range(GROUPS))
        for _ in range(CODES)
    ]


def tidied(code: str) -> str:
    """A code as somebody typed it, as it was given out."""
    return "".join(code.lower().split())
