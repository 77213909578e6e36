"""Reads a message in the light of the question asked.

The question's own reading goes first, then control acts, then what the message volunteers about
other slots. Works with an empty parse while Rasa is away: labels, numbers and control words.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import Protocol

from advisor.catalog import Catalog, read_yaml
from advisor.interview.inputs import Reading
from advisor.model import Kind
from bot.understanding.caution import careful
from bot.understanding.judging import judged
from bot.understanding.keyboard import Keyboard, vocabulary_of
from bot.understanding.lines import understand
from bot.understanding.message import Evidence, Limits, Message, Shapes
from bot.understanding.options import OptionNames
from bot.understanding.parsed import Parsed, nothing_parsed
from bot.understanding.quantities import read_quantities
from bot.understanding.restated import restated
from bot.understanding.tidy import tidy
from bot.understanding.words import Words, load_words

LIMITS = Path(__file__).with_name("limits.yml")
SHAPES = Path(__file__).with_name("shapes.yml")
EVIDENCE = Path(__file__).with_name("evidence.yml")
PRICES = ("average_sale",)
"""Questions for what one thing costs."""


class Parser(Protocol):
    """What the reader needs of Rasa."""

    available: bool

    async def parse(self, text: str) -> Parsed | None:
        """What the model says, or None while it is away."""
        ...


class MessageReader:
    """Reads messages of owners; `currency` is the one of amounts that name none."""

    def __init__(
        self,
        catalog: Catalog,
        parser: Parser,
        currency: str = "ILS",
        words: Words | None = None,
        limits: Limits | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        self.catalog = catalog
        self.parser = parser
        self.currency = currency
        self.words = words or load_words()
        self.limits: Limits = limits or read_yaml(LIMITS)
        self.shapes: Shapes = read_yaml(SHAPES)
        self.evidence: Evidence = evidence or read_yaml(EVIDENCE)
        self.keyboard = Keyboard(vocabulary_of(catalog, self.words))
        self.options = OptionNames(catalog, self.words)

    @property
    def away(self) -> bool:
        """Whether free text can't be read just now."""
        return not self.parser.available

    async def settle(self) -> None:
        """Whoever made this knows whether the model is there."""

    async def read(self, text: str, question: str | None) -> Reading:
        """What the message does and says; never raises for any text."""
        text = self.meant(tidy(text), question)
        parsed = await self.parser.parse(text) if text else None
        message = self.message(text, question, parsed or nothing_parsed(text))
        return careful(message, judged(message))

    def meant(self, text: str, question: str | None) -> str:
        """The text, typed over where the keyboard was on the other language."""
        slot = self.catalog.slots.get(question) if question else None
        return text if slot and slot.kind is Kind.TEXT else self.keyboard.repaired(text)

    def message(self, text: str, question: str | None, parsed: Parsed) -> Message:
        """All that is known of a message before judging."""
        read = read_quantities(text, default_currency=self.currency)
        quantities = restated(text, read, self.words, price=question in PRICES)
        return Message(
            text=text,
            asked=self.catalog.slots.get(question) if question else None,
            parsed=parsed,
            quantities=tuple(quantities),
            slots=self.catalog.slots,
            words=self.words,
            limits=self.limits,
            shapes=self.shapes,
            evidence=self.evidence,
            options=self.options,
            currency=self.currency,
        )

    def answer_lines(self, lines: AsyncIterable[str]) -> AsyncIterator[str]:
        """The stream of `comeback understand`: {"question", "text"} in, what was read out."""
        return understand(self, lines)
