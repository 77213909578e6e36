"""An owner for tests of the conversation: a store in memory, a reader that is easily foreseen."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from advisor.catalog import Catalog, load_catalog
from advisor.interview import Interview, Reading
from advisor.model import Answer, AnswerState, Kind, Money, Slot, Value
from advisor.store import Store
from bot.conversation import Conversation
from bot.messages import Incoming, Reply
from bot.terminal.outbox import reply_from

ADDRESS = "test:owner"
IN_MEMORY = "sqlite+aiosqlite://"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACTS = frozenset(load_catalog().acts) - {"inform", "change"}
NUMBERS = {"employees": 4, "churn_share": 30, "customers_before": 200, "customers_now": 120}
"""Figures of an owner that go together."""


class FakeReader:
    """Reads by the letter: `slot=value, slot=value` informs, `change slot=value` and `change slot`
    correct, the name of an act is that act; a question about a text takes anything as its answer.
    `taught` readings come first; anything else isn't understood."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.taught: dict[str, Reading] = {}
        self.away = False
        self.heard: list[str] = []
        self.settled = 0

    async def settle(self) -> None:
        self.settled += 1

    async def read(self, text: str, question: str | None) -> Reading:
        self.heard.append(text)
        if text in self.taught:
            return self.taught[text]
        asked = self.catalog.slots.get(question or "")
        first, _, rest = text.partition(" ")
        if first == "change":
            answers = self.answers(rest)
            target = next(iter(answers), rest or None)
            return Reading("change", answers, target=target)
        if "=" in text:
            return Reading("inform", self.answers(text))
        if asked is not None and asked.kind is Kind.TEXT and not text.startswith("!"):
            return Reading("inform", {asked.id: Answer(asked.id, AnswerState.KNOWN, text)})
        if first.removeprefix("!") in ACTS:
            return Reading(first.removeprefix("!"), target=rest or None)
        return Reading(None, confidence=0.2)

    def answers(self, text: str) -> dict[str, Answer]:
        """`slot=value` pairs as answers."""
        pairs = [pair.strip().partition("=") for pair in text.split(",") if "=" in pair]
        return {name: known(self.catalog.slots[name], value) for name, _, value in pairs}


def known(slot: Slot, text: str) -> Answer:
    """A value written for a test."""
    value: Value = text
    match slot.kind:
        case Kind.CHOICES:
            value = tuple(sorted(text.split("+")))
        case Kind.YESNO:
            value = text == "true"
        case Kind.MONEY:
            value = Money(float(text), "ILS")
        case Kind.PERCENT | Kind.COUNT | Kind.DURATION:
            value = int(text)
    return Answer(slot.id, AnswerState.KNOWN, value)


