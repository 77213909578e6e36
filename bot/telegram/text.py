"""Plain text to Telegram's HTML: measured in UTF-16 units, split first and formatted afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as escape_markup

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
BREAKS = ("\n\n", "\n", ". ", " ")
JOINED = "\u200d\ufe0f"
"""Signs that continue the one before: a cut in front of them would break an emoji."""


def escape(text: str) -> str:
    """Text whose `<`, `>` and `&` are shown as they are."""
    return escape_markup(text, quote=False)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = LONGEST_TEXT) -> Iterator[str]:
    """Pieces that fit `limit` even when escaped, cut where a reader would pause."""
    rest = text.strip()
    while rest:
        end = fitting(rest, limit)
        if end < len(rest):
            end = pause(rest, end)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()


def fitting(text: str, limit: int) -> int:
    """How many characters from the start fit."""
    used = 0
    for index, sign in enumerate(text):
        used += units(escape(sign))
        if used > limit:
            return max(index, 1)
    return len(text)


def pause(text: str, end: int) -> int:
    """The best place to cut at or before `end`, in the second half if there is any."""
    for mark in BREAKS:
        found = text.rfind(mark, end // 2, end)
        if found > 0:
            return found + len(mark)
    while end > 1 and (text[end] in JOINED or text[end - 1] == "\u200d"):
        end -= 1
    return end


def sound(text: str) -> str:
    """What came in, without halves of characters and zeros that no database keeps."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")
