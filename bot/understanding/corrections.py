"""Corrections of earlier answers: which slot, and its new value where that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from advisor.interview.inputs import Reading
from advisor.model import NUMERIC, Answer, Kind, Money, Slot
from bot.understanding import figures, lateness, names
from bot.understanding.amounts import amount_of
from bot.understanding.choosing import choose
from bot.understanding.message import Message, chosen, counted, known
from bot.understanding.own import opening_answer, own_answer
from bot.understanding.parsed import Segment
from bot.understanding.volunteered import volunteered
from bot.understanding.words import Words

LATE = "supplier_delay"
NO_TARGET = "-"
CONTRASTED, BETWEEN = 3, 30
"""Numbers in a message that corrects one, and letters between the right one and the wrong one."""
SEVERAL = 2
"""Slots that a first message tells of, at least, which is then no correction."""
CONTENT = re.compile(r"[^\W\d_]{3,}|\d")


def target_of(message: Message, act: str) -> str | None:
    """What a correction, or a change of language, is about."""
    whole, clauses = message.parsed.whole, message.parsed.clauses
    scores = dict(whole.targets.get(act, {}))
    telling = worded(message)
    for target in scores:
        if target == NO_TARGET:
            continue
        named = max((s.targets.get(act, {}).get(target, 0.0) for s in clauses), default=0.0)
        spoken = max((s.topic(target) for s in telling), default=0.0)
        titled = target in message.slots and message.options.titled(
            message.slots[target], message.text
        )
        sign = message.limits["target_topic"]
        scores[target] += named + whole.topic(target) + sign * spoken + sign * titled
    best = max(scores, key=lambda target: scores[target], default=None)
    return None if best == NO_TARGET else best


def correction(message: Message) -> Reading | None:
    """A correction of another slot than the one asked about, or None."""
    topics = message.parsed.whole.topics
    p = topics.get("change", 0.0)
    if p < least_of(message):
        return None
    if any(p < topics[t] for t in topics if t != "change" and t not in message.slots):
        return None
    target = target_of(message, "change")
    if tells_instead(message, target):
        return None
    if target is None or target not in message.slots:
        return Reading("change", confidence=p)
    answer = new_value(message, message.slots[target])
    if answer is None:
        return Reading("change", {}, target, p)
    own = opening_answer(message) if message.asked_id != target else None
    answers = {found.slot: found for found in (own, answer) if found}
    return Reading("change", answers, target, p, told=told_besides(message, answers.values()))


def told_besides(message: Message, answers: Iterable[Answer]) -> tuple[float, ...]:
    """The numbers of a correction that are no new value."""
    values = [answer.value for answer in answers]
    new = [value.amount if isinstance(value, Money) else value for value in values]
    return tuple(q.value for q in message.quantities if q.value not in new)


def least_of(message: Message) -> float:
    """How likely a correction must be: less where a word or two contrasted numbers say so, and
    somewhat less where a word may, such as 'actually' or 'as for'."""
    limits, words = message.limits, message.words
    if message.asked is not None and contrasted(message):
        return limits["contrasted"]
    if words["correcting"].inside(message.text):
        return limits["corrects"]
    may = words["may_correct"].inside(message.text)
    return limits["corrects_likely" if may else "corrects_surely"]


def contrasted(message: Message) -> bool:
    """Whether one number is said not to be another, and neither answers the question, or the
    message surely speaks of another slot: "65, not 56", "not 20 percent, it was 30"."""
    numbers, words, asked = message.quantities, message.words, message.asked
    fitting = [q for q in numbers if asked and amount_of(asked, q) is not None]
    if (fitting and not of_another(message)) or not 1 < len(numbers) <= CONTRASTED:
        return False
    for earlier, later in pairwise(numbers):
        between = message.text[earlier.end : later.start]
        if words["and_not"].inside(between) and len(between) <= BETWEEN:
            return True
    return False


def of_another(message: Message) -> bool:
    """Whether the message rather speaks of the number of another slot than the one asked about."""
    asked, whole = message.asked, message.parsed.whole
    rivals = [s.id for s in message.slots.values() if s.kind in NUMERIC and s is not asked]
    surest = max(map(whole.topic, rivals))
    return asked is not None and surest >= message.limits["of_another"] > whole.topic(asked.id)


def tells_instead(message: Message, target: str | None) -> bool:
    """Whether what looks like a correction answers the question, or tells several things of the
    business where nothing was asked."""
    asked, words = message.asked, message.words
    if asked is None:
        told = any(words[group].inside(message.text) for group in ("told", "said_earlier"))
        told |= is_surely_one(message)
        return not told and len(volunteered(message)) >= SEVERAL
    if target in (asked.id, None):
        return own_answer(message) is not None
    if asked.id == LATE and lateness.longer(message.text, message.quantities, words):
        return True
    if asked.kind not in NUMERIC or of_another(message):
        return False
    spoken = max(s.topic(target) for s in (message.parsed.whole, *worded(message)))
    return spoken < message.limits["target_least"] and own_answer(message) is not None


def is_surely_one(message: Message) -> bool:
    """Whether a message surely is a correction, and a word of it says so."""
    sure = message.parsed.whole.topic("change") >= message.limits["corrects_surely"]
    return sure and any(
        message.words[g].inside(message.text) for g in ("correcting", "may_correct")
    )


def worded(message: Message) -> list[Segment]:
    """The clauses whose words can tell which slot is corrected."""
    return [s for s in message.parsed.clauses if not only_number(message, s)]


def only_number(message: Message, segment: Segment) -> bool:
    """Whether a clause is a number and no more than a word such as 'sorry': that speaks of any
    slot."""
    text, words = message.piece(segment), message.words
    for q in message.quantities:
        if segment.start <= q.start and q.end <= segment.end:
            rest = text[: q.start - segment.start] + text[q.end - segment.start :]
            return not CONTENT.search(words["correction"].pattern.sub(" ", rest))
    return False


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
    pieces = [message.piece(segment) for segment in message.parsed.clauses]
    labels = [found for piece in pieces if (found := message.options.exactly(slot, piece))]
    if labels:
        return chosen(slot, labels[-1])
    if not message.parsed.clauses and not message.words.matches("becomes", message.text):
        return None
    choice = choose(slot, message, new_segments(message, slot))
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
    """Clauses that tell what was answered earlier: 'I told you that we have none'; the one behind
    'I told you' where that stands by itself."""
    told, clauses = message.words["told"], message.parsed.clauses
    found = []
    for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
        if told.closes(message.piece(clause)) and following is not None:
            found.append(following)
        elif told.inside(message.piece(clause)):
            found.append(clause)
    return found


def new_segments(message: Message, slot: Slot) -> list[Segment]:
    """Clauses that say what is so now of a slot, rather than what was said or isn't so; none where
    all of them only ask for the correction."""
    words, clauses = message.words, message.parsed.clauses
    told = [
        segment
        for segment in clauses
        if segment.speaks_of(slot.id) >= message.limits["on_topic"]
        and not words["said_before"].inside(message.piece(segment))
        and not is_request(message.piece(segment), words)
    ]
    if clauses and not told and all(request_for(message, segment, slot) for segment in clauses):
        return []
    kept = [s for s in told if says_what_is(message.piece(s), words)]
    return kept[-1:] or [message.parsed.whole]


def says_what_is(piece: str, words: Words) -> bool:
    """Whether a clause denies nothing, or says first what is so: 'tourism and not events'."""
    if not words["negation"].inside(piece):
        return True
    match = next(words["replaced"].find(piece), None)
    return match is not None and bool(CONTENT.search(piece[: match.start()]))


def request_for(message: Message, segment: Segment, slot: Slot) -> bool:
    """Whether a clause asks for a correction and names no option."""
    asks = segment.topic("change") >= message.limits["corrects_surely"]
    piece = message.piece(segment)
    return asks and not any(message.options.keyword(slot, o, piece) for o in slot.options)
