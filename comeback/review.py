"""`comeback nlu review`: a person labels what was misread, which makes it training examples."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import FuzzyWordCompleter
from prompt_toolkit.shortcuts import CompleteStyle
from rich.console import Console
from rich.table import Table
from rich.text import Text

from advisor.catalog import Catalog, load_catalog
from advisor.errors import ComebackError
from advisor.store import Misreading, Store, StoredMisreading
from bot.understanding.stripping import filled, placeholders
from comeback.database import opened
from comeback.examples import Examples
from comeback.settings import Settings
from comeback.wiring import clock

SKIP, DISCARD, QUIT = "/skip", "/discard", "/quit"
HINT = (
    f"Give each a label (Tab completes), or {SKIP} (an empty line, too), {DISCARD} or {QUIT};"
    " then mend the text, with made-up values."
)
Ask = Callable[[str, str, bool], Awaitable[str]]
"""Asks: what for, what stands there already, and whether labels are completed. Raises EOFError
where nobody is there any more."""


class LeftError(Exception):
    """The person has had enough."""


@dataclass(slots=True)
class Reviewer:
    """One round through the queue."""

    catalog: Catalog
    store: Store
    examples: Examples
    ask: Ask
    console: Console
    clock: Callable[[], datetime]
    patient: bool = True
    """Whether a slip is told and asked about again; otherwise it ends the command."""
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("labelled", "there already", "discarded", "left"), 0)
    )

    async def go_through(self, rows: Iterable[StoredMisreading]) -> None:
        """Ask about each row until the person leaves."""
        rest = list(rows)
        try:
            total = len(rest)
            while rest:
                self.console.print(f"\n{total - len(rest) + 1} of {total}")
                show(self.console, rest[0].misreading)
                self.counts[await self.settle(rest[0])] += 1
                rest.pop(0)
        except (EOFError, KeyboardInterrupt, LeftError):
            pass
        self.counts["left"] += len(rest)

    async def settle(self, row: StoredMisreading) -> str:
        """What became of one row: a name of the counts."""
        while True:
            answer = (await self.ask("label", suggestion(row.misreading), True)).strip() or SKIP
            if answer == QUIT:
                raise LeftError
            if answer == SKIP:
                return "left"
            try:
                return await self.decided(row, answer)
            except ComebackError as error:
                if not self.patient:
                    raise
                self.console.print(Text(f"{str(error)[:1].upper()}{str(error)[1:]}.", "yellow"))

    async def decided(self, row: StoredMisreading, answer: str) -> str:
        """Discard the row, or write it as an example; the file first, so that nothing is lost."""
        if answer == DISCARD:
            await self.finish(row, None)
            return "discarded"
        label = self.known(answer)
        draft = filled(row.misreading.text, row.misreading.language, row.id)
        text = (await self.ask("text", draft, False)).strip() or draft
        left = placeholders(text)
        if left:
            raise ComebackError(f"write a made-up value for <{left[0]}>, not the placeholder")
        path = self.examples.add(row.misreading.language, label, text)
        await self.finish(row, label)
        if path is None:
            return "there already"
        self.console.print(Text(f"{label}: one more line in {path}", "green"))
        return "labelled"

    async def finish(self, row: StoredMisreading, label: str | None) -> None:
        """Take the row off the queue. Its owner may have done so meanwhile."""
        async with self.store.unit() as unit:
            await unit.finish_misreading(row.id, label, self.clock())

    def known(self, answer: str) -> str:
        """The label that was meant. Raises ComebackError where there is none like it."""
        if self.examples.labels.exists(answer):
            return answer
        near = get_close_matches(answer, list(self.examples.labels.usual()), 3, 0.5)
        meant = f": did you mean {' or '.join(near)}" if near else ""
        raise ComebackError(f"there is no label {answer}{meant}")


async def review(settings: Settings, only_list: bool, limit: int | None) -> None:
    """Show what waits; then go through it with a person, or with lines from standard input."""
    catalog, console = load_catalog(), Console(highlight=False, soft_wrap=True)
    async with opened(settings) as store:
        async with store.unit() as unit:
            counts, rows = await unit.count_misreadings(), await unit.waiting_misreadings(limit)
        overview(console, counts)
        if only_list:
            for row in rows:
                show(console, row.misreading)
        elif rows:
            examples = Examples(settings.nlu_project, catalog)
            typing = sys.stdin.isatty()
            ask = at_terminal(examples) if typing else from_lines()
            reviewer = Reviewer(catalog, store, examples, ask, console, clock, typing)
            console.print(HINT)
            await reviewer.go_through(rows)
            told = ", ".join(f"{number} {what}" for what, number in reviewer.counts.items())
            console.print(f"\n{told}.")
            if reviewer.counts["labelled"]:
                console.print("The model learns them with: comeback nlu train")


def overview(console: Console, counts: dict[str, int]) -> None:
    """How many wait, by reason."""
    if not counts:
        console.print("Nothing waits to be labelled.")
        return
    table = Table("why", "messages", box=None)
    for reason, number in counts.items():
        table.add_row(reason.replace("_", " "), str(number))
    table.add_row("all", str(sum(counts.values())), style="bold")
    console.print(table)


def show(console: Console, row: Misreading) -> None:
    """One message with all that is known of it; text of owners is never taken for markup."""
    console.print(Text(row.text, "bold"))
    act, confidence = row.read["act"] or "nothing", row.read["confidence"]
    about = f"asked about {row.question}" if row.question else "nothing was asked"
    console.print(
        Text(f"  {row.at:%Y-%m-%d}, {row.language}, {about}, {row.reason.replace('_', ' ')}")
    )
    console.print(Text(f"  read: {act} ({confidence:.2f}) {pairs(row.read)}".rstrip()))
    if row.corrected:
        console.print(Text(f"  then: {pairs(row.corrected)}"))


def pairs(reading: dict[str, list[list[object]]]) -> str:
    """Slots and values as they stand in a reading."""
    return ", ".join(f"{slot} = {told(value)}" for slot, value in reading.get("slots", []))


def told(value: object) -> str:
    """A value as labels write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "+".join(value) if isinstance(value, list) else str(value)


def suggestion(row: Misreading) -> str:
    """The label that follows from what the owner answered in the end, if they did."""
    slots = (row.corrected or {}).get("slots", [])
    if len(slots) != 1 or slots[0][1] in ("unknown", "skipped"):
        return ""
    slot, value = slots[0]
    plain = isinstance(value, str) and value.startswith("<")
    return str(slot) if plain else f"{slot}.{told(value)}"


def at_terminal(examples: Examples) -> Ask:
    """Asks the person at the keyboard, with labels completed by any letters of theirs."""
    labels = FuzzyWordCompleter([*examples.labels.usual(), SKIP, DISCARD, QUIT], WORD=True)
    session: PromptSession[str] = PromptSession(complete_style=CompleteStyle.MULTI_COLUMN)

    async def ask(what: str, default: str, completing: bool) -> str:
        completer = labels if completing else None
        return await session.prompt_async(f"{what} › ", default=default, completer=completer)

    return ask


def from_lines() -> Ask:
    """Takes answers from standard input, a line each; an empty one takes what stands there."""

    async def ask(_: str, default: str, __: bool) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip() or default

    return ask
