"""Takes out of a message whatever tells who wrote it: names, numbers, contacts, places.

In its place stands a word that keeps the kind, such as <percent> or <phone>. Rather too much goes
than too little: every digit, and every capitalised word that the product's wording doesn't know.
Names without a capital or a cue may stay, which is why a person reads what is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from phonenumbers import Leniency, PhoneNumberMatcher

from advisor.catalog import read_yaml
from bot.understanding.quantities import read_quantities

DATA = Path(__file__).with_name("stripping.yml")
PLACEHOLDER = re.compile(r"<([a-z]+)>")
LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|co|net|org|il|io|me|info|biz|uk)\b\S*",
    re.I,
)
EMAIL = re.compile(r"\S+\s?@\s?[\w-]+(?:\.[\w-]+)+|\S+@\S+")
HANDLE = re.compile(r"\S*@\s?\S*")
IDENTITY = re.compile(r"(?<![\d.,])\d{9}(?![\d.,]?\d)")
DIALLED = re.compile(r"(?<![\d.,])(?:\+\d|\(?0)[\d\s()./-]{6,}\d")
PREFIX = "[ושהבלכמ]{0,3}"
"""Hebrew letters that are glued to a word."""
GLUED = re.compile(PREFIX)
CAPITAL = re.compile(r"(?<=[\w,;:)] )(?!I['’]|[A-Z]{2,4}\b)[A-Z][\w'’-]+")
"""A capitalised word that doesn't open a sentence, other than I'm and what is all initials."""
SHORT = 3
"""Letters up to which a name is only looked for as a word of its own."""

Span = tuple[int, int, str]
Find = Callable[[str], Iterable[Span]]


def stripped(text: str, names: Iterable[str] = (), known: frozenset[str] = frozenset()) -> str:
    """The message without what tells who wrote it. `names` are those that the owner gave, such as
    the business's; `known` are words, in lower case, that are nobody's name."""
    parts = [(visible(text), False)]
    names = list(names)
    finders: list[Find] = [partial(given, name) for name in names]
    finders += [
        partial(spans, EMAIL, "email"),
        partial(spans, LINK, "link"),
        partial(spans, HANDLE, "handle"),
        phones,
        addresses,
        partial(spans, IDENTITY, "id"),
        *(partial(rare_words, name, known) for name in names),
        partial(people, known),
        quantities,
        digits,
    ]
    for find in finders:
        parts = list(replaced(parts, find))
    return tidied("".join(part for part, _ in parts))


def replaced(parts: Iterable[tuple[str, bool]], find: Find) -> Iterator[tuple[str, bool]]:
    """The parts with a placeholder for all that is found; what is a placeholder stays one."""
    for part, done in parts:
        end = 0
        for start, stop, kind in () if done else sorted(find(part)):
            if start >= end and stop > start:
                yield part[end:start], False
                yield f"<{kind}>", True
                end = stop
        yield part[end:], done


def visible(text: str) -> str:
    """The text as it is seen, on one line: without marks that stand between digits unseen."""
    shown = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join("".join(c if c.isprintable() else " " for c in shown).split())


def tidied(text: str) -> str:
    """One placeholder for a run of the same, and single spaces."""
    return re.sub(r"(<[a-z]+>)(?: ?\1)+", r"\1", " ".join(text.split()))


def spans(pattern: re.Pattern[str], kind: str, text: str) -> Iterator[Span]:
    """Where a pattern matches."""
    return ((*match.span(), kind) for match in pattern.finditer(text))


def given(name: str, text: str) -> Iterator[Span]:
    """A name that the owner gave, however it is spaced and punctuated."""
    words = re.findall(r"[^\W_]+", visible(name))
    if not words:
        return iter(())
    letters = r"[\W_]*".join(map(re.escape, words))
    if sum(map(len, words)) <= SHORT:
        letters = rf"(?<![^\W_]){PREFIX}{letters}(?![^\W_])"
    return spans(re.compile(letters, re.I), "name", text)


def rare_words(name: str, known: frozenset[str], text: str) -> Iterator[Span]:
    """Words of a given name that our own wording doesn't use."""
    for word in re.findall(r"[^\W\d_]+", visible(name)):
        if len(word) >= SHORT and word.lower() not in known:
            pattern = rf"(?<![^\W_]){PREFIX}{re.escape(word)}(?![^\W_])"
            yield from spans(re.compile(pattern, re.I), "name", text)


