"""Words of both languages for numbers and units, looked up by a token's normal form.

Hebrew glues 'and', 'about', 'to', 'in', 'from', 'that' and 'the' to a word: prefixes are taken off
only where what is left is a word of the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.quantities.tokens import normal

LANGUAGES = ("he", "en")
LONGEST_PREFIX = 3
WORDS = Path(__file__).parent / "words"

Phrase = tuple[str, ...]

TABLES = {
    "numbers": ("units", "teens"),
    "tens": ("tens",),
    "hundreds": ("hundreds",),
    "thousands": ("thousands_whole",),
    "scales": ("scales",),
    "money_scales": ("money_scales",),
    "fractions": ("fractions",),
    "currencies": ("currencies",),
    "durations": ("durations",),
    "duals": ("duals",),
    "ordinals": ("ordinals",),
    "teen_units": ("teen_units",),
    "opening": (
        *("units", "teens", "teen_units", "tens", "hundreds", "thousands_whole", "scales"),
        *("fractions", "durations", "duals"),
    ),
}
"""Keys of the files behind each table from a word to its value."""
PHRASES = (
    "percent",
    "out_of",
    "at_most",
    "at_least",
    "at_least_after",
    "at_most_after",
    "about",
    "about_after",
    "half_after",
    "third_after",
    "quarter_after",
    "three_quarters_after",
    "vague",
    "places",
    "clock_before",
)
"""Keys whose words may be several tokens long."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a key as tuples of normal forms, found by a word at one of their ends."""

    every: tuple[Phrase, ...]
    by_first: Mapping[str, tuple[Phrase, ...]]
    """The longest first, as those behind a word are."""
    by_last: Mapping[str, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tables from a normal form to what it means; a list is any key without values that holds
    words rather than phrases."""

    numbers: Mapping[str, int]
    tens: Mapping[str, int]
    hundreds: Mapping[str, int]
    thousands: Mapping[str, int]
    scales: Mapping[str, int]
    money_scales: Mapping[str, int]
    money_scale_currency: Mapping[str, str]
    fractions: Mapping[str, int]
    currencies: Mapping[str, str]
    durations: Mapping[str, float]
    duals: Mapping[str, float]
    ordinals: Mapping[str, int]
    teen_units: Mapping[str, int]
    opening: Mapping[str, Any]
    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]
    rates: Mapping[tuple[str, ...], str]

    def stripped(self, word: str, known: Container[str]) -> tuple[str, str] | None:
        """The prefixes of a word and the known word behind them: ("", word) where it has none."""
        if word in known:
            return "", word
        for length in range(1, LONGEST_PREFIX + 1):
            prefix, rest = word[:length], word[length:]
            if len(rest) < 2 or prefix[-1] not in self.lists["prefixes"]:
                return None
            if rest in known:
                return prefix, rest
        return None

    def has(self, letters: str, name: str) -> bool:
        """Whether prefix letters hold one of a list."""
        return any(letter in self.lists[name] for letter in letters)


@cache
def lexicon() -> Lexicon:
    """Both languages in one, read once."""
    files = [
        yaml.load((WORDS / f"{language}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        for language in LANGUAGES
    ]
    return Lexicon(
        **{name: table(files, *keys) for name, keys in TABLES.items()},
        money_scale_currency={
            word: file["money_scales_currency"]
            for file in files
            for word in table([file], "money_scales")
        },
        lists={
            name: frozenset(normal(str(word)) for file in files for word in file[name])
            for name, words in files[0].items()
            if isinstance(words, list) and name not in PHRASES
        },
        phrases={name: phrases(files, name) for name in PHRASES},
        rates={
            tuple(phrase.split()): period
            for file in files
            for period, words in file["rates"].items()
            for phrase in words
        },
    )


def table(files: list[dict[str, Any]], *names: str) -> dict[str, Any]:
    """From each word to the key that it stands under."""
    return {
        normal(str(word)): value
        for file in files
        for name in names
        for value, words in file[name].items()
        for word in words
    }


def phrases(files: list[dict[str, Any]], name: str) -> Phrases:
    """The phrases of a key."""
    found = [tuple(normal(str(phrase)).split()) for file in files for phrase in file[name]]
    longest_first = tuple(sorted(found, key=len, reverse=True))
    return Phrases(longest_first, grouped(longest_first, 0), grouped(longest_first, -1))


def grouped(found: Iterable[Phrase], place: int) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by the word at a place, in the order that they come in."""
    groups: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in found:
        groups[phrase[place]].append(phrase)
    return {word: tuple(same) for word, same in groups.items()}
