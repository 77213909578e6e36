"""The words that the reader knows by heart, from words/<language>.yml, in all languages at once:
owners mix them. Code asks for a group by its name and never holds a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from advisor.catalog import read_yaml
from advisor.model import LANGUAGES

FOLDER = Path(__file__).parent / "words"
PREFIX = "[ושהבלכמ]{0,2}"
"""Hebrew letters that are glued to a word."""
ALONE = "="
"""Marks a phrase in the files that takes no such letters."""
EDGE = " \t\n.,!?;:…\"'()-"


class Phrases:
    """A group of phrases to look for, as whole words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        written = [str(phrase).lower() for phrase in phrases]
        self.phrases = frozenset(phrase.removeprefix(ALONE) for phrase in written)
        self.written = sorted(set(written), key=len, reverse=True)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of them as a whole word, its letters in front included; made when first asked for,
        as most groups never are."""
        glued = "|".join(
            (r"(?<!\w)" if phrase.startswith(ALONE) else "") + re.escape(phrase.removeprefix(ALONE))
            for phrase in self.written
        )
        return re.compile(rf"(?<!\w){PREFIX}(?P<word>{glued})(?!\w)", re.I)

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Any of them, by itself."""
        alternatives = "|".join(re.escape(phrase.removeprefix(ALONE)) for phrase in self.written)
        return re.compile(rf"(?:{alternatives})(?!\w)", re.I)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Each place where one of them stands."""
        return self.pattern.finditer(text)

    def inside(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return self.pattern.search(text) is not None

    def whole(self, text: str) -> bool:
        """Whether the text is one of them."""
        return bare(text) in self.phrases

    def closes(self, text: str) -> bool:
        """Whether the text ends with one of them."""
        end = text.rstrip(EDGE)
        return any(match.end() == len(end) for match in self.find(end))

    def first(self, text: str) -> str | None:
        """The first of them, where the text is these and nothing else: 'ok, thank you'."""
        rest, found = text.strip(EDGE), []
        while rest:
            match = self.opening.match(rest)
            if match is None:
                return None
            found.append(match[0])
            rest = rest[match.end() :].lstrip(EDGE)
        return found[0] if found else None

    def opens(self, text: str) -> bool:
        """Whether the text begins with one of them."""
        return self.opening.match(text.lstrip(EDGE)) is not None


class Words:
    """Groups of phrases by name; `nested` ones by name and key (an act, a slot, a position)."""

    def __init__(self, languages: Iterable[Mapping[str, Any]]) -> None:
        self.raw: dict[str, Any] = {}
        self.groups: dict[str, Phrases] = {}
        self.nested: dict[str, dict[str, Phrases]] = {}
        files = list(languages)
        for name in files[0]:
            values = [file[name] for file in files]
            if isinstance(values[0], Mapping):
                self.nested[name] = {
                    str(key): Phrases(p for v in values for p in v.get(key, ()))
                    for key in dict.fromkeys(key for v in values for key in v)
                }
            else:
                self.raw[name] = [p for v in values for p in v]
                self.groups[name] = Phrases(self.raw[name])

    def __getitem__(self, name: str) -> Phrases:
        return self.groups[name]

    def matches(self, name: str, text: str) -> bool:
        """Whether one of a group of patterns is in the text."""
        return any(re.search(pattern, text, re.I) for pattern in self.raw[name])

    def whole_of(self, name: str, text: str) -> str | None:
        """The key of the nested group that the text is a phrase of."""
        said = bare(text)
        return next((k for k, group in self.nested[name].items() if said in group.phrases), None)


def bare(text: str) -> str:
    """Lower case, without punctuation at the ends, single spaces."""
    return " ".join(text.lower().strip(EDGE + "👍").split())


@cache
def load_words(folder: Path = FOLDER) -> Words:
    """Read the files of every language."""
    return Words([read_yaml(folder / f"{language}.yml") for language in LANGUAGES])
