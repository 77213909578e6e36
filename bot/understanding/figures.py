"""Which number of a message belongs to which slot, and what the slot's number then is.

"turnover 60 thousand before the war, 20 thousand today, cash for six weeks" fills three slots:
each quantity goes to the slot of its kind that its clause speaks of most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from advisor.model import NUMERIC, Answer, Kind, Slot
from bot.understanding import evidence, hours, lateness, people, shares
from bot.understanding.amounts import (
    NEAR,
    Amount,
    amount_of,
    amounts_for,
    by_days,
    in_full,
    meant,
    spoken,
    takes_back,
    tense,
)
from bot.understanding.message import Message, counted
from bot.understanding.quantities import Quantity, read_quantities
from bot.understanding.remarks import without_remarks
from bot.understanding.words import Words
from bot.understanding.worked_out import worked_out

SURELY_TURNOVER = 1000
"""From here on a bare number may well be turnover."""
TIMES = ("before", "now")
NO_TIME = "-"
BY_THE_DAY = ("hours_per_week", "revenue_before", "revenue_now", "monthly_budget")
"""Slots of which a number by the day may go with a number of days."""
LEAST_TURNOVER = 100
"""Below this a bare number isn't what a business takes in a month."""


def assigned(message: Message) -> dict[str, list[Quantity]]:
    """The quantities of each slot that is spoken of, the slot asked about among them."""
    both = of_both_times(message)
    if both is not None:
        return both
    found: dict[str, list[Quantity]] = {}
    left: list[Quantity] = []
    previous: str | None = None
    for quantity in message.quantities:
        if is_denied(message, quantity):
            continue
        slot = slot_of(message, quantity, previous)
        if slot is None:
            left.append(quantity)
        else:
            found.setdefault(slot, []).append(quantity)
            previous = slot
    part_times(message, found)
    keep_for_asked(message, found, left)
    for quantity in left:
        slot = counterpart(message, quantity, found)
        if slot is not None:
            found.setdefault(slot, []).append(quantity)
    return found


def is_denied(message: Message, quantity: Quantity) -> bool:
    """Whether a number is only said not to be the one before it: the months of 'the money lasts
    three weeks, not three months'."""
    before = [q for q in message.quantities if q.end <= quantity.start and q.kind == quantity.kind]
    if not before:
        return False
    between, words = message.text[before[-1].end : quantity.start], message.words
    # '200, uh no, 210' and '20... no, 30' give the second
    taken_back = words["correction"].closes(between) or takes_back(between, words)
    return len(between) <= NEAR and words["and_not"].closes(between) and not taken_back


def part_times(message: Message, found: dict[str, list[Quantity]]) -> None:
    """Of two numbers that were given to the slot of one time, the one that a word of the other time
    stands beside goes to that: '190, down from 300'."""
    for slot, partner in partners(message).items():
        numbers = found.get(slot, [])
        if len(numbers) != len(TIMES) or partner in found:
            continue
        others = [q for q in numbers if partner.endswith(time_of(message, q) or NO_TIME)]
        if len(others) == 1:
            found[partner] = others
            found[slot] = [q for q in numbers if q not in others]


def keep_for_asked(
    message: Message, found: dict[str, list[Quantity]], left: list[Quantity]
) -> None:
    """The likeliest of the quantities that are left answers the question, where none else does."""
    asked = message.asked
    if asked is None or asked.kind not in NUMERIC or asked.id in found:
        return
    own = [q for q in for_asked(message, asked) if q in left]
    if own:
        likeliest = max(own, key=lambda q: evidence.owned(message, q, asked))
        found[asked.id] = [likeliest]
        left.remove(likeliest)


def partners(message: Message) -> dict[str, str]:
    """Each slot of before with its slot of now, and the other way round."""
    pairs = message.shapes["times"]
    return {a: b for pair in pairs for a, b in (tuple(pair), tuple(reversed(pair)))}


def counterpart(
    message: Message, quantity: Quantity, found: dict[str, list[Quantity]]
) -> str | None:
    """The slot of the other time, where the slot of one time is taken: 'was 300, now 180'."""
    when = time_of(message, quantity)
    for slot, partner in partners(message).items():
        fits = amount_of(message.slots[partner], quantity) is not None
        if message.asked is message.slots[partner]:
            fits = quantity in for_asked(message, message.slots[partner])
        if when and slot in found and partner not in found and partner.endswith(when) and fits:
            return partner
    return None


def time_of(message: Message, quantity: Quantity) -> str | None:
    """Whether the words around a quantity speak of before or of now."""
    amounts = [Amount(q.value, q.start, q.end) for q in message.quantities]
    amount = Amount(quantity.value, quantity.start, quantity.end)
    return tense(message.text, amount, amounts, message.words)


