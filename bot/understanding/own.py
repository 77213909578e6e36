"""The question's own reading: what the message gives to the slot that was asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.model import NUMERIC, Answer, Kind, Money, Slot
from bot.understanding import compared, dearer, figures
from bot.understanding.amounts import amount_of
from bot.understanding.choosing import Choice, choose
from bot.understanding.message import Message, chosen
from bot.understanding.parsed import REMARK, Segment
from bot.understanding.quantities import Quantity
from bot.understanding.volunteered import spoken_of

CRISIS, BEFORE = "crisis", "before"
MONTH_OF_CREDIT = 28
"""Days of credit, at least, that an option stands for."""
AROUND = 6
"""Letters beside a length of time within which 'ago' stands."""
STOP = re.compile(r"[,.;!?]\s*\w")
SENTENCE = re.compile(r"[.;!?]")
HEAD = re.compile(r"[,.;!?]|\s[-–]\s")
YES = {"affirm": ("true", "yes"), "deny": ("false", "no"), "unsure": ("unknown", "unsure")}
"""Options that a bare yes, no or 'don't know' stands for, where a slot has one of them."""


def exactly(message: Message, text: str) -> Answer | None:
    """Labels, option numbers, a bare yes, no or 'don't know'."""
    slot = message.asked
    if slot is None or not slot.options:
        return None
    options = message.options.exactly(slot, text)
    if not options:
        act = act_of(message, text)
        options = tuple(o for o in YES.get(act or "", ()) if o in slot.options)
    if not options and slot.id == CRISIS and (event := message.words.whole_of("events", text)):
        options = (event,)
    if not options and text == message.text and (option := by_prices(message, slot)):
        options = (option,)
    return chosen(slot, options) if options else None


def act_of(message: Message, text: str) -> str | None:
    """The control act that every piece of a text is a word for."""
    pieces = [piece for piece in HEAD.split(text) if piece.strip()]
    acts = {message.words.whole_of("acts", piece) for piece in pieces}
    if acts == {"deny", "skip"}:
        return "skip"  # 'no, ask me later'
    return acts.pop() if len(acts) == 1 else None


def own_answer(message: Message) -> Answer | None:
    """The value for the slot asked about, from what doesn't clearly speak of another."""
    slot = message.asked
    if slot is None or slot.kind is Kind.TEXT:
        return None
    if slot.kind in NUMERIC:
        return own_number(message, slot)
    head = HEAD.split(message.text, maxsplit=1)[0]
    wondered = message.text[len(head) :].startswith("?")
    answer = None if wondered else exactly(message, head) or yes_or_no(message, slot, head)
    if answer is not None:
        return with_others(message, answer)
    option = by_age(message, slot) or by_credit(message, slot, head) or by_words(message, slot)
    if option is not None:
        return chosen(slot, (option,))
    choice = own_choice(message, slot)
    return chosen(slot, choice.options) if choice else None


def by_age(message: Message, slot: Slot) -> str | None:
    """The option of a time that is said in days, weeks or months ago; the last one counts."""
    limits = message.shapes["ago"].get(slot.id)
    durations = [q for q in message.quantities if q.kind == "duration"]
    if limits is None or not durations:
        return None
    last = durations[-1]
    around = message.text[max(0, last.start - AROUND) : last.end + AROUND]
    if not message.words["ago"].inside(around) or STOP.search(message.text[last.end :]):
        return None
    return next((option for option, days in limits.items() if last.value <= days), None)


def by_credit(message: Message, slot: Slot, head: str) -> str | None:
    """The option of the days after which customers pay, where the first clause tells nothing else:
    '30 days. One client once dragged it out to 120'."""
    limits = message.shapes["credit"].get(slot.id)
    if not any(q.end <= len(head) for q in message.quantities):  # 'credit, 30 days. ...'
        head = SENTENCE.split(message.text, maxsplit=1)[0]
    told = [q for q in message.quantities if q.end <= len(head)]
    if limits is None or len(told) != 1 or told[0].kind not in ("duration", "count"):
        return None
    days = told[0].value
    rest = head[: told[0].start] + " " + head[told[0].end :]
    for group in ("credit", "hedges"):
        rest = message.words[group].pattern.sub(" ", rest)
    if days < MONTH_OF_CREDIT or rest.strip(" +-:,"):
        return None
    return next((option for option, most in limits.items() if days <= most), None)


def by_prices(message: Message, slot: Slot) -> str | None:
    """The option of the owner's price beside another's, where the question compares them."""
    if slot.id not in message.shapes["compares"]:
        return None
    return compared.position(message.text, message.quantities, message.words)


def with_others(message: Message, answer: Answer) -> Answer:
    """An answer that stands at the head, with the options that the rest surely names: 'too dear,
    and they went to the one next door'."""
    slot = message.slots[answer.slot]
    named = answer.value if isinstance(answer.value, tuple) else ()
    if slot.kind is not Kind.CHOICES or set(named) & set(slot.exclusive):
        return answer
    rest = [s for s in own_segments(message) if s.start > 0]
    choice = choose(slot, message, rest) if rest else None
    if choice is None or choice.confidence < message.limits["option"]:
        return answer
    more = [option for option in choice.options if option not in slot.exclusive]
    return chosen(slot, tuple(o for o in slot.options if o in (*named, *more)))


