"""Keeps names, numbers and lines whole where Hebrew and Latin meet.

Text carries invisible isolates: U+2066 around a numeric run that would flip in a Hebrew line,
U+2068 around what a user typed, U+2069 at the end of each. Renderers that have markup of their own
read them with `runs`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

LEFT_TO_RIGHT, EITHER, END = "\u2066", "\u2068", "\u2069"
LRM, RLM = "\u200e", "\u200f"
CONTROLS = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
FLIPS = re.compile(r"(?<![0-9A-Za-z])[+\-\u2212](?=[0-9])|[\u2010-\u2015]")
LETTERS = re.compile(r"[\u05d0-\u05ea\u05f3\u05f4 \"'-]*")
RUN = re.compile(f"([{LEFT_TO_RIGHT}{EITHER}])([^{END}]*){END}")

Kind = Literal["plain", "left_to_right", "either"]


def clean(text: str) -> str:
    """What a user typed on one line, without direction marks and control characters."""
    return BREAKS.sub(" ", CONTROLS.sub("", text)).strip()


def isolate(language: str, text: str) -> str:
    """What a user typed, kept from turning its surroundings around."""
    text = clean(text)
    if not text or (language == "he" and LETTERS.fullmatch(text)):
        return text
    return text if language != "he" and not is_mixed(text) else f"{EITHER}{text}{END}"


def is_mixed(text: str) -> bool:
    """Whether it holds a letter of a right-to-left script."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def number(language: str, text: str) -> str:
    """A numeric run, isolated where a Hebrew line would flip its sign or its dash."""
    flips = language == "he" and FLIPS.search(text)
    return f"{LEFT_TO_RIGHT}{text}{END}" if flips else text


def code(language: str, text: str) -> str:
    """Latin ids and addresses inside a sentence, left to right as a whole."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if language == "he" and text else text


def line(language: str, text: str) -> str:
    """A line of plain text whose own direction is that of the language, whatever it begins with."""
    mark, wanted = (RLM, ("R", "AL")) if language == "he" else (LRM, ("L",))
    strong = first_strong(text)
    if language != "he" and strong is None:
        return text
    return text if not text or strong in wanted else mark + text


def first_strong(text: str) -> str | None:
    """The class of the first strong character outside isolates, as readers of the line see it."""
    for sign in RUN.sub("", text):
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind
    return None


def runs(text: str) -> Iterator[tuple[Kind, str]]:
    """The text in pieces: plain ones and isolated ones, for renderers with markup of their own."""
    position = 0
    for found in RUN.finditer(text):
        if found.start() > position:
            yield "plain", text[position : found.start()]
        kind: Kind = "left_to_right" if found[1] == LEFT_TO_RIGHT else "either"
        yield kind, found[2]
        position = found.end()
    if position < len(text):
        yield "plain", text[position:]


def bare(text: str) -> str:
    """The text without any direction mark, for comparing and for machines."""
    return CONTROLS.sub("", text)
