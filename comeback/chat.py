"""The terminal channels, wired."""

from __future__ import annotations

import json
import sys
from typing import Any

from advisor.errors import ComebackError
from advisor.model import DEFAULT_LANGUAGE
from advisor.store import Store
from bot.invited import admit
from bot.terminal import chat, serve_lines
from bot.terminal.person import Person, console
from bot.terminal.protocol import Lines
from bot.terminal.screen import Screen
from comeback.late import loading_after_first
from comeback.lines import arriving_lines
from comeback.logs import quiet_logs
from comeback.settings import Settings
from comeback.wiring import assembled, clock

ADDRESS = "terminal:default"


async def chat_with_person(
    settings: Settings, language: str | None, visual: bool, invitation: str = ""
) -> None:
    """An interview with whoever sits at the terminal; it goes on where it stopped, in the language
    of last time unless another is given. With the token of an invitation its practice sees it."""
    if not sys.stdin.isatty():
        raise ComebackError(
            "a chat needs a terminal; for programs there is: comeback chat --protocol jsonl"
        )
    quiet_logs()
    async with assembled(settings) as parts:
        language = language or await spoken(parts.store)
        person = Person(
            catalog=parts.catalog,
            store=parts.store,
            conversation=parts.conversation,
            address=ADDRESS,
            clock=clock,
            folder=settings.data / "plans",
            screen=Screen(console(), language, visual),
            loading=lambda: parts.reader.away,
            language=language,
        )
        if invitation:
            await admit(parts.conversation, ADDRESS, invitation, language)
        await person.begin()
        parts.reader.load()
        await chat(person)


async def spoken(store: Store) -> str:
    """The language that was talked here last, at first the product's own."""
    async with store.unit() as unit:
        chat = await unit.chat(ADDRESS, clock())
    return chat.language or DEFAULT_LANGUAGE


async def chat_in_lines(settings: Settings, language: str | None, invitation: str = "") -> None:
    """The line protocol; each run of it is a conversation of its own, in the same database. With
    the token of an invitation its practice sees it."""
    quiet_logs()
    async with assembled(settings) as parts:
        language = language or await spoken(parts.store)
        session = Lines(
            catalog=parts.catalog,
            store=parts.store,
            conversation=parts.conversation,
            address=ADDRESS,
            clock=clock,
            emit=emit,
            language=language,
        )
        if invitation:
            await admit(parts.conversation, ADDRESS, invitation, language)
        await serve_lines(loading_after_first(arriving_lines(), parts.reader), session)


def emit(row: dict[str, Any]) -> None:
    """One line out, at once."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
