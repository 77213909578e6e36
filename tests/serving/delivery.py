"""How Telegram delivers to a webhook: in queues, side by side, again and again until it hears 2xx.

Messages queue by chat and presses by user, so the two may overtake each other; an update whose
delivery failed comes again, at once and then after 2, 4, 8 … seconds, or when it is told to wait.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from itertools import count
from types import TracebackType
from typing import Any

import httpx

SECRET = "a-synthetic_secret"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
HOOK = "/telegram/webhook"
LONGEST = 8
"""Seconds between two tries; with Telegram itself it is a minute or two."""


class Delivery:
    """Delivers to several receivers in turn. With `doubled`, each update goes to two at once."""

    def __init__(self, second: float = 1.0) -> None:
        self.second = second
        self.receivers: list[str] = []
        self.doubled = False
        self.held: list[tuple[int, dict[str, Any]]] | None = None
        """What is kept back to be delivered by `let_go`, in whatever order; None: nothing is."""
        self.numbers = count(1000)
        self.rounds = count()
        self.queues: dict[tuple[str, int], asyncio.Queue[dict[str, Any]]] = defaultdict(
            asyncio.Queue
        )
        self.tasks: dict[tuple[str, int], asyncio.Task[None]] = {}
        self.refused: list[int] = []
        self.http = httpx.AsyncClient(trust_env=False, timeout=60)

    async def __aenter__(self) -> Delivery:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self.tasks.values():
            task.cancel()
        await self.http.aclose()

    def put(self, update: dict[str, Any]) -> int:
        """An update happened."""
        number = next(self.numbers)
        if self.held is not None:
            self.held.append((number, update))
        else:
            self.queue(number, update)
        return number

    def queue(self, number: int, update: dict[str, Any]) -> None:
        """Deliver an update, again if it was delivered before."""
        kind = "presses" if "callback_query" in update else "messages"
        (content,) = update.values()
        key = (kind, int(content["from"]["id"]))
        self.queues[key].put_nowait({"update_id": number, **update})
        if key not in self.tasks:
            self.tasks[key] = asyncio.create_task(self.work(key))

    async def work(self, key: tuple[str, int]) -> None:
        """One queue, in order."""
        while True:
            row = await self.queues[key].get()
            for failures in count():
                receivers = self.next_receivers(2 if self.doubled else 1)
                taken = await asyncio.gather(*(self.post(root, row) for root in receivers))
                if any(taken):
                    break
                await asyncio.sleep(self.second * min(LONGEST, 2.0**failures if failures else 0.1))

    def next_receivers(self, number: int) -> list[str]:
        first = next(self.rounds)
        known = self.receivers or ["http://127.0.0.1:9"]
        return [known[(first + each) % len(known)] for each in range(number)]

    async def post(self, root: str, row: dict[str, Any], secret: str = SECRET) -> bool:
        """One call; whether it was taken."""
        try:
            answer = await self.http.post(root + HOOK, json=row, headers={HEADER: secret})
        except httpx.HTTPError:
            return False
        if not answer.is_success:
            self.refused.append(answer.status_code)
        return answer.is_success
