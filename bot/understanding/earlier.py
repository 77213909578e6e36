"""Which number of a correction is the one that was given before: "27,000, I typed 72,000 by
mistake", "earlier I put 40, make that 25", "35 thousand, I wrote 53 before"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from bot.understanding.words import Words

STOP = re.compile(r"[;:.!?]|,(?!\d)")

REACH = 30
"""Letters between a word such as 'typed' and the number that it tells of."""
HEAD_START = 3
"""Letters by which a number after such a word may stand further off than one before it."""


class Placed(Protocol):
    """Anything that stands at text[start:end]."""

    @property
    def start(self) -> int:
        """Its first letter."""

    @property
    def end(self) -> int:
        """The letter after it."""


Found = TypeVar("Found", bound=Placed)


def without_earlier(text: str, amounts: Sequence[Found], words: Words) -> list[Found]:
    """The amounts that aren't told as what was answered before."""
    old = {told_of(text, mark, amounts, words) for mark in words["said_earlier"].find(text)}
    return [amount for amount in amounts if amount.start not in old]


def told_of(text: str, mark: re.Match[str], amounts: Sequence[Placed], words: Words) -> int | None:
    """Where the number begins that a word such as 'typed' tells of; None where it has none."""
    after = [a for a in amounts if a.start >= mark.end()]
    before = [a for a in amounts if a.end <= mark.start()]
    next_gap = text[mark.end() : after[0].start] if after else None
    last_gap = text[before[-1].end : mark.start()] if before else None
    ahead = next_gap is not None and joins(next_gap, words)
    behind = (
        last_gap is not None and joins(last_gap, words) and not words["goes_on"].inside(last_gap)
    )
    if ahead and behind and next_gap is not None and last_gap is not None:
        ahead = len(next_gap) <= len(last_gap) + HEAD_START
    if ahead:
        return after[0].start
    return before[-1].start if behind else None


def joins(gap: str, words: Words) -> bool:
    """Whether the words between keep to one statement, and none begins the correction."""
    return len(gap) <= REACH and not STOP.search(gap) and not words["anew"].inside(gap)
