"""Messages that pass the question over: they speak of another slot, or of nothing that it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.interview.inputs import Reading
from advisor.model import NUMERIC, Answer, Slot
from bot.understanding import figures, people
from bot.understanding.amounts import amounts_for
from bot.understanding.corrections import target_of
from bot.understanding.message import Message, counted
from bot.understanding.own import HEAD, exactly, outright, own_choice, yes_or_no
from bot.understanding.volunteered import volunteered

Weights = Mapping[str, float]
HARDLY_MORE = 2
"""Words beside a number, at most, that make it no statement: 'about', 'or so'."""
EMPLOYEES, STAFF_GAP, SECTOR = "employees", "staff_gap", "sector"


def crew(message: Message) -> Reading | None:
    """The people of the business where nobody asked, which no model takes for something else: 'me,
    my husband and the cleaner'."""
    slot = message.slots[EMPLOYEES]
    if message.asked is not None and message.asked.id in (EMPLOYEES, STAFF_GAP):
        return None
    if opens_with_trade(message):
        return None
    counts = amounts_for(slot, message.quantities)
    if not people.crew(message.text, counts, message.words):
        return None
    amount = people.employees(message.text, counts, message.words)
    answer = counted(slot, amount, message.currency) if amount else None
    return Reading("inform", {slot.id: answer}) if answer else None


def opens_with_trade(message: Message) -> bool:
    """Whether the first of several clauses says what the business does: 'an electrician, just me'
    tells of a trade, where 'me and an electrician' are two."""
    if (message.asked is not None and message.asked.id != SECTOR) or not message.parsed.clauses:
        return False
    first = message.parsed.clauses[0]
    counts = any(first.start <= q.start < first.end for q in message.quantities)
    kin = message.words["kin"].inside(message.piece(first))
    return first.topic(SECTOR) >= message.limits["volunteered"] and not (counts or kin)


def passed_over(message: Message, weights: Weights, own: Answer) -> bool:
    """Whether an option is no answer, as some option is always the likeliest: the message speaks of
    other things altogether, and doesn't begin with the option itself."""
    slot = message.slots[own.slot]
    if slot.kind in NUMERIC or not message.parsed.whole.topics:
        return False
    head = HEAD.split(message.text, maxsplit=1)[0]
    opened = any(message.words[said].opens(message.text) for said in ("said_yes", "said_no"))
    if exactly(message, head) or yes_or_no(message, slot, head) or opened:
        return False
    if only_figure(message, slot) or figures_elsewhere(message, slot):
        return True
    if slot.id == SECTOR and not names_trade(message, slot):
        return True
    if any(outright(message, slot, clause) for clause in message.parsed.clauses):
        return False
    return share_of(weights, slot) < message.limits["passed_over"]


def names_trade(message: Message, slot: Slot) -> bool:
    """Whether a message surely names what the business does, or any clause speaks of that at all:
    it is hardly ever told in a roundabout way, and 'many went abroad' is no carrier."""
    choice, limits = own_choice(message, slot), message.limits
    if choice is not None and choice.confidence >= limits["sure"]:
        return True
    return any(part.speaks_of(slot.id) >= limits["on_topic"] for part in message.parsed.parts)


def only_figure(message: Message, slot: Slot) -> bool:
    """Whether a message is hardly more than a number that names no option: a sum of money where no
    price was asked about, or what surely is the value of another slot ("5 hours")."""
    kinds = [quantity.kind for quantity in message.quantities]
    if "money" in kinds and coverage(message) >= message.limits["covered"]:
        return slot.id not in message.shapes["compares"]
    if is_bare_count(message, slot):
        return True
    whole = message.parsed.whole
    likeliest = message.slots.get(max(whole.topics, key=whole.topic))
    other = likeliest is not None and likeliest is not slot and likeliest.kind in NUMERIC
    if not other or message.parsed.clauses:
        return False
    return len(kinds) == 1 and "percent" not in kinds and surely_of(message, likeliest)


def is_bare_count(message: Message, slot: Slot) -> bool:
    """Whether a message is hardly more than one number ("180ish then") that speaks of nothing that
    the question asks, and the question takes no number for an option, as days of credit are."""
    if [quantity.kind for quantity in message.quantities] != ["count"]:
        return False
    number = message.quantities[0]
    rest = f"{message.text[: number.start]} {message.text[number.end :]}"
    if len(rest.split()) > HARDLY_MORE:
        return False
    if any(slot.id in message.shapes[shape] for shape in ("compares", "credit", "ago")):
        return False
    speaks = max(part.speaks_of(slot.id) for part in message.parsed.parts)
    return speaks < message.limits["on_topic"]


def figures_elsewhere(message: Message, slot: Slot) -> bool:
    """Whether every clause holds a number of another slot, or the message corrects one ("I meant 3
    instructors, not 2"), and none speaks of the slot asked about."""
    segments = message.parsed.parts
    if not message.quantities or slot.id in message.shapes["compares"]:
        return False
    if max(s.topic(slot.id) for s in segments) > message.limits["passed_over"]:
        return False
    if any(message.options.keyword(slot, option, message.text) for option in slot.options):
        return False
    if message.words["correction"].inside(message.text):
        return target_of(message, "change") not in (None, slot.id)
    taken = [q for quantities in figures.assigned(message).values() for q in quantities]
    return all(any(s.start <= q.start < s.end for q in taken) for s in segments)


def surely_of(message: Message, slot: Slot | None) -> bool:
    """Whether the message as a whole surely speaks of a slot."""
    return slot is not None and message.parsed.whole.topic(slot.id) >= message.limits["elsewhere"]


def elsewhere(message: Message, weights: Weights) -> dict[str, Answer]:
    """The answers of a message that passes the question over: it surely speaks of another slot
    ("all the time they ask for a discount"), and hardly of the one asked about."""
    asked, whole = message.asked, message.parsed.whole
    if asked is None or not whole.topics:
        return {}
    likeliest = max(whole.topics, key=whole.topic)
    surely = surely_of(message, message.slots.get(likeliest))
    if likeliest == asked.id or not surely or not hardly_of(message, weights, asked):
        return {}
    found = volunteered(replace(message, asked=None), taken=[asked.id])
    return found if likeliest in found else {}


def hardly_of(message: Message, weights: Weights, slot: Slot) -> bool:
    """Whether neither a message nor a clause of it speaks of a slot, or the whole rather speaks of
    something else, even in the light of the question."""
    whole, clauses = message.parsed.whole, message.parsed.clauses
    if max(s.topic(slot.id) for s in (whole, *clauses)) <= message.limits["elsewhere_asked"]:
        return True
    return not clauses and share_of(weights, slot) < message.limits["stored"]


def share_of(weights: Weights, slot: Slot) -> float:
    """How much of what a message may speak of, in the light of the question, is a slot (0-1)."""
    total = sum(weights.values())
    return weights.get(slot.id, 0.0) / total if total else 1.0


def of_a_slot(message: Message) -> bool:
    """Whether a message surely speaks of slots: though it isn't of the one asked about, that is
    nothing foreign. A number by itself isn't either."""
    if coverage(message) >= message.limits["covered"]:
        return True
    return max(map(message.parsed.whole.topic, message.slots)) >= message.limits["not_foreign"]


def coverage(message: Message) -> float:
    """The share of a message that its quantities take up."""
    return sum(q.end - q.start for q in message.quantities) / max(1, len(message.text))
