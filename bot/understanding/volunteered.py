"""What a message says about slots that were not asked about: only what it says clearly."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.model import NUMERIC, Answer, Kind, Slot
from bot.understanding import figures, names
from bot.understanding.choosing import choose
from bot.understanding.message import Message, chosen, known
from bot.understanding.parsed import Segment
from bot.understanding.quantities import Quantity


def spoken_of(message: Message, segment: Segment) -> Slot | None:
    """The slot, other than the one asked about, that a clause clearly speaks of."""
    topics = {t: p for t, p in segment.topics.items() if t in message.slots}
    best = max(topics, key=lambda topic: topics[topic], default=None)
    asked, limits, whole = message.asked, message.limits, message.parsed.whole
    if best is None or (asked is not None and best == asked.id):
        return None
    if asked is not None and segment is whole:
        return None
    wide = whole.topic(best)
    sure = among_slots(message, segment, topics[best]) + limits["whole_say"] * wide
    if asked is None:
        return message.slots[best] if sure >= limits["open_topic"] else None
    rival = topics.get(asked.id, 0.0) * limits["rival"]
    clear = sure >= limits["volunteered"] and wide >= limits["wide"] and topics[best] > rival
    return message.slots[best] if clear else None


def among_slots(message: Message, segment: Segment, p: float) -> float:
    """The probability of a topic when a clause is known to speak of some slot: one clause of
    several is seldom a control act."""
    if segment is message.parsed.whole:
        return p
    acts = sum(q for topic, q in segment.topics.items() if topic not in message.slots)
    return p / max(1 - acts, message.limits["least_slots"])


def volunteered(message: Message, taken: Sequence[str] = ()) -> dict[str, Answer]:
    """The answers of all clauses that speak of other slots, without those already `taken`."""
    found = called(message)
    clauses: dict[str, list[Segment]] = {}
    for segment in message.parsed.parts:
        slot = spoken_of(message, segment)
        if slot is not None:
            clauses.setdefault(slot.id, []).append(segment)
    numbers = figures.assigned(message)
    for name in dict.fromkeys([*clauses, *numbers]):
        slot = message.slots[name]
        if slot is message.asked or name in found:
            continue
        answer = said(message, slot, clauses.get(name, []), numbers.get(name, []))
        if answer is not None:
            found[name] = answer
    return {name: answer for name, answer in found.items() if name not in taken}


def called(message: Message) -> dict[str, Answer]:
    """The business's name, where words introduce one beyond doubt."""
    for slot in message.slots.values():
        if slot.kind is Kind.TEXT and slot is not message.asked:
            found = (names.surely(message.piece(s), message.words) for s in message.parsed.parts)
            name = next((name for name in found if name), None)
            return {slot.id: known(slot, name)} if name else {}
    return {}


def said(
    message: Message, slot: Slot, segments: Sequence[Segment], quantities: Sequence[Quantity]
) -> Answer | None:
    """What the clauses about a slot, or the numbers that belong to it, say."""
    if slot.kind in NUMERIC:
        return number(message, slot, segments, quantities)
    if slot.kind is Kind.TEXT:
        return None
    choice = choose(slot, message, segments)
    if choice is None or choice.confidence < message.limits["volunteered_option"]:
        return None
    return chosen(slot, choice.options)


def number(
    message: Message, slot: Slot, segments: Sequence[Segment], quantities: Sequence[Quantity]
) -> Answer | None:
    """The number of a slot from its own quantities; 'none' and the like from its clauses."""
    spans = [message.clause_of(q) for q in quantities] or list(segments)
    if not spans:
        return None
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    text = message.text[start:end]
    if quantities:
        return figures.figure(message, slot, quantities, text, start)
    return figures.without_number(message, slot, text)
