"""Corrections of earlier answers: which slot, and its new value where that is said."""

from __future__ import annotations

import re

from advisor.interview.inputs import Reading
from advisor.model import NUMERIC, Answer, Kind, Slot
from bot.understanding import figures, names
from bot.understanding.choosing import choose
from bot.understanding.message import Message, chosen, counted, known
from bot.understanding.own import own_answer
from bot.understanding.parsed import Segment
from bot.understanding.words import Words

NO_TARGET = "-"
CONTENT = re.compile(r"[^\W\d_]{3,}|\d")


def target_of(message: Message, act: str) -> str | None:
    """What a correction, or a change of language, is about."""
    whole, clauses = message.parsed.whole, message.parsed.clauses
    scores = dict(whole.targets.get(act, {}))
    for target in scores:
        if target == NO_TARGET:
            continue
        named = max((s.targets.get(act, {}).get(target, 0.0) for s in clauses), default=0.0)
        spoken = max((s.topic(target) for s in clauses), default=0.0)
        scores[target] += named + whole.topic(target) + message.limits["target_topic"] * spoken
    best = max(scores, key=lambda target: scores[target], default=None)
    return None if best == NO_TARGET else best


def correction(message: Message) -> Reading | None:
    """A correction of another slot than the one asked about, or None."""
    limits, words = message.limits, message.words
    p = message.parsed.whole.topic("change")
    if p < limits["corrects_surely"] and (
        p < limits["corrects"] or not words["correcting"].inside(message.text)
    ):
        return None
    topics = message.parsed.whole.topics
    if any(p < topics[t] for t in topics if t != "change" and t not in message.slots):
        return None
    target = target_of(message, "change")
    asked = message.asked
    if asked is not None and target in (asked.id, None) and own_answer(message) is not None:
        return None
    if target is None or target not in message.slots:
        return Reading("change", confidence=p)
    answer = new_value(message, message.slots[target])
    return Reading("change", {target: answer} if answer else {}, target, p)


def new_value(message: Message, slot: Slot) -> Answer | None:
    """The value that a correction gives."""
    if slot.kind is Kind.TEXT:
        name = right_name(message)
        return known(slot, name) if name else None
    if slot.kind in NUMERIC:
        if not message.quantities:
            return None
        amount = figures.amount_in(
            slot, message.text, message.quantities, message.words, latest=True
        )
        return counted(slot, amount, message.currency) if amount else None
    if slot.kind is Kind.YESNO:
        said = said_before(message)
        earlier = choose(slot, message, said[:1]) if said else None
        if earlier and earlier.confidence >= message.limits["corrected_option"]:
            return known(slot, earlier.options[0] != "true")
    if not message.parsed.clauses and not message.words.matches("becomes", message.text):
        return None
    choice = choose(slot, message, new_segments(message))
    if choice is None or choice.confidence < message.limits["corrected_option"]:
        return None
    return chosen(slot, choice.options)


def is_request(piece: str, words: Words) -> bool:
    """Whether a clause only asks for the correction: 'please update', 'צריך לתקן'."""
    left = words["list_remarks"].pattern.sub(" ", words["correcting"].pattern.sub(" ", piece))
    return not CONTENT.search(left)


def right_name(message: Message) -> str | None:
    """The name that a correction gives, anywhere in it."""
    words = message.words
    found = [names.introduced(message.piece(s), words) for s in reversed(message.parsed.parts)]
    named = [names.corrected(message.text, words), *found]
    right = [names.but_not(name, words) for name in named if name]
    return next((name for name in right if not words["wrong"].closes(name)), None)


def said_before(message: Message) -> list[Segment]:
    """Clauses that tell what was answered earlier: 'I told you that we have none'."""
    told = message.words["told"]
    return [s for s in message.parsed.clauses if told.inside(message.piece(s))]


def new_segments(message: Message) -> list[Segment]:
    """Clauses that say what is so now, rather than what was said or isn't so."""
    words = message.words
    kept = [
        segment
        for segment in message.parsed.clauses
        if not words["said_before"].inside(message.piece(segment))
        and not words["negation"].inside(message.piece(segment))
        and not is_request(message.piece(segment), words)
    ]
    return kept[-1:] or [message.parsed.whole]
