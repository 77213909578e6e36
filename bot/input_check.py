"""Messages that hold nothing to understand, told apart before anything else looks at them."""

from __future__ import annotations

import unicodedata

from advisor.interview import Reading

LONGEST = 2000
LONGEST_NAME = 200
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def legible(text: str) -> str:
    """The text without control characters, which nobody types on purpose."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def fault_of(text: str, naming: bool = False) -> str | None:
    """The reply that says what is wrong with a message, or None where it can be read.

    `naming`: the question asks for a text such as a name, which may be in any script.
    """
    if any(c == REPLACEMENT or unicodedata.category(c) == "Cs" for c in text):
        return "not_text"
    shown = "".join(c for c in text if unicodedata.category(c)[0] != "C" or c in "\n\t")
    if not shown.strip():
        return "empty"
    if len(text) > LONGEST:
        return "too_long"
    if len(shown) < len(text) / 2:
        return "not_text"
    letters = [c for c in shown if c.isalpha()]
    if not letters and not any(c.isnumeric() for c in shown):
        return "not_text"
    if letters and not naming and not any(script(c) in ("HEBREW", "LATIN") for c in letters):
        return "other_script"
    return None


def is_too_long(reading: Reading) -> bool:
    """Whether a whole story was taken for a name."""
    values = (answer.value for answer in reading.answers.values())
    return any(isinstance(value, str) and len(value) > LONGEST_NAME for value in values)


def script(character: str) -> str:
    """The script of a letter, as the first word of its Unicode name."""
    return unicodedata.name(character, "?").split()[0]
