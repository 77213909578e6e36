"""Which options a message names, from the model's probabilities, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.model import Kind, Slot
from bot.understanding.message import Message
from bot.understanding.parsed import Segment


@dataclass(frozen=True, slots=True)
class Choice:
    """Options with how sure they are (0-1), and the runner-up of a single choice."""

    options: tuple[str, ...]
    confidence: float
    second: str | None = None


def choose(slot: Slot, message: Message, segments: Sequence[Segment]) -> Choice | None:
    """The options of `slot` that the segments name."""
    if not segments or slot.id not in segments[0].options:
        return None
    if slot.kind is Kind.CHOICES:
        return several(slot, message, segments)
    return single(slot, segments)


def single(slot: Slot, segments: Sequence[Segment]) -> Choice:
    """The likeliest option: the first segment counts as much as the others together."""
    scores = dict(segments[0].options[slot.id])
    for segment in segments[1:]:
        for option, p in segment.options[slot.id].items():
            scores[option] += p / (len(segments) - 1)
    ranked = sorted(scores, key=lambda option: -scores[option])
    total = sum(scores.values()) or 1.0
    second = ranked[1] if len(ranked) > 1 else None
    return Choice((ranked[0],), scores[ranked[0]] / total, second)


def several(slot: Slot, message: Message, segments: Sequence[Segment]) -> Choice:
    """Every option that the first segment names, or another does that doesn't deny it."""
    weight = message.limits["clause_weight"]
    scores = dict(segments[0].options[slot.id])
    denied: dict[str, float] = {}
    for segment in segments[1:]:
        named = segment.options[slot.id]
        top = max(named, key=lambda option: named[option])
        if message.words["negation"].inside(message.piece(segment)) and top not in slot.exclusive:
            denied[top] = max(denied.get(top, 0.0), named[top])
            continue
        for option, p in named.items():
            scores[option] = max(scores[option], weight * p + (1 - weight) * scores[option])
    for option, p in denied.items():
        scores[option] *= 1 - message.limits["denied"] * p
    return settled(slot, scores, message.limits["option"])


def settled(slot: Slot, scores: dict[str, float], limit: float) -> Choice:
    """What passes the limit; at least one option, and an exclusive one only by itself."""
    ranked = sorted(scores, key=lambda option: -scores[option])
    passing = [option for option in ranked if scores[option] >= limit] or ranked[:1]
    if passing[0] in slot.exclusive:
        passing = passing[:1]
    else:
        passing = [option for option in passing if option not in slot.exclusive]
    ordered = tuple(option for option in slot.options if option in passing)
    return Choice(ordered, min(scores[option] for option in passing))
