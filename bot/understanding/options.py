"""Options said exactly: by label, by id, or by their number in the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import product

from advisor.catalog import Catalog
from advisor.model import LANGUAGES, Kind, Slot
from bot.understanding import places
from bot.understanding.places import NUMBER
from bot.understanding.words import Phrases, Words, bare

COMMA = re.compile(r"\s*[,;+&\n]\s*")
SEPARATOR = re.compile(r"\s*[,;+/&\n]\s*")
WORD = re.compile(r"[^\W\d_]{4,}")
NEAR = 0.88
"""How like a label a text is (0-1) that was meant as one, typing errors allowed."""
LONG = 8
"""Letters in a text, at least, for that: short words differ by a letter and mean another thing."""
PREFIX = re.compile(r"^[ומב]?ה?-?(?=[א-ת\d]{2}|\d)")
"""Letters that Hebrew glues to what is left out: 'but for the third', 'in print'."""
GLUED = re.compile(r"^[ובה](?=[א-ת]{4})")
SHORT_WORD = re.compile(r"[^\W\d_]{3,}")


ENDING = 2
"""Letters of an ending, at most: 'delivery' and 'deliveries' are one word."""


class OptionNames:
    """The labels of every option in every language."""

    def __init__(self, catalog: Catalog, words: Words) -> None:
        self.catalog = catalog
        self.words = words
        self.by_label = {slot.id: labels(catalog, slot) for slot in catalog.slots.values()}
        fillers = frozenset(map(str, words.raw["label_fillers"]))
        self.by_keyword = {
            name: keywords(known, besides=fillers) for name, known in self.by_label.items()
        }
        self.by_word = {
            name: keywords(known, SHORT_WORD, usual_words(words))
            for name, known in self.by_label.items()
        }

        self.controls = controls(catalog)
        self.of_slot = {name: title_words(catalog, name) for name in catalog.slots}
        self.by_title = {
            name: said.difference(*(of for other, of in self.of_slot.items() if other != name))
            for name, said in self.of_slot.items()
        }

    def keyword(self, slot: Slot, option: str, text: str) -> bool:
        """Whether a word stands in the text that only this option's labels have."""
        phrases = self.by_keyword[slot.id].get(option)
        return phrases is not None and phrases.inside(text)

    def denied(self, slot: Slot, option: str, text: str) -> bool:
        """Whether such a word stands right behind a 'not': 'tourism and not events'."""
        phrases = self.by_keyword[slot.id].get(option)
        if phrases is None:
            return False
        found = [text[: match.start()] for match in phrases.find(text)]
        return bool(found) and all(self.words["replaced"].closes(lead) for lead in found)

    def titled(self, slot: Slot, text: str) -> bool:
        """Whether a word that only this slot's own label has stands in a text."""
        return not stems(text).isdisjoint(self.by_title[slot.id])

    def part(self, slot: Slot, text: str) -> str | None:
        """The option of whose label a text is a part, and more of it than of any other's: "private"
        of "private people" rather than of "both private people and businesses". What the label of
        the slot itself says names no option."""
        said = set(SHORT_WORD.findall(bare(text)))
        if not said or said & self.of_slot[slot.id]:
            return None
        shares: dict[str, float] = {}
        for label, option in self.by_label[slot.id].items():
            words = SHORT_WORD.findall(label)
            if said <= set(words):
                shares[option] = max(shares.get(option, 0.0), len(said) / len(words))
        ranked = sorted(shares, key=lambda option: -shares[option])
        alone = len(ranked) == 1 or (ranked and shares[ranked[0]] > shares[ranked[1]])
        return ranked[0] if alone else None

    def exactly(self, slot: Slot, text: str) -> tuple[str, ...]:
        """The options that the text consists of, in the contract's order; none otherwise."""
        known = self.by_label[slot.id]
        if bare(text) in known:
            return (known[bare(text)],)
        near = get_close_matches(bare(text), known, n=1, cutoff=NEAR)
        if near and len(bare(text)) >= LONG and self.alike(near[0], text):
            return (known[near[0]],)
        if slot.kind is Kind.CHOICES:
            whole = self.all_of(slot, text)
            if whole:
                return whole
        chosen = self.listed(slot, text)
        if slot.kind is not Kind.CHOICES and len(set(chosen)) > 1:
            return ()
        return tuple(option for option in slot.options if option in chosen)

    def alike(self, label: str, text: str) -> bool:
        """Whether both or none of a label and a text deny: 'is' and 'isn't' are near in letters."""
        denial = self.words["negation"]
        return denial.inside(label) == denial.inside(text)

    def listed(self, slot: Slot, text: str) -> list[str]:
        """The options of a list that holds nothing else but a remark: '1-4, all of those'."""
        text = places.joined_range(bare(text), self.words)
        shorter = closing(tuple(self.words.raw["list_remarks"])).sub("", text)
        for glued, part in product((False, True), dict.fromkeys((text, shorter))):
            parts = self.said(part, glued)
            found = [self.some(slot, piece, alone=len(parts) == 1) for piece in parts]
            if found and all(found):
                return [option for options in found for option in options]
        return []

    def said(self, text: str, glued: bool, cut: re.Pattern[str] = SEPARATOR) -> list[str]:
        """The pieces of a list without remarks; 'all of those' after numbers is one."""
        parts = [
            p
            for p in pieces(text, self.words, glued, cut)
            if not self.words["list_remarks"].whole(p)
        ]
        counted = any(character.isdigit() for part in parts for character in part)
        return [p for p in parts if not (counted and self.every(p))]

    def some(self, slot: Slot, piece: str, alone: bool) -> list[str]:
        """The options that a piece names, by its label or its places; the last of several is the
        last one that can stand beside others."""
        option = self.one(slot, piece, alone)
        if option is not None:
            return [option]
        usual = usual_of(slot)
        found = places.group_of(piece, len(usual), self.words)
        found = found or places.range_of(piece, len(slot.options), self.words)
        return [slot.options[index] for index in found if slot.options[index] in usual]

    def one(self, slot: Slot, piece: str, alone: bool = True) -> str | None:
        """The option that a piece names; `alone`, 'the last' may be one that excludes others."""
        if piece in self.by_label[slot.id]:
            return self.by_label[slot.id][piece]
        last = None if alone else len(usual_of(slot)) - 1
        index = places.place_of(piece, len(slot.options), self.words, last)
        return slot.options[index] if index is not None else None

    def every(self, text: str) -> bool:
        """Whether a text means the whole list: 'all of those', 'everything you wrote'."""
        return whole_list(tuple(self.words.raw["every"])).fullmatch(bare(text)) is not None

    def all_of(self, slot: Slot, text: str) -> tuple[str, ...]:
        """'All of them', 'everything but the second', '1-5 but not 3': options but for some."""
        usual = usual_of(slot)
        if self.every(text):
            return tuple(usual)
        cut = next(iter(self.words["except"].find(text)), None)
        if cut is None:
            return ()
        base, rest = text[: cut.start()], text[cut.end() :]
        if not bare(base):  # "except for print, all of them"
            rest, _, base = rest.rpartition("," if "," in rest else " ")
        kept = usual if self.every(base) else self.listed(slot, base)
        out = self.excluded(slot, rest)
        return (
            tuple(option for option in usual if option in kept and option not in out) if out else ()
        )

    def excluded(self, slot: Slot, text: str) -> list[str]:
        """The options of a list that are left out: also by a word that only their labels have."""
        for glued, cut in ((True, COMMA), (True, SEPARATOR), (False, COMMA)):
            parts = self.said(text.strip(" -־"), glued, cut)
            found = [self.left_out(slot, piece, by_word=glued) for piece in parts]
            if found and all(found):
                return [option for options in found for option in options]
        return []

    def left_out(self, slot: Slot, piece: str, by_word: bool) -> list[str]:
        """The options that a piece of such a list names, in the list as it is shown."""
        for said in dict.fromkeys((piece, PREFIX.sub("", piece))):
            option = self.one(slot, said)
            if option is not None:
                return [option]
            found = places.group_of(said, len(slot.options), self.words)
            found = found or places.range_of(said, len(slot.options), self.words)
            if found:
                return [slot.options[index] for index in found]
        named = [option for option, words in self.by_word[slot.id].items() if words.inside(piece)]
        return named if by_word and len(named) == 1 else []