@dataclass(slots=True)
class Owner:
    """Talks, and keeps what was said to them."""

    store: Store
    reader: FakeReader
    conversation: Conversation
    address: str = ADDRESS
    replies: list[Reply] = field(default_factory=list)
    said: list[Reply] = field(default_factory=list)
    """Everything that was ever said."""

    async def send(self, incoming: Incoming) -> list[Reply]:
        await self.conversation.receive(incoming)
        async with self.store.unit() as unit:
            rows = [row for row in await unit.unsent(self.address) if row.address == self.address]
            for row in rows:
                await unit.mark_sent(row.id, NOON)
        got = [reply_from(row.payload) for row in rows]
        assert got, "every turn is answered"
        self.replies = got
        self.said += got
        return got

    async def start(self, language: str | None = "en", anew: bool = False) -> list[Reply]:
        return await self.send(Incoming(self.address, start=True, anew=anew, language=language))

    async def say(self, text: str) -> list[Reply]:
        return await self.send(Incoming(self.address, text=text))

    async def press(self, option: str, question: str | None = None) -> list[Reply]:
        return await self.send(Incoming(self.address, option=option, question=question))

    @property
    def last(self) -> Reply:
        return self.replies[-1]

    @property
    def text(self) -> str:
        """All that was said to the last message."""
        return "\n".join(reply.text for reply in self.replies)

    def options(self) -> list[str]:
        return [option.id for option in self.last.options]

    async def state(self) -> Interview:
        async with self.store.unit() as unit:
            chat = await unit.chat(self.address, NOON)
            interview = await unit.open_interview(chat.id)
        assert interview is not None
        return interview.state

    async def value(self, slot: str) -> Value | None:
        """What an answer says now; None where there is none."""
        answer = (await self.state()).answers.get(slot)
        return answer.value if answer is not None else None

    async def answer(self, slot: Slot) -> list[Reply]:
        """A plain answer to the question that stands."""
        if slot.kind is Kind.CHOICES:
            await self.press(usual(slot))
            return await self.press("/done")
        if slot.options:
            return await self.press(usual(slot))
        return await self.say(f"{slot.id}={plain(slot)}")

    async def finish(self) -> None:
        """Say everything in one message, which leads to the plan."""
        slots = self.conversation.catalog.core()
        await self.say(", ".join(f"{slot.id}={plain(slot)}" for slot in slots))
        assert [reply.type for reply in self.replies[-2:]] == ["plan", "wait"]

    async def finish_as(self, name: str) -> None:
        """Tell a business's name, then all the rest in one message."""
        assert self.last.question == "business_name"
        await self.say(name)
        slots = self.conversation.catalog.core()[1:]
        await self.say(", ".join(f"{slot.id}={plain(slot)}" for slot in slots))
        assert [reply.type for reply in self.replies[-2:]] == ["plan", "wait"]

    async def go_until(self, question: str | None = None) -> None:
        """Answer until a question stands, or until something else than a question does."""
        for _ in range(60):
            if self.last.type != "ask" or self.last.question == question:
                return
            await self.answer(self.conversation.catalog.slots[self.last.question or ""])
        raise AssertionError("the interview doesn't end")


def usual(slot: Slot) -> str:
    """An option that contradicts nothing."""
    return next(o for o in slot.options if o not in ("none", "unknown", "closed"))


def plain(slot: Slot) -> str:
    """An answer as the reader takes it."""
    if slot.kind is Kind.TEXT:
        return "Corner Bakery"
    return usual(slot) if slot.options else str(figure(slot))


def figure(slot: Slot) -> int:
    """A number that the slot believes."""
    low, high = slot.range or (0, 100)
    return NUMBERS.get(slot.id, int(min(max(low, 20), high)))


MIGRATED = "migrated"
copies: dict[object, sqlite3.Connection] = {}
"""Databases in memory as they were at some moment: making them takes longer than a test."""


async def up_to_date(store: Store, url: str) -> None:
    """Migrate the first database in memory, and copy it for the others."""
    if url != IN_MEMORY:
        await store.migrate()
    elif not await take_copy(store, MIGRATED):
        await store.migrate()
        await keep_copy(store, MIGRATED)


async def keep_copy(store: Store, name: object) -> None:
    """Keep a database in memory as it is now, under a name."""
    copies[name] = sqlite3.connect(":memory:", check_same_thread=False)
    async with store.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.backup(copies[name])


async def take_copy(store: Store, name: object) -> bool:
    """Make a database in memory what one of that name was; False where none was kept."""
    if name not in copies:
        return False
    async with store.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver._execute(copies[name].backup, driver._conn)
    return True


@asynccontextmanager
async def talking(catalog: Catalog, url: str = IN_MEMORY) -> AsyncIterator[Owner]:
    """An owner in front of a conversation."""
    ids, minutes = count(1), count()
    store = await Store.open(url, ids=lambda: f"id-{next(ids)}")
    await up_to_date(store, url)
    reader = FakeReader(catalog)
    clock = lambda: NOON + timedelta(minutes=next(minutes))  # noqa: E731
    try:
        yield Owner(store, reader, Conversation(catalog, store, reader, clock))
    finally:
        await store.close()
