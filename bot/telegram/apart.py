"""Replies with files on their way out beside the others of their chat.

A file takes time to make, and longer where something breaks; what the owner writes meanwhile is
answered. So each such row has a task of its own, one at a time in a chat. What was said in the
same turn stays behind it for a little while, so that the order on the screen is the usual one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from advisor.store import Queued

TOGETHER = 3.0
"""Seconds that the rest of a turn waits for its files."""


@dataclass(frozen=True, slots=True)
class Apart:
    """One row on its way."""

    row: Queued
    task: asyncio.Task[None]


class Besides:
    """The rows that go out beside the others. `done` is called at the end of each."""

    def __init__(self, done: Callable[[], None]) -> None:
        self.done = done
        self.rows: dict[int, Apart] = {}

    def put(self, row: Queued, deliver: Callable[[Queued], Awaitable[None]]) -> None:
        """Have a row delivered, unless that is going on already."""
        if row.id not in self.rows:
            task = asyncio.create_task(self.see_to(row, deliver, self.of(row.address)))
            self.rows[row.id] = Apart(row, task)

    async def see_to(
        self, row: Queued, deliver: Callable[[Queued], Awaitable[None]], before: list[Apart]
    ) -> None:
        """Deliver it after those before it."""
        try:
            if before:
                await asyncio.wait([apart.task for apart in before])
            await deliver(row)
        finally:
            del self.rows[row.id]
            self.done()

    def of(self, address: str) -> list[Apart]:
        """What is on its way to a chat."""
        return [apart for apart in self.rows.values() if apart.row.address == address]

    async def together(self, row: Queued) -> None:
        """Wait a little for the files of the turn that said this row, too."""
        tasks = [a.task for a in self.of(row.address) if a.row.created_at == row.created_at]
        if tasks:
            await asyncio.wait(tasks, timeout=TOGETHER)

    async def finish(self) -> None:
        """Wait until nothing is on its way."""
        while self.rows:
            await asyncio.wait([apart.task for apart in self.rows.values()])