def usual_of(slot: Slot) -> list[str]:
    """The options that can stand beside others, which those that can't follow."""
    return [option for option in slot.options if option not in slot.exclusive]


@cache
def closing(remarks: tuple[str, ...]) -> re.Pattern[str]:
    """A remark at the end of a list."""
    return re.compile(rf"\s+(?:{'|'.join(re.escape(remark) for remark in remarks)})$", re.I)


@cache
def whole_list(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What means every option of a list."""
    return re.compile("|".join(phrases), re.I)


@cache
def patterns(joins: tuple[str, ...], fillers: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Words between options, and words before a number."""
    join = "|".join(re.escape(word) for word in joins if len(word) > 1)
    letters = "".join(word for word in joins if len(word) == 1)
    filler = "|".join(re.escape(word) for word in fillers)
    return (
        re.compile(rf"(?:\s+(?:{join}))+\s+|\s+[{letters}]-?(?=\d)", re.I),
        re.compile(rf"(?:\s+(?:{join}))+\s+|\s+[{letters}]-?(?=\w)", re.I),
        re.compile(rf"^(?:{filler})\s+", re.I),
    )


def pieces(text: str, words: Words, glued: bool, cut: re.Pattern[str] = SEPARATOR) -> list[str]:
    """The parts of a list: '1, 3 and 5'; `glued` also cuts before a word with its 'and'."""
    before_digit, before_word, filler = patterns(
        tuple(words.raw["joins"]), tuple(words.raw["option_words"])
    )
    between = before_word if glued else before_digit
    parts: Iterable[str] = cut.split(between.sub(",", bare(text)))
    parts = [part for whole in parts for part in split_numbers(whole)]
    return [bare(filler.sub("", part)) for part in parts if bare(part)]


def split_numbers(part: str) -> list[str]:
    """'1 3 5' is three pieces; so are 'the first' and a glued 'and the last'."""
    words = part.split()
    return words if len(words) > 1 and all(NUMBER.match(word) for word in words) else [part]


def keywords(
    known: dict[str, str], word: re.Pattern[str] = WORD, besides: frozenset[str] = frozenset()
) -> dict[str, Phrases]:
    """The words of each option's labels that no other option of the slot has, nor `besides`."""
    found: dict[str, set[str]] = {}
    for label, option in known.items():
        said = {form for match in word.findall(label) for form in forms(match, word)}
        found.setdefault(option, set()).update(said - besides)
    own = {
        option: words - set().union(*(w for other, w in found.items() if other != option))
        for option, words in found.items()
    }
    return {option: Phrases(words) for option, words in own.items() if words}


def forms(said: str, word: re.Pattern[str]) -> set[str]:
    """A word of a label, and the same without the letters that Hebrew glues to it."""
    plain = GLUED.sub("", said)
    return {said, plain} if word.fullmatch(plain) else {said}


@lru_cache(maxsize=32)
def stems(text: str) -> frozenset[str]:
    """The words of a text, with and without the letters that may be an ending. Every slot asks for
    those of the same few clauses."""
    found = SHORT_WORD.findall(bare(text))
    return frozenset(word[: len(word) - cut] for word in found for cut in range(ENDING + 1))


def title_words(catalog: Catalog, slot: str) -> frozenset[str]:
    """The words of a slot's own label in every language."""
    titles = [bare(str(catalog.question(language, slot)["label"])) for language in LANGUAGES]
    return frozenset(
        form
        for title in titles
        for word in SHORT_WORD.findall(title)
        for form in forms(word, SHORT_WORD)
    )


def usual_words(words: Words) -> frozenset[str]:
    """Words that join and introduce, which name no option."""
    return frozenset(
        str(w) for name in ("joins", "articles", "to", "from") for w in words.raw[name]
    )


def controls(catalog: Catalog) -> dict[str, str]:
    """The acts that buttons under a question stand for, by their labels in every language: who
    types "Don't know" presses it."""
    return {
        bare(str(label)): act
        for language in LANGUAGES
        for act, label in catalog.texts[language]["replies"]["controls"].items()
        if act in catalog.acts
    }


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
