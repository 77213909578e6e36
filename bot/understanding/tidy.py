"""One way of writing digits, quotation marks and spaces, so that everything after sees the same."""

from __future__ import annotations

import re
import unicodedata

QUOTES = str.maketrans({"״": '"', "“": '"', "”": '"', "׳": "'", "’": "'", "‘": "'", "`": "'"})
INVISIBLE = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
DOUBLE = re.compile(r"(?<=[א-ת])''(?=[א-ת])")


def tidy(text: str) -> str:
    """Composed, without vowel points, direction marks and half characters, with 0-9 and plain
    quotation marks."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(QUOTES)
    text = "".join(
        str(unicodedata.digit(c)) if not c.isascii() and c.isdecimal() else c for c in text
    )
    return " ".join(DOUBLE.sub('"', text).split())
