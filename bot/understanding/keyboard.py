"""Text typed with the keyboard on the other language: "akuo" was meant as "שלום"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from advisor.catalog import Catalog, read_yaml
from bot.understanding.words import FOLDER, Words

KEYS = FOLDER / "keyboard.yml"
WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 0.5
"""The share of words that must be known once the text is typed over."""


class Keyboard:
    """Types a text over where that turns nonsense into words that are known."""

    def __init__(self, vocabulary: frozenset[str], keys: Path = KEYS) -> None:
        rows = read_yaml(keys)
        self.vocabulary = vocabulary
        self.to_he = str.maketrans(rows["en"], rows["he"])
        self.to_en = str.maketrans(rows["he"], rows["en"])

    def repaired(self, text: str) -> str:
        """The text as it was meant."""
        if self.known(text) > 0:
            return text
        lower = text.lower()
        typed = lower.translate(self.to_he if lower.isascii() else self.to_en)
        return typed if self.known(typed) >= ENOUGH else text

    def known(self, text: str) -> float:
        """The share of its words that are known."""
        words = [word for word in WORD.findall(text.lower()) if len(word) > 1]
        return sum(word in self.vocabulary for word in words) / len(words) if words else 0.0


def vocabulary_of(catalog: Catalog, words: Words) -> frozenset[str]:
    """Every word of the wording and of the reader's own lists."""
    phrases: list[str] = [*strings(catalog.texts), *strings(words.raw)]
    for group in words.nested.values():
        phrases += [phrase for phrases_ in group.values() for phrase in phrases_.phrases]
    return frozenset(WORD.findall("\n".join(phrases).lower()))


def strings(value: Any) -> Iterable[str]:
    """Every string in nested mappings and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
