"""The texts of a view as paper can bear them: without emoji, which our fonts don't have, with
numbers that stay on one line, and with words too long for a line cut where it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from advisor.render.view.types import PlanView

WORDS = (
    *("headings", "action", "page", "amended", "areas_note", "room", "sums_note"),
    *("actions_note", "later_note", "unknowns_note", "sources_note"),
)
"""What the templates use of the frame."""
JOINER, BREAK = "\u2060", "\u200b"
EMOJI = re.compile(
    "[\u20e3\u2600-\u27bf\u2b05-\u2b55\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]\u200d?"
)
DASH = re.compile(r"(?<=\d)([\u2010-\u2015])(?=[^\w\s]?\d)")
LONG_WORD = re.compile(r"[^\s\u2066-\u2069]{26,}")
PIECE = re.compile(r"(?s)(.{6})(?=.)(?![\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u20d0-\u20ff])")


def without_emoji(text: str) -> str:
    """The text without emoji and without the gap that they leave."""
    stripped = EMOJI.sub("", text)
    return text if stripped == text else re.sub(r"  +", " ", stripped).strip()


@lru_cache(maxsize=8192)
def drawable(text: str) -> str:
    """A text for a typesetter: a range doesn't break at its dash, a word of 26 signs or more may
    break anywhere in steps of six."""
    joined = DASH.sub(rf"\1{JOINER}", without_emoji(text).replace("\u2011", f"-{JOINER}"))
    return LONG_WORD.sub(lambda word: PIECE.sub(rf"\1{BREAK}", word[0]), joined)


def paper(view: PlanView) -> dict[str, Any]:
    """The view as plain data. A draft's `text` holds its blocks, each of one or more lines."""
    words = {name: view.words[name] for name in WORDS}
    data: dict[str, Any] = mapped(drawable, asdict(replace(view, words=words)))
    data |= {"start_note": drawable(view.start_note), "money_note": drawable(view.money_note)}
    for sum_line, row in zip(view.money, data["money"], strict=True):
        row["reckoning"] = drawable(sum_line.reckoning)
    for source, row in zip(view.sources, data["sources"], strict=True):
        row["told"] = drawable(source.told)
    for action, shown in zip(view.actions, data["actions"], strict=True):
        shown["measured"] = mapped(drawable, action.measured)
        for draft, written in zip(action.drafts, shown["drafts"], strict=True):
            blocks = [block.split("\n") for block in draft.text.split("\n\n")]
            written["text"] = mapped(drawable, blocks)
    return data


def mapped(change: Callable[[str], str], value: Any) -> Any:
    """The same data with each text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: mapped(change, item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(change, item) for item in value]
    return value