def by_words(message: Message, slot: Slot) -> str | None:
    """The same where words alone compare."""
    compares = slot.id in message.shapes["compares"]
    return dearer.worded(message.text, message.words) if compares else None


def own_choice(message: Message, slot: Slot) -> Choice | None:
    """The options that the message names for the slot asked about."""
    return choose(slot, message, own_segments(message))


def yes_or_no(message: Message, slot: Slot, head: str) -> Answer | None:
    """'Yes, ...' or 'no, ...' at the head of an answer to a yes/no question; '... not any more' at
    its end."""
    if slot.kind is not Kind.YESNO:
        return None
    for group, option in (("said_yes", "true"), ("said_no", "false")):
        if message.words[group].whole(head):
            return chosen(slot, (option,))
    if message.words["no_longer"].closes(message.text):
        return chosen(slot, ("false",))
    return None


def own_segments(message: Message) -> list[Segment]:
    """The whole message and its clauses; only clauses where others speak of something else."""
    clauses = message.parsed.clauses
    last = max((m.start() for m in message.words["correction"].find(message.text)), default=0)
    after = [
        segment
        for segment in clauses
        if segment.start >= last > clauses[0].start and spoken_of(message, segment) is None
    ]
    if after:
        return after
    mine = [segment for segment in clauses if spoken_of(message, segment) is None]
    told = on_topic(message, mine or clauses)
    remarked = any(is_remark(message, segment) for segment in mine if segment not in told)
    if (len(mine) == len(clauses) or not mine) and not remarked:
        return [message.parsed.whole, *told]
    return told


def on_topic(message: Message, clauses: Sequence[Segment]) -> list[Segment]:
    """The clauses that speak of the slot asked about at all and are no remark, if any does: an
    option is always the likeliest, also of 'I checked'."""
    asked, least = message.asked, message.limits["on_topic"]
    speak = [
        segment
        for segment in clauses
        if asked and segment.speaks_of(asked.id) >= least and not is_remark(message, segment)
    ]
    return speak or list(clauses)


def is_remark(message: Message, segment: Segment) -> bool:
    """Whether the words of a clause rather are a remark that answers nothing."""
    return segment.said.get(REMARK, 0.0) >= message.limits["remark"]


def outright(message: Message, slot: Slot, clause: Segment) -> bool:
    """Whether a clause by itself speaks of a slot and surely names an option of it."""
    limits = message.limits
    speaks = clause.topic(slot.id) >= limits["outright_topic"]
    return speaks and max(clause.options[slot.id].values()) >= limits["outright_option"]


def opening_answer(message: Message) -> Answer | None:
    """What the first of several clauses answers: '8 hours. And the budget, make it 900'."""
    slot, clauses = message.asked, message.parsed.clauses
    if slot is None or slot.kind is Kind.TEXT or len(clauses) < 2:
        return None
    first = clauses[0]
    piece = message.piece(first)
    if slot.kind in NUMERIC:
        inside = range(first.start, first.end)
        numbers = [q for q in figures.for_asked(message, slot) if q.start in inside]
        return figures.figure(message, slot, numbers, piece, first.start) if numbers else None
    answer = exactly(message, piece)
    if answer is not None or not outright(message, slot, first):
        return answer
    choice = choose(slot, message, [first])
    return chosen(slot, choice.options) if choice else None


def own_number(message: Message, slot: Slot) -> Answer | None:
    """The number for the slot asked about."""
    assigned = figures.assigned(message)
    numbers = assigned.get(slot.id, [])
    others = [q for name, quantities in assigned.items() if name != slot.id for q in quantities]
    text = without_others(message, numbers, others)
    none = none_at_head(message, slot)
    if none is not None:
        return none
    answer = figures.figure(message, slot, numbers, text) if numbers else None
    return answer or figures.without_number(message, slot, text)


def none_at_head(message: Message, slot: Slot) -> Answer | None:
    """'None. We let two go last year': the first clause answers, unless what follows takes it
    back."""
    head = HEAD.split(message.text, maxsplit=1)[0]
    rest = message.text[len(head) :]
    words = message.words
    told = any(q.start < len(head) for q in message.quantities)
    if told or not message.quantities or not words["none"].closes(head):
        return None
    if any(words[group].inside(rest) for group in ("correction", "maybe", "hedges")):
        return None
    if words["few"].closes(head) and any(
        amount_of(slot, q) is not None and figures.time_of(message, q) != BEFORE
        for q in message.quantities
    ):
        return None  # 'next to nothing, 2k'
    answer = figures.without_number(message, slot, head)
    if answer is None:
        return None
    amount = answer.value.amount if isinstance(answer.value, Money) else answer.value
    return answer if amount == 0 else None


def without_others(
    message: Message, numbers: Sequence[Quantity], others: Sequence[Quantity]
) -> str:
    """The text with blanks for the clauses that speak of other slots, or hold only their
    numbers."""
    text = message.text
    for segment in message.parsed.clauses:
        foreign = segment_holds(segment, others) and not segment_holds(segment, numbers)
        if foreign or spoken_of(message, segment) is not None:
            blank = " " * (segment.end - segment.start)
            text = text[: segment.start] + blank + text[segment.end :]
    return text


def segment_holds(segment: Segment, quantities: Sequence[Quantity]) -> bool:
    """Whether one of the quantities stands in a segment."""
    return any(segment.start <= q.start < segment.end for q in quantities)
