"""Tells a "what if" from an answer.

Only what surely is one is taken for one: a message that opens with "what if", or one that asks and
says what is supposed, with its number. Nothing that is said after "what if" becomes an answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial

from advisor.catalog import Catalog
from advisor.interview.inputs import Reading
from advisor.model import Answer, Answers, Kind, Money
from advisor.whatif import Supposition
from bot.understanding.port import Reader
from bot.understanding.quantities import read_quantities
from bot.understanding.tidy import tidy
from bot.understanding.whatif.clues import Clues
from bot.understanding.whatif.kinds import complete, recognised
from bot.understanding.words import FOLDER, Words, load_words

WORDS = FOLDER / "whatif"
DEFAULT_CURRENCY = "ILS"
LIKELY = 0.6
"""How sure an answer must be that the words of a "what if" don't name."""
FACTORS = {"twice": 2, "thrice": 3, "half_of": 0.5}
"""Words for some times as much."""
LONGEST = 300
"""Characters; a longer message tells more than one question."""
HARMLESS = frozenset({None, "inform", "change", "out_of_scope", "affirm", "deny", "why"})
"""Acts that a message which opens with "what if" isn't taken for."""


@cache
def words() -> Words:
    """The patterns of both languages."""
    return load_words(WORDS)


class WhatIfs:
    """Recognises "what if" and "what changed"; a different answer is read by `reader`."""

    def __init__(self, catalog: Catalog, reader: Reader) -> None:
        self.catalog = catalog
        self.reader = reader
        self.words = words()

    async def supposed(
        self, text: str, question: str | None, answers: Answers
    ) -> Supposition | Reading | None:
        """What is supposed; a Reading where a message opens with "what if" and does something
        else ("what if I want to stop?"); None for a message that is no "what if".

        Where nothing can be made of what is supposed, it has the kind "unclear".
        """
        text = tidy(text)
        if len(text) > LONGEST:
            return None
        surely = self.says("surely", text) or self.supposing(text)
        clues = self.clues(text, answers)
        found = recognised(clues)
        named = self.is_name(question)
        asked = surely or self.asks(text) or (question is None and self.orders(text))
        if not surely and self.says("editing", text):
            return None
        if found is not None and asked and (surely or complete(found)):
            return found if complete(found) or not named else None
        if not surely or named:
            return None
        return await self.other(text, question, answers)

    def asks(self, text: str) -> bool:
        """Whether a message asks about something that isn't so."""
        if self.says("follows_on", text):
            return True
        return self.says("asks", text) and self.says("question", text)

    def supposing(self, text: str) -> bool:
        """Whether a message asks and opens with "if I ..."."""
        return text.rstrip().endswith("?") and self.says("supposing", text)

    def orders(self, text: str) -> bool:
        """Whether a message, said where nothing is asked, would have something tried."""
        return self.says("orders", text) and not self.says("told_as_done", text)

    def what_changed(self, text: str, question: str | None = None) -> bool:
        """Whether a message asks what a new version of the plan changed; a name never does."""
        return not self.is_name(question) and self.says("changed", tidy(text))

    def is_name(self, question: str | None) -> bool:
        """Whether nearly any words answer the question."""
        return question is not None and self.catalog.slots[question].kind is Kind.TEXT

    def version(self, text: str) -> int | None:
        """The version that a message names."""
        for pattern in self.words.raw["version"]:
            found = re.search(pattern, tidy(text), re.IGNORECASE)
            if found:
                return int(found[1][:6])
        return None

    def says(self, group: str, text: str) -> bool:
        """Whether one of a group of patterns is in the text."""
        return self.words.matches(group, text)

    def clues(self, text: str, answers: Answers) -> Clues:
        """The words and the numbers of a text."""
        currency = currency_of(answers)
        quantities = read_quantities(text, default_currency=currency)
        ordered = tuple(sorted(quantities, key=lambda q: q.start))
        return Clues(text, ordered, self.words, currency)

    async def other(
        self, text: str, question: str | None, answers: Answers
    ) -> Supposition | Reading:
        """A different answer to some question, or what else a "what if" does."""
        rest = self.as_now(self.after_opening(text))
        for named in self.named(rest):
            scaled = times(answers.get(named), self.clues(rest, answers))
            if scaled is not None:
                return Supposition("answers", answers=(scaled,))
        for slot in (*self.named(rest), None):
            reading = await self.reader.read(rest, slot)
            if reading.act in ("inform", "change") and (slot or reading.confidence >= LIKELY):
                supposed = self.different(reading, slot)
                if supposed and self.says("more", rest):
                    supposed = tuple(
                        on_top(a, answers, self.clues(rest, answers)) for a in supposed
                    )
                if supposed:
                    return Supposition("answers", answers=supposed)
        whole = await self.reader.read(text, question)
        return Supposition("unclear") if whole.act in HARMLESS else whole

    def different(self, reading: Reading, slot: str | None) -> tuple[Answer, ...]:
        """The answers that are supposed: the one named, else all that were read."""
        answers = reading.answers.values() if slot is None else [reading.answers.get(slot)]
        return tuple(
            a for a in answers if a is not None and self.catalog.slots[a.slot].kind is not Kind.TEXT
        )

    def after_opening(self, text: str) -> str:
        """The text without its "what if"."""
        for pattern in (*self.words.raw["surely"], *self.words.raw["supposing"]):
            found = re.search(pattern, text, re.IGNORECASE)
            if found:
                return text[found.end() :].strip(" ,?")
        return text

    def as_now(self, text: str) -> str:
        """What is supposed, said as if it were so: 'I had' as 'I have'."""
        for now, phrases in self.words.nested["as_now"].items():
            text = phrases.pattern.sub(partial(replaced, now), text)
        return text

    def named(self, text: str) -> list[str]:
        """Slots whose names are in the text, the longest name first."""
        found = {
            slot: max((len(m["word"]) for m in phrases.find(text)), default=0)
            for slot, phrases in self.words.nested["slots"].items()
            if slot in self.catalog.slots
        }
        return sorted((slot for slot in found if found[slot]), key=lambda slot: -found[slot])


