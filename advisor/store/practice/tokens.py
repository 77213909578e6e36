"""Digests of tokens: what is kept instead of them."""

from __future__ import annotations

import hashlib


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, of no use to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()
