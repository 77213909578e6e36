"""Ports that can't be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from advisor.errors import ComebackError


@contextmanager
def refusals(host: str, port: int, named: str) -> Iterator[None]:
    """Say in a sentence that a port can't be had; `named` is where it is set."""
    try:
        yield
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "no such port"
        raise ComebackError(
            f"can't listen at {host}:{port} ({why}): set {named} to a free port, or COMEBACK_HOST"
            " to an address of this machine"
        ) from None