def on_top(supposed: Answer, answers: Answers, clues: Clues) -> Answer:
    """So many more than were answered; what was read, where that isn't known or no number."""
    stored, more = answers.get(supposed.slot), clues.first("count", "money")
    if stored is None or not stored.known or more is None:
        return supposed
    if isinstance(stored.value, Money):
        total = Money(stored.value.amount + more.value, stored.value.currency)
        return replace(supposed, value=total, low=None, high=None)
    if isinstance(stored.value, bool) or not isinstance(stored.value, int):
        return supposed
    return replace(supposed, value=stored.value + round(more.value), low=None, high=None)


def times(stored: Answer | None, clues: Clues) -> Answer | None:
    """Twice, three times or half of what was answered, where a text says so and names no number."""
    if stored is None or clues.first("count", "money", "percent") is not None:
        return None
    factor = next((by for word, by in FACTORS.items() if clues.says(word)), None)
    value = stored.value
    if factor is None or isinstance(value, bool):
        return None
    if isinstance(value, Money):
        total = Money(value.amount * factor, value.currency)
        return replace(stored, value=total, low=None, high=None)
    if not isinstance(value, int | float):
        return None
    return replace(stored, value=round(value * factor), low=None, high=None)


def replaced(now: str, found: re.Match[str]) -> str:
    """A word in its other form, with the letters that are glued to it."""
    return found[0].replace(found["word"], now)


def currency_of(answers: Answers) -> str:
    """The currency that the owner counts in."""
    for answer in answers.values():
        if isinstance(answer.value, Money):
            return answer.value.currency
    return DEFAULT_CURRENCY
