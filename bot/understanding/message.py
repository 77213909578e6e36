"""A message being read: its text, what was asked, and all that is known of it before judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.model import Answer, AnswerState, Kind, Slot, Value
from bot.understanding.amounts import Amount, value_of
from bot.understanding.options import OptionNames
from bot.understanding.parsed import Parsed, Segment
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

Limits = Mapping[str, float]
Shapes = Mapping[str, Any]
Evidence = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Message:
    """One message in the light of the question asked (`asked`, None where nothing was)."""

    text: str
    asked: Slot | None
    parsed: Parsed
    quantities: tuple[Quantity, ...]
    slots: Mapping[str, Slot]
    words: Words
    limits: Limits
    shapes: Shapes
    evidence: Evidence
    options: OptionNames
    currency: str
    weighed: dict[tuple[int, str], float] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What evidence has said of a segment or a quantity (by its identity) and a slot."""

    @property
    def asked_id(self) -> str | None:
        """The slot asked about."""
        return self.asked.id if self.asked else None

    def piece(self, segment: Segment) -> str:
        """The text of a segment."""
        return self.text[segment.start : segment.end]

    def clause_of(self, quantity: Quantity) -> Segment:
        """The clause that a quantity stands in."""
        for segment in self.parsed.clauses:
            if segment.start <= quantity.start < segment.end:
                return segment
        return self.parsed.whole

    def acts(self) -> dict[str, float]:
        """The probabilities of the acts, without those of the slots."""
        return {t: p for t, p in self.parsed.whole.topics.items() if t not in self.slots}


def known(slot: Slot, value: Value) -> Answer:
    """A known answer."""
    return Answer(slot.id, AnswerState.KNOWN, value)


def chosen(slot: Slot, options: Sequence[str]) -> Answer:
    """Options as an answer, in the slot's own type."""
    if slot.kind is Kind.YESNO:
        return known(slot, options[0] == "true")
    return known(slot, options[0] if slot.kind is Kind.CHOICE else tuple(sorted(options)))


def counted(slot: Slot, amount: Amount, currency: str) -> Answer:
    """An amount as an answer, with its range."""
    value = value_of(slot, amount, currency)
    low, high, guess = amount.low, amount.high, amount.approximate
    return Answer(slot.id, AnswerState.KNOWN, value, low, high, guess)
