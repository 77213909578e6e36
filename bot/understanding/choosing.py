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
    said = [segment for segment in segments if not denies(slot, message, segment)]
    if slot.kind is Kind.CHOICES:
        return several(slot, message, segments, said)
    if len(said) < len(segments) and len(said) > 1:
        said = [segment for segment in said if segment is not message.parsed.whole]
    return mixed(slot, message, said) or single(slot, said or segments)


def denies(slot: Slot, message: Message, segment: Segment) -> bool:
    """Whether a clause says what isn't so: 'not the price', 'no website', 'staff is fine'."""
    if segment is message.parsed.whole:
        return False
    named = segment.options[slot.id]
    if max(named, key=lambda option: named[option]) in slot.exclusive:
        return False
    words, piece = message.words, message.piece(segment)
    if slot.id in message.shapes["held"] and words.matches("lacks", piece):
        return True
    if slot.id in message.shapes["troubles"] and words["fine"].inside(piece):
        return True
    return words.matches("denial", piece)


def mixed(slot: Slot, message: Message, segments: Sequence[Segment]) -> Choice | None:
    """The option for some of each, where clauses surely name different ones."""
    middle = message.shapes["mixed"].get(slot.id)
    clauses = [segment for segment in segments if segment is not message.parsed.whole]
    if middle is None or len(clauses) != 2:
        return None
    tops = [max(c.options[slot.id].items(), key=lambda item: item[1]) for c in clauses]
    sure = min(p for _, p in tops)
    if sure < message.limits["mixed"] or tops[0][0] == tops[1][0]:
        return None
    return Choice((middle,), sure)


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


def several(
    slot: Slot, message: Message, segments: Sequence[Segment], said: Sequence[Segment]
) -> Choice:
    """Every option that the first segment names, or another one, but for what is denied."""
    limits = message.limits
    scores = dict(segments[0].options[slot.id])
    weight = limits["clause_weight"]
    for segment in said:
        for option, p in segment.options[slot.id].items():
            scores[option] = max(scores[option], weight * p + (1 - weight) * scores[option])
    pieces = [s for s in said if s is not message.parsed.whole] or said
    for option in scores:
        worded = any(message.options.keyword(slot, option, message.piece(s)) for s in pieces)
        if worded and option not in slot.exclusive and scores[option] >= limits["hint"]:
            scores[option] = max(scores[option], limits["option"])
    for segment in segments:
        if segment in said:
            continue
        for option, p in segment.options[slot.id].items():
            elsewhere = max((s.options[slot.id][option] for s in said[1:]), default=0.0)
            if p >= limits["denied"] and elsewhere < limits["option"]:
                scores[option] = 0.0
    clauses = [segment for segment in said if segment is not message.parsed.whole]
    left = max(scores.values()) >= limits["option"]
    if slot.exclusive and len(said) < len(segments) and not clauses and not left:
        return Choice(slot.exclusive[:1], limits["option"])
    return settled(slot, scores, limits["option"])


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
