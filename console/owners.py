"""What the console needs of whoever talks with owners; `comeback` gives it."""

from __future__ import annotations

from typing import Protocol

from advisor.interview.consulting import Act
from advisor.store import Unit


class Owners(Protocol):
    """The owners' chats, on whichever channel."""

    async def act(self, unit: Unit, chat_id: str, act: Act) -> None:
        """Do in a chat what a consultant decided, and queue what its owner is told of it, in the
        transaction of `unit`. Raises NotStoredError where the chat has no interview."""
