"""How likely it is that a clause states a slot, or that a number is a slot's.

Signs of the model and of the question, weighed by a logistic regression; `python -m bench.evidence`
fits it anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

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
OTHERS = ("rival", "rival_in_place", "option", "answered", "titled")
"""Signs that say nothing of a number."""
NO_NUMBER = -1.0
CONTENT = re.compile(r"[^\W\d_]{3,}")
BARE, OF_KIND = 0.3, 1.0
"""How well a number suits a slot: none, one without a sign of its kind, one of its kind."""


def stated(message: Message, segment: Segment, slot: Slot) -> float:
    """The probability that a segment states a slot that was not asked about."""
    key = id(segment), slot.id
    if key not in message.weighed:
        weights = message.evidence["asked" if message.asked else "open"]
        message.weighed[key] = weighed(weights, signs(message, segment, slot))
    return message.weighed[key]


def owned(message: Message, quantity: Quantity, slot: Slot) -> float:
    """The probability that a number is the value of a slot, also of the one asked about."""
    key, asked = (id(quantity), slot.id), message.asked
    if key not in message.weighed:
        kind = "open" if asked is None else "own" if slot is asked else "asked"
        weights = message.evidence[f"number_{kind}"]
        message.weighed[key] = weighed(weights, number_signs(message, quantity, slot))
    return message.weighed[key]


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
    whole, a number that suits, an option that is surely named; and what speaks against: a remark,
    another slot, the slot asked about, unless that is answered elsewhere."""
    whole, asked = message.parsed.whole, message.asked
    rivals = [name for name in message.slots if slot.id != name and message.asked_id != name]
    alone, in_place = most(segment.topics, rivals), most(segment.said, rivals)
    named = segment.options.get(slot.id)
    found = {
        "alone": odds(among_slots(message, segment, slot.id)),
        "in_place": odds(segment.said.get(slot.id, 0.0)),
        "message": odds(whole.topic(slot.id)),
        "anywhere": odds(whole.said.get(slot.id, 0.0)),
        "remark": odds(segment.said.get(REMARK, 0.0)),
        "single": float(not message.parsed.clauses),
        "number": suits(message, segment, slot),
        "rival": odds(among_slots(message, segment, alone)),
        "rival_in_place": odds(segment.said.get(in_place, 0.0)),
        "option": odds(max(named.values())) if named else 0.0,
        "titled": float(message.options.titled(slot, message.piece(segment))),
    }
    if asked is not None:
        elsewhere = [part for part in message.parsed.parts if part is not segment]
        answered = [among_slots(message, part, asked.id) for part in elsewhere]
        found["asked_alone"] = odds(among_slots(message, segment, asked.id))
        found["asked_in_place"] = odds(segment.said.get(asked.id, 0.0))
        found["answered"] = odds(max(answered, default=0.0))
    return found


def most(shares: Mapping[str, float], names: Sequence[str]) -> str:
    """The name of the largest share; none where nothing has one."""
    return max((name for name in names if name in shares), key=lambda n: shares[n], default="")


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
    found["led"] = odds(led(message, segment, quantity, slot)) - odds(0.0)
    others = OTHERS if slot is not message.asked else (*OTHERS, "asked_alone", "asked_in_place")
    return {name: value for name, value in found.items() if name not in others}


def led(message: Message, segment: Segment, quantity: Quantity, slot: Slot) -> float:
    """The probability that the clause before a number that opens its own speaks of a slot: 'our
    margin, | 12 %', unless that holds a number itself."""
    parts = list(message.parsed.parts)
    at = parts.index(segment) if segment in parts else 0
    opens = not CONTENT.search(message.text[segment.start : quantity.start])
    if not at or not opens:
        return 0.0
    before = parts[at - 1]
    if any(before.start <= q.start < before.end for q in message.quantities):
        return 0.0
    return max(among_slots(message, before, slot.id), before.said.get(slot.id, 0.0))
