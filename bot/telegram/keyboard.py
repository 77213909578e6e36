"""Options as inline buttons, and what a press sends back.

A button's data is `version|question|option`: `version` names the row of the outbox that the
button came with, so that a press on an older message is told from one on the message that stands.
Buttons of a plan stay good for ever: theirs is `plan||/action:id`, `plan||/drafts:id` or
`plan||/part:name`, with the plan's own id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import Option

SHORT = 18
"""Labels up to this long share a row with another."""
TICK = "✓ "
ACTION = "/action:"
DRAFTS = "/drafts:"
PART = "/part:"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button says about itself."""

    version: str
    question: str | None
    option: str

    @property
    def wanted(self) -> tuple[str, str] | None:
        """What of a plan is wanted: details or drafts of an action, or a part; and its name."""
        kind, colon, name = self.option.partition(":")
        return (kind[1:], name) if kind + colon in (ACTION, DRAFTS, PART) else None


def pack(press: Press) -> str:
    """A button's data: at most 64 bytes for every slot and option, which a test holds."""
    return f"{press.version}|{press.question or ''}|{press.option}"


def unpack(data: str) -> Press | None:
    """What a press sent, or None for data that we didn't write."""
    parts = data.split("|", 2)
    if len(parts) != 3 or not parts[2]:
        return None
    return Press(parts[0], parts[1] or None, parts[2])


def keyboard(
    options: Iterable[Option], language: str, version: str, question: str | None
) -> InlineKeyboardMarkup | None:
    """Buttons for a message: the question's options first, then what else can be done."""
    every = list(options)
    answers = [option for option in every if not option.id.startswith("/")]
    controls = [option for option in every if option.id.startswith("/")]
    rows = [*paired(answers), *paired(controls)]
    return markup(rows, language, version, question) if rows else None


def markup(
    rows: Iterable[list[Option]], language: str, version: str, question: str | None = None
) -> InlineKeyboardMarkup:
    """Rows as Telegram takes them. It never mirrors a row, so Hebrew ones are turned round."""
    shown = (row[::-1] if language == "he" else row for row in rows)
    return InlineKeyboardMarkup(
        [[button(option, Press(version, question, option.id)) for option in row] for row in shown]
    )


def button(option: Option, press: Press) -> InlineKeyboardButton:
    """One button, with a tick where it is chosen."""
    label = TICK + option.label if option.ticked else option.label
    return InlineKeyboardButton(label, callback_data=pack(press))


def paired(options: Iterable[Option]) -> Iterator[list[Option]]:
    """Short labels two in a row, long ones alone, in their order."""
    row: list[Option] = []
    for option in options:
        short = len(option.label) <= SHORT
        if row and not short:
            yield row
            row = []
        row.append(option)
        if not short or len(row) == 2:
            yield row
            row = []
    if row:
        yield row
