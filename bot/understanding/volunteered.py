"""What a message says about slots that were not asked about: only what it says clearly."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.model import NUMERIC, Answer, Kind, Slot
from bot.understanding import evidence, figures, names
from bot.understanding.choosing import choose
from bot.understanding.message import Message, chosen, known
from bot.understanding.parsed import Segment
from bot.understanding.quantities import Quantity


def spoken_of(message: Message, segment: Segment) -> Slot | None:
    """The slot, other than the one asked about, that a clause most clearly speaks of."""
    return next(iter(slots_of(message, segment)), None)


def slots_of(message: Message, segment: Segment) -> list[Slot]:
    """The slots, besides the one asked about, that a clause surely states, the surest first: one,
    and another only beyond doubt."""
    limits, asked = message.limits, message.asked
    if asked is not None and segment is message.parsed.whole:
        return []
    sure = {
        slot.id: evidence.stated(message, segment, slot)
        for slot in evidence.closest(message, segment)
        if slot is not asked
    }
    ranked = sorted(sure, key=lambda name: -sure[name])
    least = limits["volunteered" if asked else "open_topic"]
    return [
        message.slots[name]
        for i, name in enumerate(ranked)
        if sure[name] >= (limits["beside"] if i else least)
    ]


def volunteered(message: Message, taken: Sequence[str] = ()) -> dict[str, Answer]:
    """The answers of all clauses that speak of other slots, without those already `taken`."""
    found = called(message)
    clauses: dict[str, list[Segment]] = {}
    for segment in message.parsed.parts:
        for stated in slots_of(message, segment):
            clauses.setdefault(stated.id, []).append(segment)
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
