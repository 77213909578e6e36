"""What a message says about slots that were not asked about: only what it says clearly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.model import NUMERIC, Answer, Kind, Slot
from bot.understanding import dearer, evidence, figures, names, people, plainly
from bot.understanding.choosing import choose
from bot.understanding.message import Message, chosen, known
from bot.understanding.parsed import Segment
from bot.understanding.quantities import Quantity

CRISIS, PEOPLE = "crisis", "employees"
UNKNOWN = ("unknown", "unsure")
"""Options of not knowing."""
UNSURE = "unsure"


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
        if people.companion(message.piece(segment), message.words):
            continue
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
    found |= plain(message, found)
    return {name: answer for name, answer in found.items() if name not in taken}


def plain(message: Message, found: Mapping[str, Answer]) -> dict[str, Answer]:
    """What a few words state beyond doubt of slots that weren't asked about."""
    asked = message.asked.id if message.asked else ""
    said: dict[str, Answer] = {}
    crisis = plainly.cause(message.text, message.words)
    if crisis and asked not in (CRISIS, *message.shapes["dated"]):
        said[CRISIS] = known(message.slots[CRISIS], crisis)
    if asked != PEOPLE and PEOPLE not in found and plainly.alone(message.text, message.words):
        said[PEOPLE] = known(message.slots[PEOPLE], 1)
    return said


def called(message: Message) -> dict[str, Answer]:
    """The business's name, where words introduce one beyond doubt."""
    for slot in message.slots.values():
        if slot.kind is Kind.TEXT and slot is not message.asked:
            found = (names.surely(message.piece(s), message.words) for s in message.parsed.parts)
            name = next((name for name in found if name and not wrongly(name, message)), None)
            return {slot.id: known(slot, name)} if name else {}
    return {}


def wrongly(name: str, message: Message) -> bool:
    """Whether what follows the words that introduce a name says that it is wrong: 'the name of the
    business was put down wrong'."""
    return message.words["wrong"].closes(name)


def said(
    message: Message, slot: Slot, segments: Sequence[Segment], quantities: Sequence[Quantity]
) -> Answer | None:
    """What the clauses about a slot, or the numbers that belong to it, say."""
    if slot.kind in NUMERIC:
        return number(message, slot, segments, quantities)
    if slot.kind is Kind.TEXT:
        return None
    if (option := left_open(message, slot, segments)) is not None:
        return chosen(slot, (option,))
    choice = choose(slot, message, clearest(message, slot, segments))
    if choice is None or choice.confidence < message.limits["volunteered_option"]:
        return None
    if slot.id in message.shapes["compares"]:
        whose = next(
            filter(None, (dearer.worded(message.piece(s), message.words) for s in segments)), None
        )
        return chosen(slot, (whose,) if whose else choice.options)
    return chosen(slot, choice.options)


def left_open(message: Message, slot: Slot, segments: Sequence[Segment]) -> str | None:
    """The option of not knowing, where the next clause says so: 'whether they agreed, I can't
    say'."""
    option = next((o for o in UNKNOWN if o in slot.options), None)
    parts = message.parsed.parts
    following = [parts[parts.index(s) + 1] for s in segments if s in parts[:-1]]
    unsure = any(s.topic(UNSURE) >= message.limits["left_open"] for s in following)
    return option if unsure else None


def clearest(message: Message, slot: Slot, segments: Sequence[Segment]) -> Sequence[Segment]:
    """The clauses that state a slot about as surely as the surest, where it takes one option."""
    if slot.kind is Kind.CHOICES or len(segments) < 2:
        return segments
    sure = [evidence.stated(message, segment, slot) for segment in segments]
    least = message.limits["as_sure"] * max(sure)
    return [segment for segment, p in zip(segments, sure, strict=True) if p >= least]


def number(
    message: Message, slot: Slot, segments: Sequence[Segment], quantities: Sequence[Quantity]
) -> Answer | None:
    """The number of a slot from its own quantities; 'none' and the like from its clauses."""
    spans = [message.clause_of(q) for q in quantities] or list(segments)
    if not spans:
        return None
    if slot.id == PEOPLE:
        spans = with_company(message, spans)
        inside = range(min(s.start for s in spans), max(s.end for s in spans))
        quantities = [q for q in message.quantities if q in quantities or q.start in inside]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    start = with_time(message, start)
    text = message.text[start:end]
    if quantities:
        return figures.figure(message, slot, quantities, text, start)
    return figures.without_number(message, slot, text, start)


def with_time(message: Message, start: int) -> int:
    """Where a text that tells of a slot begins: with the clause before it, where that only says
    when: 'back in 2019 we had | 40 people'."""
    parts, words = message.parsed.parts, message.words
    before = next(
        (s for s in parts if s.end <= start and not message.text[s.end : start].strip()), None
    )
    if before is None or slots_of(message, before):
        return start
    counts = any(before.start <= q.start < before.end for q in message.quantities)
    timed = any(words[group].closes(message.piece(before)) for group in ("before", "now"))
    return before.start if timed and not counts else start


def with_company(message: Message, spans: Sequence[Segment]) -> list[Segment]:
    """The clauses that tell of people, with those beside them that go on with the list: "just me
    | and my wife | plus two lads"."""
    parts = list(message.parsed.parts)
    places = [parts.index(span) for span in spans if span in parts]
    if not places:
        return list(spans)
    first, last = min(places), max(places)
    while last + 1 < len(parts) and goes_on(message, parts[last + 1]):
        last += 1
    while first > 0 and goes_on(message, parts[first]) and of_people(message, parts[first - 1]):
        first -= 1
    return parts[first : last + 1]


def goes_on(message: Message, segment: Segment) -> bool:
    """Whether a clause goes on with a list of people: 'and my mum', 'plus two lads'."""
    return people.continues(message.piece(segment), message.words) and of_people(message, segment)


def of_people(message: Message, segment: Segment) -> bool:
    """Whether a clause names people and no slot but theirs."""
    text = message.piece(segment)
    if people.companion(text, message.words):
        return True
    counts = any(segment.start <= q.start < segment.end for q in message.quantities)
    named = message.words["person"].inside(text) or message.words["owner"].inside(text)
    others = [slot for slot in slots_of(message, segment) if slot.id != PEOPLE]
    return (named or counts) and not others
