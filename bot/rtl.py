"""Hebrew where the screen, not the text, decides the order."""

from __future__ import annotations

from bidi.algorithm import get_display

MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))


def for_terminal(line: str, language: str, visual: bool) -> str:
    """A line for a terminal: invisible marks, which many draw as boxes, are left out; with
    `visual` the letters come in the order in which they are seen."""
    if language == "he" and visual:
        return str(get_display(line, base_dir="R")).translate(MARKS)
    return line.translate(MARKS)