def of_both_times(message: Message) -> dict[str, list[Quantity]] | None:
    """Two bare numbers, one of before and one of now, and nothing else but a share: together they
    say more surely than each by itself that they count customers, say."""
    times = {time_of(message, q): q for q in message.quantities if q.kind == "count"}
    left = [q for q in message.quantities if q.kind != "percent"]
    if len(left) != len(TIMES) or set(times) != set(TIMES):
        return None
    if answers_another(message, times.values()):
        return None
    scores = {when: scores_of(message, q) for when, q in times.items()}
    sums = {
        (before, now): scores["before"].get(before, 0.0) + scores["now"].get(now, 0.0)
        for before, now in message.shapes["times"]
    }
    best = max(sums, key=lambda pair: sums[pair])
    if sums[best] < message.limits["both_times"]:
        return None
    return dict(zip(best, ([times["before"]], [times["now"]]), strict=True))


def answers_another(message: Message, quantities: Iterable[Quantity]) -> bool:
    """Whether the question asks for another number than those of before and of now, which all of
    these may be, and the message names no customers and no turnover: 'we were twenty, today 12'."""
    asked, words = message.asked, message.words
    if asked is None or asked.kind not in NUMERIC or asked.id in partners(message):
        return False
    named = any(words[group].inside(message.text) for group in ("customers", "turnover"))
    return not named and set(quantities) <= set(for_asked(message, asked))


def slot_of(message: Message, quantity: Quantity, previous: str | None) -> str | None:
    """The slot that a quantity belongs to, or None where nothing says so."""
    scores = scores_of(message, quantity)
    by_time(message, quantity, previous, scores)
    return chosen_of(message, scores)


def scores_of(message: Message, quantity: Quantity) -> dict[str, float]:
    """How surely a quantity is of each slot of its kind."""
    scores = {
        slot.id: evidence.owned(message, quantity, slot)
        for slot in message.slots.values()
        if slot.kind in NUMERIC
        and amount_of(slot, quantity) is not None
        and not too_little(message, quantity, slot)
        and (slot is not message.asked or quantity in for_asked(message, slot))
    }
    of_people(message, quantity, scores)
    return scores


def too_little(message: Message, quantity: Quantity, slot: Slot) -> bool:
    """Whether a bare number is hardly the turnover of a business, where that wasn't asked about:
    "60 bookings a month, now maybe 5"."""
    turnover = slot.kind is Kind.MONEY and slot.id in partners(message)
    bare = quantity.kind == "count" and 0 < quantity.value < LEAST_TURNOVER
    return turnover and bare and slot is not message.asked


def of_people(message: Message, quantity: Quantity, scores: dict[str, float]) -> None:
    """A bare number that may be customers or turnover of one time counts customers, unless turnover
    was asked about or is surely meant, or the number is large: "about 70 before october, now like
    40". Where turnover is named it counts none."""
    if quantity.kind != "count":
        return
    named = message.words["turnover"].inside(message.text)
    people = message.words["customers"].inside(message.text)
    for turnover, customers in zip(*message.shapes["times"], strict=True):
        asked = message.asked is not None and message.asked.id in partners_of(message, turnover)
        if customers not in scores or asked:
            continue
        if named and not people and message.asked_id not in partners_of(message, customers):
            del scores[customers]
            continue
        unsure = scores.get(turnover, 1.0) < message.limits["surely_turnover"]
        if not named and quantity.value < SURELY_TURNOVER and unsure:
            scores[customers] = min(1.0, scores[customers] + scores.pop(turnover))


def partners_of(message: Message, slot: str) -> tuple[str, str]:
    """A slot of one time and that of the other."""
    return slot, partners(message)[slot]


def chosen_of(message: Message, scores: Mapping[str, float]) -> str | None:
    """The likeliest slot of a quantity, where it is likely enough; the one asked about first."""
    asked, limits = message.asked, message.limits
    best = max(scores, key=lambda slot: scores[slot], default=None)
    if best is None:
        return None
    own = scores.get(asked.id, 0.0) if asked else 0.0
    if asked and own * limits["number_rival"] >= scores[best]:
        return asked.id if own >= limits["number_own"] else None
    return (
        best if scores[best] >= limits["number_volunteered" if asked else "number_open"] else None
    )


def for_asked(message: Message, slot: Slot) -> list[Quantity]:
    """The quantities that can answer the question: those of its kind, else bare numbers; none that
    tell what others say or what one day brought."""
    own = without_remarks(slot, message.text, message.quantities, message.words)
    amounts = [(q, amount_of(slot, q)) for q in own]
    fitting = [(q, amount) for q, amount in amounts if amount is not None]
    exact = [q for q, amount in fitting if amount.exact_kind]
    return exact or [q for q, _ in fitting]


def by_time(
    message: Message, quantity: Quantity, previous: str | None, scores: dict[str, float]
) -> None:
    """Words of before and of now choose between two slots that differ in nothing else."""
    when = time_of(message, quantity)
    if when is None:
        return
    for slot, partner in partners(message).items():
        if slot.endswith(when) and slot in scores and partner in scores:
            scores[slot] = max(scores[slot], scores[partner])
            scores[partner] *= message.limits["other_time"]
            if previous == partner:
                scores[slot] = max(scores[slot], message.limits["pair"])


