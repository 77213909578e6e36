"""Hebrew that reads in its own direction, speaks to everybody, and stays Hebrew.

The words themselves are data: content/lint/.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from advisor.catalog import Catalog, read_yaml
from advisor.lint.fault import Fault
from advisor.lint.texts import Line, lines

LETTER = "\u05d0-\u05ea"
NIKUD = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
FIELD = re.compile(r"\{(\w*)[^}]*\}")
QUOTED = re.compile(r"\"[^\"]*\"|\u05f4[^\u05f4]*\u05f4|[\u201c\u201e][^\u201d]*[\u201d\u201c]")
GERSHAYIM = re.compile(f'(?<=[{LETTER}])["\u05f4](?=[{LETTER}])')
"""The sign inside an abbreviation, which opens no quotation."""
ROW = re.compile(r"\b[ABE][1-9]\d?\b")
"""An id of the sources or the evidence."""
LATIN = re.compile(r"[A-Za-z]+(?:[.-][A-Za-z]+)*")
SENTENCE_START = r"(?:^|[.?!:;\n]\s*)"


@dataclass(frozen=True, slots=True)
class Words:
    """What content/lint/ says, ready to search with."""

    gendered: tuple[re.Pattern[str], ...]
    called: tuple[str, ...]
    latin: frozenset[str]
    hebrew: frozenset[str]
    hebrew_fields: frozenset[str]
    number_fields: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The lists under a content folder."""
        letters = read_yaml(folder / "lint" / "letters.yml")
        forms = read_yaml(folder / "lint" / "gendered_he.yml")
        return cls(
            tuple(gendered_patterns(forms)),
            tuple(forms["names"]),
            frozenset(letters["latin_in_he"]),
            frozenset(letters["hebrew_in_en"]),
            frozenset(letters["hebrew_fields"]),
            frozenset(letters["number_fields"]),
        )


def gendered_patterns(forms: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    """A pattern for each list of forms."""
    before, after = f"(?<![{LETTER}])", f"(?![{LETTER}])"
    prefix = f"(?:{alternatives(forms['prefixes'])})?"
    yield re.compile(before + prefix + alternatives(forms["words"]) + after)
    yield re.compile(before + alternatives(forms["phrases"]) + after)
    yield re.compile(SENTENCE_START + alternatives(forms["openers"]) + after)
    yield re.compile(f"[{LETTER}]{{2,}}[/.(]{alternatives(forms['suffixes'])}{after}")


def alternatives(forms: Sequence[str]) -> str:
    """Any of these, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})"


def check_hebrew(catalog: Catalog, words: Words) -> Iterator[Fault]:
    """Every Hebrew line."""
    for line in lines(catalog, "he"):
        yield from check_direction(line, words)
        yield from check_gender(line, words)
        yield from check_letters(line, words)


def check_english(catalog: Catalog, words: Words) -> Iterator[Fault]:
    """Hebrew left in English lines."""
    for line in lines(catalog, "en"):
        if re.search(f"[{LETTER}]", line.text) and line.text not in words.hebrew:
            yield Fault(line.where, "holds Hebrew", "translate it")


def check_direction(line: Line, words: Words) -> Iterator[Fault]:
    """A line whose first strong character is Latin is laid out from left to right."""
    text = FIELD.sub(lambda field: stand_in(field[1], words), line.text)
    strong = (unicodedata.bidirectional(sign) for sign in text)
    if next((kind for kind in strong if kind in ("L", "R", "AL")), "R") == "L":
        yield Fault(line.where, "does not begin in Hebrew", "put a Hebrew word first")


def stand_in(field: str, words: Words) -> str:
    """A character with the direction that a field's value may have: Latin where it is unknown."""
    if field in words.number_fields:
        return "0"
    return "\u05d0" if field in words.hebrew_fields else "a"


def check_gender(line: Line, words: Words) -> Iterator[Fault]:
    """Forms that address a man or a woman."""
    if line.path[-1] == "example":
        return
    found = gendered(line.text, words)
    if found:
        remedy = "use an infinitive, a noun or a form that suits everybody"
        yield Fault(line.where, f"{found!r} addresses one gender", remedy)


def gendered(text: str, words: Words) -> str | None:
    """The first gendered form in a text, outside quotations."""
    plain = QUOTED.sub("", GERSHAYIM.sub("", text)).strip()
    for name in words.called:
        plain = plain.replace(name, "")
    found = next(filter(None, (pattern.search(plain) for pattern in words.gendered)), None)
    return found[0].strip(".?!:; \n") if found else None


def check_letters(line: Line, words: Words) -> Iterator[Fault]:
    """Latin words, and vowel points."""
    text = ROW.sub("", FIELD.sub("", line.text))
    latin = LATIN.search(text)
    if latin:  # most lines have none, and need no look at what is allowed
        for allowed in sorted(words.latin, key=len, reverse=True):
            text = re.sub(rf"(?<![A-Za-z]){re.escape(allowed)}(?![A-Za-z])", "", text)
        latin = LATIN.search(text)
    if latin:
        remedy = "write it in Hebrew, or list it in lint/letters.yml"
        yield Fault(line.where, f"holds {latin[0]!r}", remedy)
    if NIKUD.search(text):
        yield Fault(line.where, "holds vowel points", "leave them out")
