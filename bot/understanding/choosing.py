"""Which options a message names, from the model's probabilities, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.model import Kind, Slot
from bot.understanding.message import Limits, Message
from bot.understanding.parsed import Segment

LEAST_SAID = 0.1
"""So much a clause has to say of a slot that it hardly speaks of."""
HARDLY = 0.1
"""What is left of an option that a 'not' stands before."""
NAMED = 2.0
"""How much likelier an option is where a word stands that only its label has, and no denial."""
NEXT = re.compile(r"[^?]?\?\s*")
"""What stands between a question and its answer."""


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
    return mixed(slot, message, said) or single(slot, message, said or segments)


def denies(slot: Slot, message: Message, segment: Segment) -> bool:
    """Whether a clause says what isn't so: 'not the price', 'no website', 'staff is fine'."""
    if segment is message.parsed.whole:
        return False
    if best_of(slot, segment) in slot.exclusive:
        return False
    words, piece = message.words, message.piece(segment)
    past = slot.id in message.shapes["once"] and words.matches("past", piece)
    if answered_no(message, segment) or past:
        return True
    held = slot.id in message.shapes["held"]
    if held and (words.matches("lacks", piece) or words.matches("undone", piece)):
        return True
    if slot.id in message.shapes["troubles"] and words["fine"].inside(piece):
        return True
    named = [o for o in slot.options if message.options.denied(slot, o, piece)]
    return bool(named) or words.matches("denial", piece)


def answered_no(message: Message, segment: Segment) -> bool:
    """Whether a clause asks what the next one denies: 'phones? no, just Instagram'."""
    behind = NEXT.match(message.text, max(segment.start, segment.end - 1))
    return behind is not None and message.words["negation"].opens(message.text[behind.end() :])


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


def single(slot: Slot, message: Message, segments: Sequence[Segment]) -> Choice:
    """The likeliest option: the whole message counts as much as its clauses together, and of these
    each as much as it speaks of the slot and is sure of an option."""
    says = [(segment, weight(slot, segment)) for segment in segments]
    clauses = sum(share for segment, share in says if segment is not message.parsed.whole)
    scores = dict.fromkeys(slot.options, 0.0)
    for segment, share in says:
        part = 1.0 if segment is message.parsed.whole else share / clauses
        for option, p in segment.options[slot.id].items():
            scores[option] += p * part
    names, text = message.options, message.text
    denied = [option for option in slot.options if names.denied(slot, option, text)]
    for option in denied:
        scores[option] *= HARDLY
    held = [o for o in slot.options if o not in denied and names.keyword(slot, o, text)]
    if denied and len(held) == 1:  # 'tourism and not events'
        scores[held[0]] = max(scores[held[0]], max(scores.values()) + HARDLY)
    plainly = len(held) == 1 and not denied and not message.words["negation"].inside(text)
    if plainly:  # "it's an essential product"
        scores[held[0]] *= NAMED
    ranked = sorted(scores, key=lambda option: -scores[option])
    total = sum(scores.values()) or 1.0
    second = ranked[1] if len(ranked) > 1 else None
    return Choice((ranked[0],), scores[ranked[0]] / total, second)


def weight(slot: Slot, segment: Segment) -> float:
    """How much a clause has to say of the options of a slot."""
    return max(segment.speaks_of(slot.id), LEAST_SAID) * max(segment.options[slot.id].values())


def several(
    slot: Slot, message: Message, segments: Sequence[Segment], said: Sequence[Segment]
) -> Choice:
    """Every option that the first segment names, or another one, but for what is denied."""
    limits, whole = message.limits, message.parsed.whole
    denied = [segment for segment in segments if segment not in said]
    said = without_none(slot, message, said)
    first = segments[0] if segments[0] is whole else (said or segments)[0]
    scores = scores_of(slot, message, first, said)
    for segment in denied:
        for option, p in segment.options[slot.id].items():
            named = [s.options[slot.id][option] for s in said if s is not whole]
            elsewhere = max(named, default=0.0)
            if p >= limits["denied"] and elsewhere < limits["option"]:
                scores[option] = 0.0
    clauses = [segment for segment in said if segment is not whole]
    left = max(scores.values()) >= limits["option"]
    if slot.exclusive and len(said) < len(segments) and not clauses and not left:
        return Choice(slot.exclusive[:1], limits["option"])
    return settled(slot, scores, limits["option"])


def scores_of(
    slot: Slot, message: Message, first: Segment, said: Sequence[Segment]
) -> dict[str, float]:
    """How surely each option is named: by the first segment, by a clause, by a clause that names
    it before all others, or by a word that only its label has."""
    limits, whole = message.limits, message.parsed.whole
    scores = dict(first.options[slot.id])
    weight = limits["clause_weight"] if first is whole else 1.0
    for segment in said:
        for option, p in segment.options[slot.id].items():
            scores[option] = max(scores[option], weight * p + (1 - weight) * scores[option])
        beside = segment is not whole and len(said) > 1
        leading = leader(slot, segment, limits) if beside else None
        if leading is not None:
            scores[leading] = max(scores[leading], limits["option"])
    pieces = [s for s in said if s is not whole] or said
    for option in scores:
        worded = any(message.options.keyword(slot, option, message.piece(s)) for s in pieces)
        if worded and option not in slot.exclusive and scores[option] >= limits["hint"]:
            scores[option] = max(scores[option], limits["option"])
    return scores


def leader(slot: Slot, clause: Segment, limits: Limits) -> str | None:
    """The option, of those that stand beside others, that a clause names well before the rest."""
    ranked = sorted(clause.options[slot.id].items(), key=lambda item: -item[1])
    (best, p), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    ahead = p >= limits["leads"] and p >= limits["ahead"] * second
    return best if ahead and best not in slot.exclusive else None


def without_none(slot: Slot, message: Message, said: Sequence[Segment]) -> Sequence[Segment]:
    """The segments, without clauses of 'none' where another surely names an option: "word of
    mouth, never paid for an ad"."""
    clauses = [segment for segment in said if segment is not message.parsed.whole]
    none = [segment for segment in clauses if best_of(slot, segment) in slot.exclusive]
    sure = any(
        max(s.options[slot.id].values()) >= message.limits["named"]
        for s in clauses
        if s not in none
    )
    return [segment for segment in said if segment not in none] if sure else said


def best_of(slot: Slot, segment: Segment) -> str:
    """The likeliest option of a segment."""
    named = segment.options[slot.id]
    return max(named, key=lambda option: named[option])


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
