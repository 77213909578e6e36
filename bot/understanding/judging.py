"""Weighs what a message may be: an answer to the question, a control act, something volunteered."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.interview.inputs import Reading
from advisor.model import NUMERIC, Answer, Kind, Money, Slot
from bot.understanding import names
from bot.understanding.corrections import correction, new_value, target_of
from bot.understanding.message import Message, chosen, known
from bot.understanding.own import HEAD, act_of, exactly, outright, own_answer, own_choice
from bot.understanding.passing import (
    coverage,
    crew,
    elsewhere,
    of_a_slot,
    passed_over,
)
from bot.understanding.volunteered import volunteered
from bot.understanding.words import bare

SHORT_NAME = 2
"""Words in a name that no control act can take the place of."""
LONGEST_GREETED = 4
"""Words after a hello that are still a name: 'hey! The Corner Bakery'."""
SHORTEST_TOLD = 6
"""Words in a message that begins like a story, at least, for it to be no name: 'We Make Pasta'."""
NO_NAME = ("unsure", "skip", "why", "progress")
"""Acts whose phrases, of more words than one, are no names."""
GREETING = "greet"
"""A bare "hi" where a name is wanted is likelier an owner's first word than the name; who is called
that can say "we are called Hi"."""
AGREED = "affirm"
AHEAD = 2.0
"""How much an answer that opens a message outweighs what else it may be."""
PIECE = re.compile(r"[,.!?;]+\s*")
DAYS_A_MONTH = 30
THOUSAND = 1000
POLITE = ("greet", "thanks", "affirm", "deny", "change", "unsure")
"""Acts that give way to what the message says besides."""


def judged(message: Message) -> Reading:
    """The reading of a message."""
    for attempt in (named, said_exactly, correction, not_known, crew, weighed):
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
    plain = message.words.whole_of("acts", message.text)
    long = len(message.text.split()) >= SHORT_NAME
    if plain == GREETING or (plain in NO_NAME and long):
        return Reading(plain)
    courtesy = message.words["no_name"].first(message.text)
    if courtesy is not None and not titled(message.text):
        return Reading(message.words.whole_of("acts", courtesy) or AGREED)
    unnamed = names.unnamed(message.text, message.words)
    if unnamed is not None and not titled(message.text):
        return Reading("inform", {slot.id: known(slot, unnamed)}) if unnamed else Reading("skip")
    strong = act is not None and acts[act] > message.limits["act_over_name"]
    signed = names.signed(message.text, message.words)
    is_name = act != "change" and (signed or name is not None)
    if strong and not is_name and len(message.text.split()) > SHORT_NAME:
        return None
    text = after_greeting(message)
    if name is None and not signed and told_of(message, text):
        told = volunteered(replace(message, asked=None))
        if told:
            return Reading("inform", told)
    value = name or (names.clean(text) if signed else names.plain(text, message.words))
    answers = {slot.id: known(slot, value)}
    if name is not None or value != names.clean(text):
        answers |= volunteered(message, taken=[slot.id])
    return Reading("inform", answers)


def titled(text: str) -> bool:
    """Whether some words are written as a title: 'No Thanks' is a name, 'no thanks' is none."""
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def told_of(message: Message, text: str) -> bool:
    """Whether a message tells of the business: 'I run a small gym in Haifa', or many words after a
    hello."""
    words = len(text.split())
    greeted = text != message.text and words > LONGEST_GREETED
    telling = words >= SHORTEST_TOLD and message.words.matches("telling", message.text)
    return greeted or telling


def after_greeting(message: Message) -> str:
    """What comes after a hello or an OK: 'hi, I'm Dana, I have a salon' tells of a business rather
    than being a name, and 'hi, Fix It' is no business called Hi."""
    head, *rest = PIECE.split(message.text, maxsplit=1)
    greeting = message.words.whole_of("acts", head) == GREETING
    if rest and rest[0].strip() and (greeting or message.words["no_name"].first(head)):
        return rest[0].strip()
    return message.text


def said_exactly(message: Message) -> Reading | None:
    """Labels, option numbers, a bare yes or no, and control words."""
    answer = exactly(message, message.text)
    if answer is not None:
        return Reading("inform", {answer.slot: answer})
    words = message.words
    language = words.whole_of("languages", message.text)
    if language:
        return Reading("language", target=language)
    act = message.options.controls.get(bare(message.text)) or act_of(message, message.text)
    return Reading(act) if act else None


def not_known(message: Message) -> Reading | None:
    """'Not sure, my wife does that': one clause is a plain 'I don't know', and no value stands."""
    slot = message.asked
    pieces = [piece for piece in PIECE.split(message.text) if piece.strip()]
    unsure = any(message.words.nested["acts"]["unsure"].whole(piece) for piece in pieces)
    likely = message.parsed.whole.topic("unsure") >= message.limits["not_known"]
    if slot is None or not unsure or not likely:
        return None
    if message.quantities and (slot.kind in NUMERIC or slot.id in message.shapes["compares"]):
        return None
    return Reading("unsure", confidence=message.parsed.whole.topic("unsure"))


def weighed(message: Message) -> Reading | None:
    """The likeliest of: an answer to the question, a control act, something volunteered."""
    own = own_answer(message)
    weights = weights_of(message, own)
    if own is not None and passed_over(message, weights, own):
        weights, own = weights | {own.slot: 0.0}, None
    best = max(weights, key=lambda topic: weights[topic], default=None)
    confidence = weights[best] / (sum(weights.values()) or 1.0) if best else 0.0
    other = elsewhere(message, weights)
    if other:
        return Reading("inform", other, confidence=confidence)
    more = volunteered(message, taken=[own.slot] if own else [])
    if best is None or best in message.slots:
        return informed(message, own, more, confidence) or acted(message, weights, own)
    if more and best in POLITE:
        return Reading("inform", more, confidence=confidence)
    return acted(message, weights, own)


