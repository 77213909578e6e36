"""Weighs what a message may be: an answer to the question, a control act, something volunteered."""

from __future__ import annotations

import re

from advisor.interview.inputs import Reading
from advisor.model import NUMERIC, Answer, Kind
from bot.understanding import names
from bot.understanding.corrections import correction, target_of
from bot.understanding.message import Message, known
from bot.understanding.own import exactly, own_answer
from bot.understanding.volunteered import volunteered

SHORT_NAME = 2
"""Words in a name that no control act can take the place of."""
PIECE = re.compile(r"[,.!?;]+\s*")
POLITE = ("greet", "thanks", "affirm", "deny", "change")
"""Acts that give way to what the message says besides."""


def judged(message: Message) -> Reading:
    """The reading of a message."""
    for attempt in (named, said_exactly, correction, not_known, weighed):
        reading = attempt(message)
        if reading is not None:
            return reading
    return Reading(None, confidence=0.0)


def named(message: Message) -> Reading | None:
    """A question for a name takes nearly anything that isn't clearly a control act."""
    slot = message.asked
    if slot is None or slot.kind is not Kind.TEXT or not message.text:
        return None
    name = names.introduced(message.text, message.words)
    acts = message.acts()
    act = max(acts, key=lambda a: acts[a], default=None)
    strong = act is not None and acts[act] > message.limits["act_over_name"]
    if strong and (act == "change" or name is None) and len(message.text.split()) > SHORT_NAME:
        return None
    value = name or names.clean(names.first_part(message.text))
    answers = {slot.id: known(slot, value)}
    if name is not None:
        answers |= volunteered(message, taken=[slot.id])
    return Reading("inform", answers)


def said_exactly(message: Message) -> Reading | None:
    """Labels, option numbers, a bare yes or no, and control words."""
    answer = exactly(message, message.text)
    if answer is not None:
        return Reading("inform", {answer.slot: answer})
    words = message.words
    language = words.whole_of("languages", message.text)
    if language:
        return Reading("language", target=language)
    acts = {words.whole_of("acts", piece) for piece in PIECE.split(message.text) if piece}
    return Reading(acts.pop()) if len(acts) == 1 and acts != {None} else None


def not_known(message: Message) -> Reading | None:
    """'Not sure, my wife does that': one clause is a plain 'I don't know', and no value stands."""
    slot = message.asked
    pieces = [piece for piece in PIECE.split(message.text) if piece.strip()]
    unsure = any(message.words.nested["acts"]["unsure"].whole(piece) for piece in pieces)
    likely = message.parsed.whole.topic("unsure") >= message.limits["not_known"]
    if slot is None or not unsure or not likely or message.quantities:
        return None
    return Reading("unsure", confidence=message.parsed.whole.topic("unsure"))


def weighed(message: Message) -> Reading | None:
    """The likeliest of: an answer to the question, a control act, something volunteered."""
    own = own_answer(message)
    weights = weights_of(message, own)
    best = max(weights, key=lambda topic: weights[topic], default=None)
    confidence = weights[best] / (sum(weights.values()) or 1.0) if best else 0.0
    if best is None or best in message.slots:
        return informed(message, own, confidence)
    more = volunteered(message)
    if more and best in POLITE:
        return Reading("inform", more, confidence=confidence)
    target = target_of(message, best) if best in ("language", "change") else None
    return Reading(best, target=target, confidence=confidence)


def weights_of(message: Message, own: Answer | None) -> dict[str, float]:
    """The topics of the whole message, weighed by what was asked."""
    limits, asked = message.limits, message.asked
    weights: dict[str, float] = {}
    for topic, p in message.parsed.whole.topics.items():
        weights[topic] = p
        if asked is None:
            continue
        if topic == asked.id:
            weights[topic] *= limits["asked"]
        elif topic in message.slots:
            weights[topic] *= limits["other"]
    if not message.words["correcting"].inside(message.text) and "change" in weights:
        weights["change"] *= limits["unmarked_change"]
    if own is not None and target_of(message, "change") in (None, own.slot):
        weights["change"] = 0.0
    if asked is not None and asked.kind in NUMERIC:
        p = weights.get(asked.id, 0.0)
        worded = not message.quantities
        factor = limits["worded" if worded else "valued"]
        floor = 0.0 if worded else limits["valued_floor"]
        weights[asked.id] = (p + floor) * factor if own else 0.0
    return weights


def informed(message: Message, own: Answer | None, confidence: float) -> Reading | None:
    """The answer to the question, if there is one, and what is volunteered besides."""
    answers = {own.slot: own} if own else {}
    answers |= volunteered(message, taken=list(answers))
    return Reading("inform", answers, confidence=confidence) if answers else None
