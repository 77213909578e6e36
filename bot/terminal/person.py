"""The conversation in a terminal for a person: numbered choices, typing always allowed."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console

from advisor.catalog import Catalog
from advisor.model import Kind
from advisor.render.chart import render_png
from advisor.render.docx import render_docx
from advisor.render.export import render_export
from advisor.render.html import render_html
from advisor.render.pdf import render_pdf
from advisor.render.view import PlanView, plan_view
from advisor.store import Store
from advisor.store.codec import plan_from_json
from bot.conversation import Conversation
from bot.messages import Incoming, Option, Reply
from bot.terminal.drafts import show_drafts, wanted
from bot.terminal.mishap import apology, received
from bot.terminal.outbox import waiting_replies
from bot.terminal.plan import show_plan
from bot.terminal.screen import Screen

NUMBERS = re.compile(r"\d+(?:[\s,.;]+\d+)*[\s.,;]*")
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


@dataclass(slots=True)
class Person:
    """A person at a terminal, and what stands on the screen."""

    catalog: Catalog
    store: Store
    conversation: Conversation
    address: str
    clock: Callable[[], datetime]
    folder: Path
    screen: Screen
    loading: Callable[[], bool]
    language: str
    question: str | None = None
    options: tuple[Option, ...] = ()
    view: PlanView | None = None
    frames: Any = field(default_factory=lambda: cycle(SPINNER))

    @property
    def texts(self) -> Mapping[str, Any]:
        """The wording of the terminal in the language of the moment."""
        texts: Mapping[str, Any] = self.catalog.texts[self.language]["terminal"]
        return texts

    async def begin(self) -> None:
        """Open the conversation, or go on where it stopped."""
        await self.send(Incoming(self.address, start=True, language=self.language))

    async def send(self, *incoming: Incoming) -> None:
        """Pass messages on; show what comes back to the last of them."""
        replies: list[Reply] = []
        if self.loading() and any(message.text for message in incoming):
            self.screen.say(str(self.texts["one_moment"]))
        for message in incoming:
            broke = await received(self.conversation, message)
            if broke is not None:
                self.screen.say(apology(self.catalog, self.language, broke))
                break
            replies = [r async for r in waiting_replies(self.store, self.address, self.clock)]
        for reply in replies:
            await self.show(reply)

    async def show(self, reply: Reply) -> None:
        """One reply on the screen."""
        self.language = reply.language
        self.screen.language = reply.language
        if reply.type == "plan" and reply.plan is not None:
            self.screen.say(reply.text)
            await self.show_plan(reply.plan)
        elif reply.type == "export":
            self.screen.say(reply.text)
            self.save_data(reply.document or "{}")
        elif reply.type in ("say", "word"):
            self.screen.say(reply.text)
        else:
            self.question, self.options = reply.question, reply.options
            progress = self.progress(reply)
            self.screen.ask(reply.text, self.marked(), progress)

    def save_data(self, document: str) -> None:
        """All that is stored, as a page to read and for programs."""
        page = render_export(self.catalog, json.loads(document), self.language)
        self.screen.path(self.save("my-data.html", page.encode(errors="replace")))
        self.screen.path(self.save("my-data.json", document.encode(errors="replace")))

    def progress(self, reply: Reply) -> str:
        """How far along the owner is, in words."""
        if reply.progress is None:
            return ""
        number, total = reply.progress
        text = str(self.catalog.texts[self.language]["replies"]["progress"])
        return text.format(number=number, total=total)

    async def show_plan(self, plan_id: str) -> None:
        """The plan on the screen, and as files to keep."""
        async with self.store.unit() as unit:
            stored = await unit.plan(plan_id)
        plan = plan_from_json(stored.document)
        view = plan_view(self.catalog, plan, self.language, word=stored.word)
        show_plan(self.screen, view)
        self.view = view
        if any(action.drafts for action in view.actions):
            self.screen.say(str(self.texts["drafts_hint"]))
        files = await asyncio.to_thread(plan_files, view)
        self.screen.say(str(self.texts["saved"]))
        for ending, content in files.items():
            name = f"plan-{stored.version}-{self.language}.{ending}"
            self.screen.path(self.save(name, content))

    def shows_drafts(self, typed: str) -> bool:
        """Whether drafts of the plan on the screen were asked for; then they are shown."""
        if self.view is None or self.question is not None:
            return False
        action = wanted(self.texts, self.view, typed)
        if action is not None:
            show_drafts(self.screen, self.view, action, str(self.texts["drafts_none"]))
        return action is not None

    def save(self, name: str, content: bytes) -> Path:
        """A file in the owner's folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        path.write_bytes(content)
        return path

    def marked(self) -> list[tuple[str, Option]]:
        """Options with what to type for them: numbers for options, letters for controls as far as
        they last."""
        controls = [option for option in self.options if option.id.startswith("/")]
        options = [option for option in self.options if option not in controls]
        numbered = [(str(number), option) for number, option in enumerate(options, 1)]
        return [*numbered, *zip(self.texts["letters"], controls, strict=False)]

    def understood(self, typed: str) -> list[Incoming]:
        """What was typed: a choice's number or letter, several numbers, or a message."""
        marks = {mark: option.id for mark, option in self.marked()}
        text = typed.strip()
        if text.lower() in marks:
            return [self.press(marks[text.lower()])]
        slot = self.catalog.slots.get(self.question or "")
        if slot is not None and slot.kind is Kind.CHOICES and NUMBERS.fullmatch(text):
            numbers = dict.fromkeys(re.findall(r"\d+", text))
            chosen = [marks[number] for number in numbers if number in marks]
            if chosen:
                ticked = {option.id for option in self.options if option.ticked}
                presses = [self.press(option) for option in chosen if option not in ticked]
                return [*presses, self.press("/done")]
        return [Incoming(self.address, text=typed, question=self.question)]

    def press(self, option: str) -> Incoming:
        """A button."""
        return Incoming(self.address, option=option, question=self.question)

    def toolbar(self) -> str:
        """What can be typed at any time; a spinner while understanding loads."""
        if self.loading():
            return f"{next(self.frames)} {self.texts['loading']}"
        return str(self.texts["hints"])


def plan_files(view: PlanView) -> dict[str, bytes]:
    """A plan to keep, by the endings of its files."""
    return {
        "pdf": render_pdf(view),
        "docx": render_docx(view),
        "html": render_html(view).encode(),
        "png": render_png(view),
    }


async def chat(person: Person, read: Callable[[], Awaitable[str]] | None = None) -> None:
    """Talk with whoever was greeted by `begin`, until they leave (end of input or Ctrl-C);
    everything is saved as we go."""
    session: PromptSession[str] | None = None
    if read is None:
        session = PromptSession(bottom_toolbar=person.toolbar, refresh_interval=0.2)
    while True:
        try:
            with patch_stdout(raw=True):
                typed = await (read() if read else session.prompt_async("› "))  # type: ignore[union-attr]
        except (EOFError, KeyboardInterrupt):
            person.screen.say(str(person.texts["goodbye"]))
            return
        if not person.shows_drafts(typed):
            await person.send(*person.understood(typed))


def console() -> Console:
    """The screen that a person looks at."""
    return Console(highlight=False, soft_wrap=False)
