"""Messages that pass the question over: they speak of another slot, or of nothing that it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.model import NUMERIC, Answer, Slot
from bot.understanding.message import Message
from bot.understanding.own import HEAD, exactly, yes_or_no
from bot.understanding.volunteered import volunteered

Weights = Mapping[str, float]


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
    return only_money(message, slot) or share_of(weights, slot) < message.limits["passed_over"]


def only_money(message: Message, slot: Slot) -> bool:
    """Whether a message is hardly more than a sum of money, which names no option."""
    priced = any(quantity.kind == "money" for quantity in message.quantities)
    compared = slot.id in message.shapes["compares"]
    return priced and not compared and coverage(message) >= message.limits["covered"]


def elsewhere(message: Message, weights: Weights) -> dict[str, Answer]:
    """The answers of a message in one piece that passes the question over: it surely speaks of
    another slot ("all the time they ask for a discount"), and hardly of the one asked about."""
    asked, whole = message.asked, message.parsed.whole
    if asked is None or message.parsed.clauses or not whole.topics:
        return {}
    likeliest = max(whole.topics, key=lambda topic: whole.topics[topic])
    surely = likeliest in message.slots and whole.topic(likeliest) >= message.limits["elsewhere"]
    if likeliest == asked.id or not surely or share_of(weights, asked) >= message.limits["stored"]:
        return {}
    found = volunteered(replace(message, asked=None))
    return {likeliest: found[likeliest]} if likeliest in found else {}


def share_of(weights: Weights, slot: Slot) -> float:
    """How much of what a message may speak of, in the light of the question, is a slot (0-1)."""
    total = sum(weights.values())
    return weights.get(slot.id, 0.0) / total if total else 1.0


def of_a_slot(message: Message) -> bool:
    """Whether a message surely speaks of one slot: though it isn't the one asked about, that is
    nothing foreign."""
    return max(map(message.parsed.whole.topic, message.slots)) >= message.limits["not_foreign"]


def coverage(message: Message) -> float:
    """The share of a message that its quantities take up."""
    return sum(q.end - q.start for q in message.quantities) / max(1, len(message.text))
