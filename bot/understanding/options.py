"""Options said exactly: by label, by id, or by their number in the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from advisor.catalog import Catalog
from advisor.model import LANGUAGES, Kind, Slot
from bot.understanding.words import Phrases, Words, bare

SEPARATOR = re.compile(r"\s*[,;+/&\n]\s*")
WORD = re.compile(r"[^\W\d_]{4,}")
NEAR = 0.88
"""How like a label a text is (0-1) that was meant as one, typing errors allowed."""
LONG = 8
"""Letters in a text, at least, for that: short words differ by a letter and mean another thing."""
NUMBER = re.compile(r"#?\(?(\d{1,2})[.)]?$")


class OptionNames:
    """The labels of every option in every language."""

    def __init__(self, catalog: Catalog, words: Words) -> None:
        self.catalog = catalog
        self.words = words
        self.by_label = {slot.id: labels(catalog, slot) for slot in catalog.slots.values()}
        self.by_keyword = {name: keywords(known) for name, known in self.by_label.items()}

    def keyword(self, slot: Slot, option: str, text: str) -> bool:
        """Whether a word stands in the text that only this option's labels have."""
        phrases = self.by_keyword[slot.id].get(option)
        return phrases is not None and phrases.inside(text)

    def exactly(self, slot: Slot, text: str) -> tuple[str, ...]:
        """The options that the text consists of, in the contract's order; none otherwise."""
        known = self.by_label[slot.id]
        if bare(text) in known:
            return (known[bare(text)],)
        near = get_close_matches(bare(text), known, n=1, cutoff=NEAR)
        if near and len(bare(text)) >= LONG:
            return (known[near[0]],)
        if slot.kind is Kind.CHOICES:
            whole = self.all_of(slot, text)
            if whole:
                return whole
        chosen = self.listed(slot, text)
        if slot.kind is not Kind.CHOICES and len(set(chosen)) > 1:
            return ()
        return tuple(option for option in slot.options if option in chosen)

    def listed(self, slot: Slot, text: str) -> list[str]:
        """The options of a list that holds nothing else."""
        for glued in (False, True):
            found = [self.one(slot, piece) for piece in pieces(text, self.words, glued)]
            chosen = [option for option in found if option]
            if chosen and len(chosen) == len(found):
                return chosen
        return []

    def one(self, slot: Slot, piece: str) -> str | None:
        """The option that a piece names."""
        if piece in self.by_label[slot.id]:
            return self.by_label[slot.id][piece]
        usual = [option for option in slot.options if option not in slot.exclusive]
        position = self.position(piece, len(slot.options), len(usual))
        return slot.options[position] if position is not None else None

    def position(self, piece: str, length: int, usual: int) -> int | None:
        """The place in the list that a piece names: '3', 'the first', 'last' (of the `usual`
        options, which the exclusive ones follow)."""
        number = NUMBER.match(piece)
        ordinal = self.words.whole_of("ordinals", piece)
        if number is None and ordinal is None:
            return None
        place = int(number.group(1)) if number else int(str(ordinal))
        index = usual + place if place < 0 else place - 1
        return index if 0 <= index < length else None

    def all_of(self, slot: Slot, text: str) -> tuple[str, ...]:
        """'All of them', 'everything but the second': every option but the exclusive ones."""
        usual = [option for option in slot.options if option not in slot.exclusive]
        if self.words["every"].whole(text):
            return tuple(usual)
        cut = next(iter(self.words["except"].find(text)), None)
        if cut is None or not self.words["every"].whole(text[: cut.start()]):
            return ()
        rest = text[cut.end() :].strip(" -־")
        out = self.listed(slot, rest) or self.listed(slot, rest[1:])
        return tuple(option for option in usual if option not in out) if out else ()


@cache
def patterns(joins: tuple[str, ...], fillers: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Words between options, and words before a number."""
    join = "|".join(re.escape(word) for word in joins if len(word) > 1)
    letters = "".join(word for word in joins if len(word) == 1)
    filler = "|".join(re.escape(word) for word in fillers)
    return (
        re.compile(rf"\s+(?:{join})\s+|\s+[{letters}]-?(?=\d)", re.I),
        re.compile(rf"\s+(?:{join})\s+|\s+[{letters}]-?(?=\w)", re.I),
        re.compile(rf"^(?:{filler})\s+", re.I),
    )


def pieces(text: str, words: Words, glued: bool) -> list[str]:
    """The parts of a list: '1, 3 and 5'; `glued` also cuts before a word with its 'and'."""
    before_digit, before_word, filler = patterns(
        tuple(words.raw["joins"]), tuple(words.raw["option_words"])
    )
    between = before_word if glued else before_digit
    parts: Iterable[str] = SEPARATOR.split(between.sub(",", bare(text)))
    parts = [part for whole in parts for part in split_numbers(whole)]
    return [bare(filler.sub("", part)) for part in parts if bare(part)]


def split_numbers(part: str) -> list[str]:
    """'1 3 5' is three pieces; so are 'the first' and a glued 'and the last'."""
    words = part.split()
    return words if len(words) > 1 and all(NUMBER.match(word) for word in words) else [part]


def keywords(known: dict[str, str]) -> dict[str, Phrases]:
    """The words of each option's labels that no other option of the slot has."""
    found: dict[str, set[str]] = {}
    for label, option in known.items():
        found.setdefault(option, set()).update(WORD.findall(label))
    own = {
        option: words - set().union(*(w for other, w in found.items() if other != option))
        for option, words in found.items()
    }
    return {option: Phrases(words) for option, words in own.items() if words}


def labels(catalog: Catalog, slot: Slot) -> dict[str, str]:
    """Every way to write an option that is sure: its label in each language, and its id."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for option, label in (catalog.question(language, slot.id).get("options") or {}).items():
            found[bare(str(label))] = str(option)
    for option in slot.options:
        found.setdefault(option.replace("_", " "), option)
        found.setdefault(option, option)
    return found
