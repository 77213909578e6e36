"""Tokens of a message, by rules that keep numbers and Hebrew abbreviations whole."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HEBREW = "\u05d0-\u05ea"
QUOTES = "\"'\u05f3\u05f4\u2018\u2019\u201c\u201d\u201e`\u00b4"
GROUPED = (
    r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?![\d.])"
    r"|[1-9]\d{0,2}(?:['\u2019]\d{3})+(?!\d)"
    r"|[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d/:-]|[.,]\d{4}| \d)"
)
"""Digits with a mark of thousands: 1,200 and 1.200.000 and 1'200 and 1 200."""
TOKEN = re.compile(
    rf"(?P<space>\s+)"
    rf"|(?P<number>{GROUPED}|\d+(?:\.\d+)?|\.\d+)"
    rf"|(?P<word>[{HEBREW}\u0591-\u05c7]+(?:[{QUOTES}]{{1,2}}[{HEBREW}]+)*(?:['\u05f3](?![{HEBREW}]))?"
    rf"|(?![½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])[^\W\d_]+(?:['\u2019][^\W\d_]+)*)"
    rf"|(?P<symbol>.)",
    re.DOTALL,
)
NIKUD = re.compile("[\u0591-\u05bd\u05bf-\u05c7]")
GERSHAYIM = re.compile("''|[\u05f4\u201c\u201d\u201e]")
GERESH = re.compile("[\u05f3\u2018\u2019`\u00b4]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `norm` is how it is looked up, `spaced` whether a space comes before."""

    norm: str
    kind: str
    start: int
    end: int
    spaced: bool
    value: float | None = None
    decimals: int = 0


def normal(text: str) -> str:
    """How a piece is looked up: one case, one kind of quotes, no vowel points."""
    text = NIKUD.sub("", unicodedata.normalize("NFC", text).lower())
    return GERESH.sub("'", GERSHAYIM.sub('"', text))


def number_of(text: str) -> float:
    """A number in digits of any script."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    plain = re.sub(r"[,\s'\u2019]", "", plain)
    return float(plain.replace(".", "") if plain.count(".") > 1 else plain)


def decimals_of(text: str) -> int:
    """How many digits stand behind the dot."""
    return len(text.partition(".")[2]) if text[:1].isdigit() else 0


VULGAR = {c: unicodedata.numeric(c) for c in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
