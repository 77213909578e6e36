"""The line protocol of `comeback chat --protocol jsonl`: one JSON object a line, both ways.

In: {"start": true, "lang": "he"|"en"} first, then {"text": …} or {"option": id}. A start goes on
with an interview that was cut off, and begins a new one where the last was finished.
Out: ask, wait, say and plan, as the README tells. Nothing else goes to standard output. A line
that isn't of the protocol is answered by a `say` that tells what to send.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.catalog import Catalog
from advisor.codec import plain_answers
from advisor.model import PlannedAction
from advisor.store import Store
from advisor.store.codec import plan_from_json
from bot.conversation import Conversation
from bot.messages import Incoming, Reply
from bot.terminal.mishap import apology, received
from bot.terminal.outbox import waiting_replies

Emit = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class Lines:
    """One conversation over lines. `ticked` remembers what the last question shows as chosen:
    pressing a chosen option again means that the choice is complete."""

    catalog: Catalog
    store: Store
    conversation: Conversation
    address: str
    clock: Callable[[], datetime]
    emit: Emit
    language: str
    ticked: frozenset[str] = frozenset()

    async def take(self, line: str) -> None:
        """Answer one line."""
        incoming = self.parse(line)
        if incoming is None:
            problem = self.catalog.texts[self.language]["replies"]["protocol_line"]
            self.emit({"type": "say", "text": problem})
            return
        broke = await received(self.conversation, incoming)
        if broke is not None:
            self.emit({"type": "say", "text": apology(self.catalog, self.language, broke)})
        await self.show()

    def parse(self, line: str) -> Incoming | None:
        """A line of the protocol, or None."""
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(row, dict):
            return None
        if row.get("start"):
            if row.get("lang") in tuple(self.catalog.texts):
                self.language = row["lang"]
            return Incoming(self.address, start=True, anew=True, language=self.language)
        if isinstance(row.get("text"), str):
            return Incoming(self.address, text=row["text"], language=self.language)
        if isinstance(row.get("option"), str):
            option = "/done" if row["option"] in self.ticked else row["option"]
            return Incoming(self.address, option=option, language=self.language)
        return None

    async def show(self) -> None:
        """Write what waits in the outbox."""
        async for reply in waiting_replies(self.store, self.address, self.clock):
            if reply.type in ("ask", "wait"):
                self.ticked = frozenset(o.id for o in reply.options if o.ticked)
            self.emit(await self.row(reply))

    async def row(self, reply: Reply) -> dict[str, Any]:
        """A reply as a line."""
        self.language = reply.language
        options = [{"id": option.id, "label": option.label} for option in reply.options]
        match reply.type:
            case "ask":
                return {
                    "type": "ask",
                    "question": reply.question,
                    "text": reply.text,
                    "options": options,
                }
            case "wait":
                return {"type": "wait", "text": reply.text, "options": options}
            case "plan" if reply.plan is not None:
                async with self.store.unit() as unit:
                    plan = plan_from_json((await unit.plan(reply.plan)).document)
                return {
                    "type": "plan",
                    "text": reply.text,
                    "actions": [row(action) for action in plan.actions],
                    "answers": plain_answers(plan.answers),
                }
            case "export":
                return {
                    "type": "say",
                    "text": reply.text,
                    "data": json.loads(reply.document or "{}"),
                }
            case _:
                return {"type": "say", "text": reply.text}


async def serve_lines(lines: AsyncIterable[str], session: Lines) -> None:
    """Answer every line until the input ends."""
    async for line in lines:
        if line.strip():
            await session.take(line)


def row(action: PlannedAction) -> dict[str, Any]:
    """An action of a plan as a line tells it."""
    return {
        "id": action.id,
        "start_week": action.start_week,
        "weeks": action.weeks,
        "because": list(action.because),
        "rows": list(action.rows),
    }
