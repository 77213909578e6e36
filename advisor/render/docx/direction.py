"""Runs of one direction each, as Word wants them: it asks each run whether it is right to left, and
lets neutral signs follow that."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from advisor.render.direction import LRM, RLM, first_strong, runs
from advisor.render.paper import without_emoji

RIGHT = frozenset({"R", "AL"})
Piece = tuple[str, bool]
"""A text, and whether it runs from right to left."""


def pieces(language: str, text: str) -> Iterator[Piece]:
    """A text of the view in runs. What is isolated stands between marks of its own direction; a
    mark of the text's direction follows whatever runs against it."""
    rightwards = language == "he"
    for kind, run in runs(without_emoji(text)):
        inner = rightwards if kind == "plain" else kind == "either" and first_strong(run) in RIGHT
        if inner == rightwards:
            yield from split(run, rightwards)
        else:
            edge, outer = (RLM, LRM) if inner else (LRM, RLM)
            yield edge, inner
            yield from split(run, inner)
            yield edge, inner
            yield outer, rightwards


def split(text: str, rightwards: bool) -> Iterator[Piece]:
    """The text in stretches that run one way, each against the text followed by a mark."""
    start = 0
    for first, end in against(text, rightwards):
        if first > start:
            yield text[start:first], rightwards
        yield text[first:end], not rightwards
        yield (RLM if rightwards else LRM), rightwards
        start = end
    if start < len(text):
        yield text[start:], rightwards


def against(text: str, rightwards: bool) -> Iterator[tuple[int, int]]:
    """Where the text runs against its direction: from a letter to the last letter or digit before
    the next letter of its own direction."""
    other, own = ({"L"}, RIGHT) if rightwards else (RIGHT, {"L"})
    first = end = -1
    for index, sign in enumerate(text):
        kind = unicodedata.bidirectional(sign)
        if kind in other:
            first = index if first < 0 else first
            end = index + 1
        elif kind == "EN" and first >= 0:
            end = index + 1
        elif kind in own and first >= 0:
            yield first, end
            first = -1
    if first >= 0:
        yield first, end