def acted(message: Message, weights: dict[str, float], own: Answer | None) -> Reading | None:
    """The likeliest control act, and the answer that it may have been instead."""
    acts = {topic: p for topic, p in weights.items() if topic not in message.slots}
    best = max(acts, key=lambda act: acts[act], default=None)
    confidence = acts[best] / (sum(weights.values()) or 1.0) if best else 0.0
    if best is None or confidence < message.limits["act"]:
        return None
    target = target_of(message, best) if best in ("language", "change") else None
    slot = message.slots.get(target or "")
    if best == "change" and slot is not None and (new := new_value(message, slot)) is not None:
        return Reading(best, {new.slot: new}, target, confidence)
    close = own is not None and weights.get(own.slot, 0.0) * message.limits["close"] > acts[best]
    alternatives = (own,) if own and close and best == "out_of_scope" else ()
    return Reading(best, target=target, confidence=confidence, alternatives=alternatives)


def weights_of(message: Message, own: Answer | None) -> dict[str, float]:
    """The topics of the whole message, weighed by what was asked."""
    limits, asked = message.limits, message.asked
    weights: dict[str, float] = {}
    if not message.parsed.whole.topics:
        return {own.slot: 1.0} if own else {}
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
    if "out_of_scope" in weights:
        weights["out_of_scope"] *= 0.0 if of_a_slot(message) else limits["foreign"]
    if own is not None and target_of(message, "change") in (None, own.slot):
        weights["change"] = 0.0
    if own is not None and opens_outright(message):
        weights[own.slot] = AHEAD * max(weights.values())
    if asked is not None and asked.kind in NUMERIC:
        p = weights.get(asked.id, 0.0)
        worded = not message.quantities
        factor = limits["worded" if worded else "valued"]
        floor = 0.0 if worded else limits["valued_floor"]
        weights[asked.id] = (p + floor) * factor if own else 0.0
        if own and coverage(message) >= limits["covered"]:
            weights[asked.id] = max(weights[asked.id], limits["valued"])
    return weights


def opens_outright(message: Message) -> bool:
    """Whether the first clause names an option of the slot asked about by itself: 'similar. Why do
    you ask?' answers."""
    asked, clauses = message.asked, message.parsed.clauses
    if asked is None or not asked.options or not clauses:
        return False
    return outright(message, asked, clauses[0])


def informed(
    message: Message, own: Answer | None, more: dict[str, Answer], confidence: float
) -> Reading | None:
    """The answer to the question, if there is one, and what is volunteered besides."""
    answers = ({own.slot: own} if own else {}) | more
    if not answers:
        return None
    return Reading("inform", answers, None, confidence, doubts(message, own))


def doubts(message: Message, own: Answer | None) -> tuple[Answer, ...]:
    """Two readings where the second is nearly as likely as the first."""
    slot = message.asked
    if own is None or slot is None:
        return ()
    if slot.kind is Kind.DURATION:
        return bare_duration(message, slot, own)
    if slot.kind is Kind.MONEY:
        return bare_turnover(message, slot, own)
    if slot.kind not in (Kind.CHOICE, Kind.YESNO) or not message.parsed.whole.options:
        return ()
    choice = own_choice(message, slot)
    if choice is None or choice.second is None or choice.confidence >= message.limits["sure"]:
        return ()
    head = exactly(message, HEAD.split(message.text, maxsplit=1)[0])
    if head == own or named_outright(message, slot, choice.options[0], choice.second):
        return ()
    first = chosen(slot, choice.options)
    return (first, chosen(slot, (choice.second,))) if first.value == own.value else ()


def bare_turnover(message: Message, slot: Slot, own: Answer) -> tuple[Answer, ...]:
    """A sum or thousands of it, for a small number that names neither: who takes 45 thousand a
    month says '45'."""
    months = {name for pair in message.shapes["times"] for name in pair}
    bare = [q for q in message.quantities if q.kind == "count"]
    sums = [q for q in message.quantities if q.kind == "money"]
    if slot.id not in months or sums or not isinstance(own.value, Money):
        return ()
    said = next((q for q in bare if q.value == own.value.amount), None)
    if said is None or not 0 < said.value < THOUSAND:
        return ()
    larger = Money(own.value.amount * THOUSAND, own.value.currency)
    return known(slot, larger), known(slot, own.value)


def named_outright(message: Message, slot: Slot, first: str, second: str) -> bool:
    """Whether the message is a part of the label of the one, or a word of that label stands in it,
    and none of the other's: 'since the war everything froze' is no question of war or pandemic."""
    if message.options.part(slot, message.text) == first:
        return True
    one, other = (message.options.keyword(slot, o, message.text) for o in (first, second))
    return bool(one and not other)


def bare_duration(message: Message, slot: Slot, own: Answer) -> tuple[Answer, ...]:
    """Days or months, for a number that names neither."""
    if len(message.quantities) != 1 or message.quantities[0].kind != "count":
        return ()
    value = message.quantities[0].value
    if not value:
        return ()
    readings = [known(slot, value), known(slot, value * DAYS_A_MONTH)]
    return tuple(readings) if own.value in (value, value * DAYS_A_MONTH) else ()
