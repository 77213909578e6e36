"""How fast we may speak: 30 messages in a second over all, one a second in a chat; and waiting."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True)
class Pace:
    """Telegram's limits: so many messages in any second over all (0: as many as there are), and so
    many seconds between two of one chat. `free` is when a chat may hear the next one: after the
    last one, or after the wait that Telegram asked for."""

    overall: int = 30
    chat: float = 1.0
    free: dict[str, float] = field(default_factory=dict)
    last: deque[float] = field(default_factory=deque)

    async def turn(self, chat: str) -> None:
        """Wait for this chat's turn, and take it."""
        now = monotonic()
        start = max(now, self.free.get(chat, 0.0))
        if self.overall:
            if len(self.last) >= self.overall:
                start = max(start, self.last.popleft() + 1.0)
            self.last.append(start)
        self.free[chat] = start + self.chat
        await asyncio.sleep(start - now)

    def hold(self, chat: str, seconds: float) -> None:
        """Say nothing in a chat for so long."""
        self.free[chat] = monotonic() + seconds

    def wait(self, chat: str) -> float:
        """How long until a chat may hear something."""
        return max(0.0, self.free.get(chat, 0.0) - monotonic())

    def forget(self) -> None:
        """Drop the chats that may hear something now."""
        now = monotonic()
        self.free = {chat: moment for chat, moment in self.free.items() if moment > now}


async def any_of(*events: asyncio.Event, seconds: float | None = None) -> None:
    """Wait until one of the events is set, or so many seconds have passed."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
