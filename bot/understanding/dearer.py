"""Whose price is the higher one, said in words: "we're pricier than the place next door" is dearer
than others, and so is "they're cheaper than us"."""

from __future__ import annotations

import re

from bot.understanding.words import Words

STOP = re.compile(r"[.;!?\n]")
REVERSED = {"cheaper": "pricier", "pricier": "cheaper"}


def worded(text: str, words: Words) -> str | None:
    """'cheaper' or 'pricier' where one thing is said to be so and the text says whose it is; else
    None, as where something is denied, or told of what customers say or look for."""
    unclear = ("negation", "price_reported")
    if any(words[group].inside(text) for group in unclear):
        return None
    found = {position: list(words.nested["dear"][position].find(text)) for position in REVERSED}
    said = [(m.start("word"), m.end("word"), p) for p, matches in found.items() for m in matches]
    if len({position for _, _, position in said}) != 1:
        return None
    start, end, position = min(said)
    lead, tail = STOP.split(text[:start])[-1], STOP.split(text[end:])[0]
    whose = before(lead, words) or behind(tail, words)
    return {"mine": position, "theirs": REVERSED[position]}.get(whose or "")


def before(lead: str, words: Words) -> str | None:
    """Whose word is the nearest before the comparison."""
    ends = {
        who: max((m.end("word") for m in words[who].find(lead)), default=-1)
        for who in ("mine", "theirs")
    }
    nearest = max(ends, key=lambda who: ends[who])
    return nearest if ends[nearest] >= 0 and ends["mine"] != ends["theirs"] else None


def behind(tail: str, words: Words) -> str | None:
    """Whose word is the nearest after it: "than the others" is of the owner's own price."""
    starts = {
        who: min((m.start("word") for m in words[who].find(tail)), default=len(tail))
        for who in ("mine", "theirs")
    }
    nearest = min(starts, key=lambda who: starts[who])
    if starts["mine"] == starts["theirs"]:
        return None
    if not words.matches("than", tail):
        return nearest
    return "mine" if nearest == "theirs" else "theirs"
