"""`comeback chat --protocol jsonl` as a process of its own, with understanding's model away."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from advisor.catalog import Catalog
from advisor.model import Kind, Slot

COMMAND = [sys.executable, "-c", "from comeback.command import main; main()"]
NOBODY = "http://127.0.0.1:9"
PATIENCE = 30.0
FIGURES = {"churn_share": 30, "customers_before": 200, "customers_now": 120, "cash_runway": 90}


def environment(data: Path) -> dict[str, str]:
    """Settings for a process: its own data, and no model."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMEBACK_")}
    root = str(Path(__file__).parent.parent)
    return {**kept, "COMEBACK_DATA": str(data), "COMEBACK_NLU_URL": NOBODY, "PYTHONPATH": root}


class Process:
    """A run of the command; lines in, lines out."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def run(cls, data: Path) -> Process:
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            *("chat", "--protocol", "jsonl"),
            env=environment(data),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=2**24,
        )
        return cls(process)

    def send(self, **row: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(row).encode() + b"\n")

    async def line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        raw = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        assert raw, "the process ended"
        row: dict[str, Any] = json.loads(raw)
        return row

    async def answer(self, **row: Any) -> list[dict[str, Any]]:
        """Send a line; what comes back, up to what is waited for."""
        self.send(**row)
        rows = [await self.line()]
        while rows[-1]["type"] not in ("ask", "wait"):
            rows.append(await self.line())
        return rows

    async def start(self, language: str = "en") -> list[dict[str, Any]]:
        return await self.answer(start=True, lang=language)

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


def inputs(catalog: Catalog, question: str) -> list[dict[str, str]]:
    """Lines that answer a question: buttons where there are any."""
    slot = catalog.slots[question]
    if slot.kind is Kind.CHOICES:
        first, second = [o for o in slot.options if o not in slot.exclusive][:2]
        return [{"option": first}, {"option": second}, {"option": "/done"}]
    if slot.options:
        return [{"option": slot.options[0]}]
    return [{"text": "Corner Bakery" if slot.kind is Kind.TEXT else figure(slot)}]


def figure(slot: Slot) -> str:
    """A number that the slot believes, as an owner types it."""
    number = FIGURES.get(slot.id, 12)
    return f"{number} days" if slot.kind is Kind.DURATION else str(number)
