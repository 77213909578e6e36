"""A business's name: nearly any text is one; what introduces it is left out."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding.words import Words

QUOTED = re.compile(r'(?<!\w)["“”«\']([^"“”»]{2,60})["“”»\'](?!\w)')
END = re.compile(r"(?:,\s+|\.\s+|\s+[-–]\s+|;\s*|\n)")


@cache
def opening(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What introduces a name."""
    return re.compile(rf"^(?:{'|'.join(phrases)})(?=[\s:,\"'-])[\s:,-]*", re.I)


@cache
def closing(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What follows a name."""
    return re.compile(rf"[\s,;.-]+(?:{'|'.join(phrases)})[\s.!]*$", re.I)


@cache
def going_on(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What begins another statement after a name."""
    return re.compile(rf"\s+(?:{'|'.join(phrases)})(?!\w)", re.I)


def surely(text: str, words: Words) -> str | None:
    """The name after words that can't introduce anything else."""
    return after(text, words, tuple(words.raw["name_surely_opens"]))


def introduced(text: str, words: Words) -> str | None:
    """The name after words that introduce one, or before words that close one; else None."""
    openings = (*words.raw["name_surely_opens"], *words.raw["name_opens"])
    name = after(text, words, tuple(openings))
    if name:
        return name
    end = closing(tuple(words.raw["name_closes"])).search(text.strip())
    before = text.strip()[: end.start()] if end else ""
    return clean(before) if before.strip() else None


def after(text: str, words: Words, phrases: tuple[str, ...]) -> str | None:
    """What stands after an introduction, up to the next statement."""
    rest = text.strip()
    start = opening(phrases).match(rest)
    if start is None or not rest[start.end() :].strip():
        return None
    name = first_part(rest[start.end() :])
    stop = going_on(tuple(words.raw["name_goes_on"])).search(name)
    return clean(name[: stop.start()] if stop else name)


def first_part(text: str) -> str:
    """A name ends where a new sentence begins."""
    quoted = QUOTED.match(text.strip())
    if quoted:
        return quoted.group(1)
    return END.split(text.strip(), maxsplit=1)[0]


def clean(name: str) -> str:
    """Without quotation marks and a full stop around it."""
    name = " ".join(name.split()).strip(" ,;:")
    name = name[:-1] if name.endswith(".") and name.count(".") == 1 else name
    if len(name) > 2 and name[0] == name[-1] and name[0] in "\"'“”":
        name = name[1:-1]
    return name.strip()
