"""An owner of the demo: goes through a whole interview, by buttons and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from advisor.model import WITH_OPTIONS, Kind, Slot
from bot.conversation import Conversation
from bot.messages import Incoming, Reply
from bot.terminal.outbox import reply_from

MOST_TURNS = 80
ASIDES = ("/keep", "/later", "/learn:no", "/yes")
"""What an owner of the demo presses where something other than a question is asked."""


@dataclass(slots=True)
class DemoOwner:
    """`business` is a row of businesses.yml, `phrases` how its language says numbers, `clock` gives
    the time of the next thing that happens."""

    catalog: Catalog
    conversation: Conversation
    address: str
    business: Mapping[str, Any]
    phrases: Mapping[str, list[str]]
    chance: Random
    clock: Callable[[], datetime]
    standing: Reply | None = None
    planned: bool = field(default=False)

    async def interview(self) -> None:
        """From the first word to the plan, or to the question at which this owner stopped."""
        await self.send(Incoming(self.address, start=True, language=self.business["language"]))
        for _ in range(MOST_TURNS):
            asked = self.standing
            if self.planned or asked is None:
                return
            if asked.question is not None and asked.question == self.business.get("until"):
                return
            await self.answer(asked)
        raise ComebackError(f"the demo interview of {self.business['name']} doesn't end")

    async def answer(self, asked: Reply) -> None:
        """Answer a question, or get out of whatever else is asked."""
        slot = self.catalog.slots.get(asked.question or "")
        if asked.type != "ask" or slot is None:
            options = [option.id for option in asked.options]
            aside = next((o for o in options if o.startswith(ASIDES)), options[0])
            await self.press(aside)
            return
        known = {"business_name": self.business["name"], **self.business["answers"]}
        if slot.id not in known:
            await self.press("/unsure")
        elif slot.kind is Kind.CHOICES:
            for option in known[slot.id]:
                await self.press(option, slot.id)
            if self.standing is not None and self.standing.question == slot.id:
                await self.press("/done", slot.id)
        elif slot.kind in WITH_OPTIONS:
            await self.press(str(known[slot.id]).lower(), slot.id)
        else:
            await self.say(self.worded(slot, known[slot.id]))

    def worded(self, slot: Slot, value: Any) -> str:
        """A name as it is, a number as people say it."""
        if slot.kind is Kind.TEXT:
            return str(value)
        kind = "hours" if slot.id == "hours_per_week" else slot.kind.value
        return self.chance.choice(self.phrases[kind]).format(n=value)

    async def tell(self, states: Sequence[str], measure: str) -> None:
        """Answer the questions of a check-in, one state after the other; what is done brought
        `measure`."""
        for state in states:
            if not self.is_asked(f"/did:{state}"):
                return
            await self.press(f"/did:{state}")
            if state == "done" and not self.is_asked("/did:done"):
                await self.say(measure)

    def is_asked(self, option: str) -> bool:
        """Whether a button stands."""
        return any(one.id == option for one in self.standing.options) if self.standing else False

    async def say(self, text: str) -> None:
        """Type something."""
        await self.send(Incoming(self.address, text=text))

    async def press(self, option: str, question: str | None = None) -> None:
        """Press a button."""
        await self.send(Incoming(self.address, option=option, question=question))

    async def send(self, incoming: Incoming) -> None:
        """One turn, and what was said to it."""
        await self.conversation.receive(incoming)
        await self.look()

    async def look(self) -> None:
        """What was said, by whomever."""
        self.standing = None
        for reply in await self.shown():
            self.planned = self.planned or reply.type == "plan"
            if reply.type in ("ask", "wait"):
                self.standing = reply

    async def shown(self) -> list[Reply]:
        """What was said, from now on as good as sent."""
        async with self.conversation.store.unit() as unit:
            rows = await unit.unsent(self.address)
            for row in rows:
                await unit.mark_sent(row.id, self.clock())
        return [reply_from(row.payload) for row in rows if row.address == self.address]
