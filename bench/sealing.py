"""What encryption costs a turn: whole interviews by buttons, with a key and without, side by side.

python bench/sealing.py
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from advisor.catalog import Catalog, load_catalog
from advisor.interview.inputs import Reading
from advisor.model import Kind
from advisor.store import Keys, Store, new_key
from bot.conversation import Conversation
from bot.messages import Incoming, Reply
from bot.terminal.outbox import waiting_replies

INTERVIEWS = 12


class Nobody:
    """A reader for owners who only press buttons."""

    away = True

    async def settle(self) -> None:
        """Nothing loads."""

    async def read(self, text: str, question: str | None) -> Reading:
        """Nothing is understood."""
        return Reading(None)


class Counted(Keys):
    """Keys that note the time spent with them."""

    spent = 0.0
    calls = 0

    def seal(self, place: str, content: bytes) -> str:
        """Seal, timed."""
        return self.timed(super().seal, place, content)

    def open(self, place: str, sealed: str) -> bytes:
        """Open, timed."""
        return self.timed(super().open, place, sealed)

    def timed(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do it, and note how long it took."""
        begin = time.perf_counter()
        try:
            return work(*arguments)
        finally:
            self.spent += time.perf_counter() - begin
            self.calls += 1


def pressed(catalog: Catalog, reply: Reply, turn: int) -> str:
    """A button under a question; of several options one, and then that this is all."""
    options = [option for option in reply.options if not option.id.startswith("/")]
    slot = catalog.slots[reply.question or ""]
    if slot.kind is Kind.CHOICES and any(option.ticked for option in options):
        return "/done"
    return options[turn % len(options)].id if options else reply.options[0].id


async def interview(catalog: Catalog, store: Store, address: str) -> list[float]:
    """One interview up to its plan; milliseconds of each turn."""
    clock = lambda: datetime.now(UTC)  # noqa: E731
    conversation = Conversation(catalog, store, Nobody(), clock)
    incoming = Incoming(address, start=True, language="he")
    found: list[float] = []
    for turn in range(80):
        begin = time.perf_counter()
        await conversation.receive(incoming)
        found.append(1000 * (time.perf_counter() - begin))
        replies = [reply async for reply in waiting_replies(store, address, clock)]
        last = replies[-1]
        if any(reply.type == "plan" for reply in replies):
            return found
        option = pressed(catalog, last, turn) if last.question else last.options[0].id
        incoming = Incoming(address, option=option, question=last.question)
    raise AssertionError("the interview doesn't end")


async def main() -> None:
    """Print the table."""
    catalog = load_catalog()
    sealing = Counted.read(new_key())
    assert isinstance(sealing, Counted)
    times: dict[str, list[float]] = {"plain": [], "encrypted": []}
    sizes: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        stores = {
            name: await Store.open(f"sqlite:///{folder}/{name}.db", keys=keys)
            for name, keys in (("plain", Keys()), ("encrypted", sealing))
        }
        for store in stores.values():
            await store.migrate()
        for number in range(INTERVIEWS):
            for name, store in stores.items():
                times[name] += await interview(catalog, store, f"bench:{number}")
        for name, store in stores.items():
            await store.close()
            sizes[name] = size_of(folder, name)
    table(times, sizes)
    turns = len(times["encrypted"])
    print(
        f"\nsealing and opening alone: {1000 * sealing.spent / turns:.3f} ms a turn,"
        f" {sealing.calls / turns:.0f} values"
    )


def size_of(folder: str, name: str) -> int:
    """Bytes of a database."""
    return Path(folder, f"{name}.db").stat().st_size


def table(times: dict[str, list[float]], sizes: dict[str, int]) -> None:
    """Print the times and sizes."""
    print(f"{'':10} {'turns':>6} {'median ms':>10} {'95th ms':>8} {'worst ms':>9} {'kB':>7}")
    for name, found in times.items():
        found.sort()
        ninety_five = found[int(0.95 * (len(found) - 1))]
        row = f"{statistics.median(found):10.2f} {ninety_five:8.2f} {found[-1]:9.2f}"
        print(f"{name:10} {len(found):6} {row} {sizes[name] // 1024:7}")


if __name__ == "__main__":
    asyncio.run(main())