def figure(
    message: Message, slot: Slot, quantities: Sequence[Quantity], text: str, offset: int = 0
) -> Answer | None:
    """The answer that these quantities, in this text, give to a slot."""
    inside = range(offset, offset + len(text))
    told = [q for q in message.quantities if q.start in inside]
    used = [q for q in told if q in quantities or (q.kind == "duration" and slot.id in BY_THE_DAY)]
    beside = moved(told, text, offset)
    amount = amount_in(slot, text, moved(used, text, offset), message.words)
    if slot.kind is Kind.PERCENT and all(q.kind != "percent" for q in quantities):
        amount = shares.of_two(slot.id, text, beside, message.words) or amount
    if amount is not None:
        amount = worked_out(slot, text, amount, beside, message.words)
    if slot.id == "supplier_delay":
        amount = lateness.longer(message.text, message.quantities, message.words) or amount
    return counted(slot, amount, message.currency) if amount is not None else None


def amount_in(
    slot: Slot, text: str, quantities: Sequence[Quantity], words: Words, latest: bool = False
) -> Amount | None:
    """The number of a slot in a text; the latest one where the text corrects another."""
    if not latest:
        quantities = without_remarks(slot, text, in_full(slot, text, quantities, words), words)
    amounts = by_days(slot, amounts_for(slot, quantities, mixed=latest), quantities)
    if slot.id == "employees":
        return people.employees(text, amounts, words, latest)
    if slot.id == "staff_gap" and not latest:
        return people.missing(text, amounts, words)
    if slot.id == "hours_per_week" and not latest:
        return hours.weekly(text, quantities, words)
    if slot.id == "supplier_delay" and not latest:
        late = lateness.days_late(text, words)
        if late is not None:
            return late
    found = meant(slot, text, amounts, words, latest)
    return share(slot, text, found, quantities, words) if slot.kind is Kind.PERCENT else found


def share(
    slot: Slot, text: str, found: Amount | None, quantities: Sequence[Quantity], words: Words
) -> Amount | None:
    """A share, turned round where the words around it ask for that; '80 of 200' is one too."""
    if found is None or not found.exact_kind:
        said = spoken(slot, text, words)
        if said is not None and (found is None or said.start < found.start):
            found = said
        found = shares.ratio(quantities, text, words) or found
        if found is not None and not found.exact_kind and shares.counted(text, found, words):
            found = shares.even(text, found, words)
    return shares.turned(slot.id, text, found, words) if found else None


def without_number(message: Message, slot: Slot, text: str, offset: int = 0) -> Answer | None:
    """'All of them', 'none', 'alone': a value said in words; `offset` is where the text begins in
    the message."""
    words = message.words
    if slot.id == "employees":
        amount = people.employees(text, [], words)
    elif slot.id == "hours_per_week":
        there = moved(message.quantities, text, offset)
        amount = hours.weekly(text, there, words) or spoken(slot, text, words)
    elif slot.id == "supplier_delay":
        amount = lateness.days_late(text, words) or spoken(slot, text, words)
    elif slot.kind is Kind.COUNT and (part := of_them(message, text, offset)) is not None:
        amount = part
    elif slot.id == "staff_gap" and not words["none"].inside(text):
        amount = people.missing(text, [], words)
    else:
        amount = spoken(slot, without_foreign(message, slot, text, offset), words)
        if slot.kind is Kind.PERCENT:
            two = None if offset else shares.of_two(slot.id, text, message.quantities, words)
            amount = two or (shares.turned(slot.id, text, amount, words) if amount else None)
    return counted(slot, amount, message.currency) if amount is not None else None


def moved(quantities: Sequence[Quantity], text: str, offset: int) -> list[Quantity]:
    """The quantities that stand in a text, which begins at `offset` in the message, with their
    places in it."""
    inside = [q for q in quantities if offset <= q.start < offset + len(text)]
    return [replace(q, start=q.start - offset, end=q.end - offset) for q in inside]


def of_them(message: Message, text: str, offset: int) -> Amount | None:
    """The first number of '2 out of 6', which is read as a share, where a number was asked for."""
    shares_told = [q for q in message.quantities if q.kind == "percent"]
    if len(message.quantities) != 1 or len(shares_told) != 1:
        return None
    start, end = (max(0, place - offset) for place in (shares_told[0].start, shares_told[0].end))
    joint = next(message.words["of_all"].find(text[start:end]), None)
    part = read_quantities(text[start : start + joint.start()]) if joint is not None else []
    if len(part) != 1 or part[0].kind != "count":
        return None
    return Amount(part[0].value, start, end)


def without_foreign(message: Message, slot: Slot, text: str, offset: int) -> str:
    """The text with blanks for numbers that can't be the slot's: the half of 'a year and a half'
    is no share."""
    for quantity in message.quantities:
        start, end = (max(0, place - offset) for place in (quantity.start, quantity.end))
        if amount_of(slot, quantity) is None:
            text = text[:start] + " " * len(text[start:end]) + text[end:]
    return text
