"""Hebrew where the screen, not the text, decides the order."""

from __future__ import annotations

import unicodedata

from bidi.algorithm import get_display

MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c"))
LRI, RLI, FSI, PDI = "\u2066\u2067\u2068\u2069"
LRE, RLE, PDF, RLM = "\u202a\u202b\u202c\u200f"


def for_terminal(line: str, language: str, visual: bool) -> str:
    """A line for a terminal: invisible marks, which many draw as boxes, are left out; with
    `visual` the letters come in the order in which they are seen."""
    if language == "he" and visual:
        return str(get_display(embedded(line), base_dir="R")).translate(MARKS)
    return line.translate(MARKS)


def embedded(line: str) -> str:
    """The line with embeddings for isolates, which `get_display` doesn't know; marks around them
    keep the neighbours from joining in."""
    left = {LRI: LRE, RLI: RLE}
    shown = []
    for index, character in enumerate(line):
        if character == PDI:
            shown.append(PDF + RLM)
        elif character in (LRI, RLI, FSI):
            shown.append(RLM + (left.get(character) or embedding(line[index + 1 :])))
        else:
            shown.append(character)
    return "".join(shown)


def embedding(text: str) -> str:
    """What begins an embedding in the direction of the first letter that has one."""
    kinds = map(unicodedata.bidirectional, text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "R")
    return LRE if first == "L" else RLE
