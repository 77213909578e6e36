"""A message as features see it: one way of writing each letter, digit and mark."""

from __future__ import annotations

import re
import unicodedata

MARKS = str.maketrans(
    {"״": '"', "“": '"', "”": '"', "׳": "'", "’": "'", "‘": "'", "־": "-", "–": "-", "—": "-"}
)
INVISIBLE = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
REPEATED = re.compile(r"(.)\1{3,}")


def plain(text: str) -> str:
    """Lower case, without vowel points and direction marks, digits as 0-9, "soooo" as "sooo"."""
    text = unicodedata.normalize("NFC", text).translate(MARKS)
    text = INVISIBLE.sub("", text)
    text = "".join(str(unicodedata.digit(c)) if is_foreign(c) else c for c in text)
    return REPEATED.sub(r"\1\1\1", text.lower()).strip()


def is_foreign(letter: str) -> bool:
    """Whether a letter is a digit of another script."""
    return letter.isdigit() and not letter.isascii()
