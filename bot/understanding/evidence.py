"""How likely it is that a clause states a slot, or that a number is a slot's.

Signs of the model and of the question, weighed by a logistic regression; `python -m bench.evidence`
fits it anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from advisor.model import NUMERIC, Slot
from bot.understanding.amounts import amount_of
from bot.understanding.message import Message
from bot.understanding.parsed import REMARK, Segment
from bot.understanding.quantities import Quantity

Signs = dict[str, float]
LEAST = 0.003
"""A probability below this says no more than this."""
LEAST_SLOTS = 0.3
"""At least so much of a clause is taken to speak of slots: one of several is seldom an act."""
CLOSEST = 3
"""Slots that are looked at for each segment, by each of two signs."""
NO_NUMBER = -1.0
BARE, OF_KIND = 0.3, 1.0
"""How well a number suits a slot: none, one without a sign of its kind, one of its kind."""


def stated(message: Message, segment: Segment, slot: Slot) -> float:
    """The probability that a segment states a slot that was not asked about."""
    weights = message.evidence["asked" if message.asked else "open"]
    return weighed(weights, signs(message, segment, slot))


def owned(message: Message, quantity: Quantity, slot: Slot) -> float:
    """The probability that a number is the value of a slot, also of the one asked about."""
    asked = message.asked
    kind = "open" if asked is None else "own" if slot is asked else "asked"
    return weighed(message.evidence[f"number_{kind}"], number_signs(message, quantity, slot))


def closest(message: Message, segment: Segment) -> list[Slot]:
    """The slots that a segment may speak of: the likeliest ones by itself, and where it stands."""
    found: list[str] = []
    for shares in (segment.topics, segment.said):
        known = [name for name in shares if name in message.slots]
        found += sorted(known, key=lambda name: -shares[name])[:CLOSEST]
    return [message.slots[name] for name in dict.fromkeys(found)]


def weighed(weights: Mapping[str, float], found: Signs) -> float:
    """The logistic function of the weighed signs."""
    total = weights["bias"] + sum(weights[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-total))


def odds(p: float) -> float:
    """The logarithm of the odds of a probability."""
    p = min(max(p, LEAST), 1 - LEAST)
    return math.log(p / (1 - p))


def among_slots(message: Message, segment: Segment, name: str) -> float:
    """The probability of a slot when the segment is known to speak of some slot."""
    total = sum(p for topic, p in segment.topics.items() if topic in message.slots)
    return min(1.0, segment.topic(name) / max(total, LEAST_SLOTS))


def signs(message: Message, segment: Segment, slot: Slot) -> Signs:
    """What speaks for a slot: the clause by itself, its words where they stand, the message as a
    whole, a number that suits; and what speaks against: a remark, the slot asked about."""
    whole, asked = message.parsed.whole, message.asked
    found = {
        "alone": odds(among_slots(message, segment, slot.id)),
        "in_place": odds(segment.said.get(slot.id, 0.0)),
        "message": odds(whole.topic(slot.id)),
        "anywhere": odds(whole.said.get(slot.id, 0.0)),
        "remark": odds(segment.said.get(REMARK, 0.0)),
        "single": float(not message.parsed.clauses),
        "number": suits(message, segment, slot),
    }
    if asked is not None:
        found["asked_alone"] = odds(among_slots(message, segment, asked.id))
        found["asked_in_place"] = odds(segment.said.get(asked.id, 0.0))
    return found


def suits(message: Message, segment: Segment, slot: Slot) -> float:
    """How well the numbers of a segment suit a slot; 0 where it wants none."""
    if slot.kind not in NUMERIC:
        return 0.0
    inside = [q for q in message.quantities if segment.start <= q.start < segment.end]
    return max((fit(slot, quantity) for quantity in inside), default=NO_NUMBER)


def fit(slot: Slot, quantity: Quantity) -> float:
    """How well a number suits a slot."""
    amount = amount_of(slot, quantity)
    if amount is None:
        return NO_NUMBER
    return OF_KIND if amount.exact_kind else BARE


def number_signs(message: Message, quantity: Quantity, slot: Slot) -> Signs:
    """The signs of the clause in which a number stands, and its kind."""
    segment = message.clause_of(quantity)
    found = signs(message, segment, slot)
    found["number"] = fit(slot, quantity)
    found["only"] = float(len(message.quantities) == 1)
    found["first"] = float(quantity is message.quantities[0])
    if slot is message.asked:
        del found["asked_alone"], found["asked_in_place"]
    return found
