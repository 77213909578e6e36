"""Owners of a deployment: what they answered, and what was said to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram_owner import by_button, interviewed
from telegram_peer import TOKEN, Phone, serving
from telegram_running import clock, conversation, running

from advisor.catalog import Catalog
from advisor.store import Store, Unit

QUESTIONS = 7
"""As many as tests of faults ask."""


async def answers(store: Store, phone: Phone) -> dict[str, Any]:
    """What stands, by slot."""
    async with store.unit() as unit:
        chat = await unit.chat(address(phone), clock())
        interview = await unit.open_interview(chat.id)
    assert interview is not None
    return {slot: (a.state, a.value) for slot, a in interview.state.answers.items()}


async def said(unit: Unit, phone: Phone) -> Counter[str]:
    """What was said to an owner, by the transcript; without what surrounds it on Telegram."""
    chat = await unit.chat(address(phone), clock())
    rows = (await unit.export(chat.id))["transcript"]
    return Counter(row["text"] for row in rows if row["direction"] == "out")


async def heard(store: Store, phone: Phone, number: int) -> bool:
    """Whether so many messages and presses came in."""
    async with store.unit() as unit:
        chat = await unit.chat(address(phone), clock())
        rows = (await unit.export(chat.id))["transcript"]
    return [row["direction"] for row in rows].count("in") == number


async def repeated(store: Store, phone: Phone) -> int:
    """How many messages the owner saw more than was said; an AssertionError where it is less."""
    async with store.unit() as unit:
        texts = await said(unit, phone)
    shown = len(phone.screen)
    assert shown >= texts.total(), (phone.texts, texts)
    if shown > texts.total():
        print("shown more than once:", [text for text, n in Counter(phone.texts).items() if n > 1])
    return shown - texts.total()


def address(phone: Phone) -> str:
    return f"telegram:7:{phone.chat}"


@asynccontextmanager
async def alone(folder: Path) -> AsyncIterator[tuple[Store, Phone]]:
    """An owner whom nothing disturbs: one process, on SQLite, by polling."""
    store = await Store.open(f"sqlite:///{folder}/alone.db")
    await store.migrate()
    try:
        async with serving() as server, running(conversation(store), TOKEN, server.root):
            yield store, Phone(server, chat=1, code="en")
    finally:
        await store.close()


async def undisturbed(folder: Path, catalog: Catalog) -> dict[str, Any]:
    """What an owner answers whom nothing disturbs."""
    async with alone(folder) as (store, phone):
        await phone.say("/start en")
        await interviewed(phone, catalog, by_button, QUESTIONS)
        await phone.prompt()
        return await answers(store, phone)