def phones(text: str) -> Iterator[Span]:
    """What looks dialled, and telephone numbers that exist where our owners call."""
    yield from spans(DIALLED, "phone", text)
    for region in data()["regions"]:
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            yield match.start, match.end, "phone"


def addresses(text: str) -> Iterator[Span]:
    """A street with its house number."""
    return spans(patterns()["address"], "address", text)


def people(known: frozenset[str], text: str) -> Iterator[Span]:
    """Names of people, as far as a title, an introduction, a capital or a list tells."""
    yield from spans(patterns()["titled"], "name", text)
    for match in patterns()["introduced"].finditer(text):
        if not familiar(match["name"], known):
            surname = match["more"] is not None and not familiar(match["more"], known)
            yield match.start("name"), match.end("more" if surname else "name"), "name"
    yield from spans(patterns()["first"], "name", text)
    for match in CAPITAL.finditer(text):
        word = match.group().lower().removesuffix("'s").removesuffix("’s")
        if word not in known and word not in patterns()["public"]:
            yield *match.span(), "name"


def familiar(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of our own, with letters glued to it or without."""
    glued = len(GLUED.match(word)[0])  # type: ignore[index]
    return any(word[start:].lower() in known for start in range(glued + 1))


def quantities(text: str) -> Iterator[Span]:
    """What the reader of quantities finds; the kind stays."""
    return ((q.start, q.end, q.kind) for q in read_quantities(text))


def digits(text: str) -> Iterator[Span]:
    """Whatever is left of numbers."""
    start = None
    for index, character in enumerate([*text, ""]):
        if character.isnumeric() and start is None:
            start = index
        elif not character.isnumeric() and start is not None:
            yield start, index, "number"
            start = None


def filled(text: str, language: str, turn: int = 0) -> str:
    """The text with made-up values for its placeholders; another `turn` gives other values."""

    def value(match: re.Match[str]) -> str:
        nonlocal turn
        values = data()["made_up"].get(match[1], {}).get(language)
        turn += 1
        return str(values[(turn - 1) % len(values)]) if values else match[0]

    return PLACEHOLDER.sub(value, text)


def placeholders(text: str) -> list[str]:
    """Kinds of placeholders that still stand in a text."""
    return [kind for kind in PLACEHOLDER.findall(text) if kind in data()["made_up"]]


@cache
def data() -> dict[str, Any]:
    """Cues, names and made-up values."""
    rows: dict[str, Any] = read_yaml(DATA)
    return rows


@cache
def patterns() -> dict[str, Any]:
    """The cues as patterns, and words that are nobody's name."""
    rows = data()
    before, after = ("|".join(rows["streets"][place]) for place in ("before", "after"))
    titles, cues = "|".join(rows["titles"]), "|".join(rows["introductions"])
    first = "|".join(sorted(rows["first_names"], key=len, reverse=True))
    word = r"[^\W\d_][\w'’\"״-]*"
    return {
        "address": re.compile(
            rf"(?<!\w)(?:{before})\s+(?:{word}\s+){{1,3}}?\d+\w?(?!\w)"
            rf"|(?<!\w)\d+\w?\s+(?:{word}\s+){{1,3}}?(?:{after})(?!\w)",
            re.I,
        ),
        "titled": re.compile(rf"(?<!\w)(?:{titles})\s+{word}(?-i:\s+[A-Z][\w'’-]+)?", re.I),
        "introduced": re.compile(
            rf"(?<!\w)(?:{cues})\s+(?P<name>{word})(?:\s+(?P<more>{word}))?", re.I
        ),
        "first": re.compile(rf"(?<!\w){PREFIX}(?:{first})(?:'s)?(?!\w)(?-i:\s+[A-Z][a-z]+)?", re.I),
        "public": frozenset(rows["public"]),
    }
