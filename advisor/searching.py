"""Finding a client by words: what is kept of names and answers, and what a search looks for.

A word is compared without niqqud, case, accents, and with final letters as all others; Hebrew
prefixes may be there or not. What a searched word may have before it besides its article is taken
off only where nothing is found otherwise: in "shalom" nobody means "lom". What is kept are tokens
that are compared whole and nothing else, so that a keyed hash of each would do as well as the
token itself: beginnings of the words of a name, and the options that were chosen. A search for an
option's label, in either language, finds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from advisor.catalog import Catalog
from advisor.clients import options_of
from advisor.model import LANGUAGES, WITH_OPTIONS, Answers, Kind
from advisor.render.hebrew import PREFIXES

WORD = re.compile(r"[^\W_]+")
MARKS = re.compile("(?<=\\w)[\u05f3\u05f4'\"\u2019\u201d`\u00b4]{1,2}(?=\\w)")
"""What joins the letters of an abbreviation, or stands in a name: gershayim in each way they are
typed, an apostrophe."""
INITIALS = re.compile(r"(?<=\b[^\W\d_])(?:\.\s?|\s)(?=[^\W\d_]\b)")
"""What stands between initials: "A. B." is found as "AB" and as "a.b."."""
SHORTEST, LONGEST = 2, 14
"""Characters of a beginning that is kept."""
MOST_WORDS = 12
"""Of a name, and of a search."""
FINALS = str.maketrans("\u05da\u05dd\u05df\u05e3\u05e5", "\u05db\u05de\u05e0\u05e4\u05e6")
"""Letters as they are written at the end of a word, and elsewhere."""
ARTICLE = "\u05d4"
SHORTEST_STEM, SHORTEST_AFTER_ARTICLE = 3, 2
"""Letters that must stay when a Hebrew prefix, or the article, is taken off a word that is kept."""
MOST_PREFIXES = 2
Forms = Callable[[str], tuple[str, ...]]
"""Gives the forms of a word that are looked for."""


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    plain = unicodedata.normalize("NFKD", text)
    joined = INITIALS.sub("", MARKS.sub("", without_marks(plain)))
    return [folded(word) for word in WORD.findall(joined)]


def without_marks(text: str) -> str:
    """The text without niqqud, accents and signs of direction."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Mn", "Cf"))


def folded(word: str) -> str:
    """A word without case, its final letters as others."""
    return word.casefold().translate(FINALS)


def tokens_of(catalog: Catalog, answers: Answers) -> frozenset[str]:
    """Everything that an owner is found by."""
    return frozenset((*name_tokens(catalog, answers), *option_tokens(catalog, answers)))


def name_tokens(catalog: Catalog, answers: Answers) -> Iterator[str]:
    """Beginnings of the words of a name, with and without a Hebrew prefix."""
    for slot, answer in answers.items():
        if answer.known and catalog.slots[slot].kind is Kind.TEXT:
            for word in words(str(answer.value))[:MOST_WORDS]:
                for form in forms(word):
                    yield from (f"w:{part}" for part in beginnings(form))


def option_tokens(catalog: Catalog, answers: Answers) -> Iterator[str]:
    """The options that were chosen."""
    for slot, option in options_of(answers):
        if catalog.slots[slot].kind in WITH_OPTIONS:
            yield f"o:{slot}={option}"


def beginnings(word: str) -> Iterator[str]:
    """A word's beginnings, and the word where it is shorter than any."""
    if len(word) < SHORTEST:
        yield word
    for end in range(SHORTEST, min(len(word), LONGEST) + 1):
        yield word[:end]


def forms(word: str) -> tuple[str, ...]:
    """A word, and what is left of it where it begins with one or two Hebrew prefixes."""
    found = [word]
    for _ in range(MOST_PREFIXES):
        last = found[-1]
        least = SHORTEST_AFTER_ARTICLE if last[:1] == ARTICLE else SHORTEST_STEM
        if last[:1] not in PREFIXES or len(last) <= least:
            break
        found.append(last[1:])
    return tuple(found)


def asked_forms(word: str) -> tuple[str, ...]:
    """The forms of a word that is searched for: as it is, and without its article. Taking more off
    would find what nobody meant."""
    with_article = word.startswith(ARTICLE) and len(word) > SHORTEST_STEM
    return (word, word[1:]) if with_article else (word,)


def sought(catalog: Catalog, text: str) -> tuple[frozenset[str], ...]:
    """What a search looks for: for each of its words, tokens of which one must be there."""
    return searched(catalog, text, asked_forms)


def sought_widely(catalog: Catalog, text: str) -> tuple[frozenset[str], ...]:
    """The same with one or two prefixes taken off, for where nothing was found."""
    return searched(catalog, text, forms)


def searched(catalog: Catalog, text: str, forms_of: Forms) -> tuple[frozenset[str], ...]:
    """The tokens that the words of a search stand for."""
    return tuple(tokens_for(catalog, word, forms_of(word)) for word in words(text)[:MOST_WORDS])


def tokens_for(catalog: Catalog, word: str, asked: tuple[str, ...]) -> frozenset[str]:
    """The tokens that one word stands for: a beginning of a word, or an option by its label."""
    found = {f"w:{form[:LONGEST]}" for form in asked}
    if len(word) > SHORTEST:
        labels = labelled(catalog)
        found.update(
            token
            for label, tokens in labels.items()
            if any(label.startswith(form) for form in asked)
            for token in tokens
        )
    return frozenset(found)


@lru_cache(maxsize=2)
def labelled(catalog: Catalog) -> Mapping[str, frozenset[str]]:
    """The tokens of options by each word of their labels."""
    found: dict[str, set[str]] = {}
    for slot in catalog.slots.values():
        if slot.kind not in (Kind.CHOICE, Kind.CHOICES):
            continue  # a yes and a no say nothing without their question
        for option in slot.options:
            for label in labels_of(catalog, slot.id, option):
                for word in words(label):
                    for form in forms(word):
                        found.setdefault(form, set()).add(f"o:{slot.id}={option}")
    return {word: frozenset(tokens) for word, tokens in found.items()}


def labels_of(catalog: Catalog, slot: str, option: str) -> Iterable[str]:
    """An option's label in every language."""
    return (catalog.option_label(language, slot, option) for language in LANGUAGES)
