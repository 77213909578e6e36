"""A number for a slot: which of the quantities in a message is meant, in the unit of the slot.

Owners say more numbers than one: "40, sorry, 45", "it was 70, today 25", "45 and not 30",
"24 thousand a year, so 2,000 a month". The rules here choose among them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from advisor.model import Kind, Money, Slot, Value
from bot.understanding.earlier import without_earlier
from bot.understanding.quantities import Quantity
from bot.understanding.units import unit_of
from bot.understanding.words import Words

MONTHLY = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "quarter": 1 / 3, "year": 1 / 12}
"""What turns an amount a day, week or year into one a month."""
NEAR = 22
"""Letters before a number within which 'not' or 'instead of' still speaks of it."""
TWICE = 2
"""The second of two guesses is no more than so many times the first."""
APART = 30
"""Letters between two numbers that are compared, at most."""
SIDES = ("at_best", "at_worst")
DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
THOUSAND, MILLION = 1_000, 1_000_000
WHOLE, NEARLY = 100.0, 90.0
"""Percent of all, and of almost all."""
ACTIVE = ("customers_before", "customers_now")
BARE_DAYS = {"cash_runway": 30.0, "stock_cover": 1.0, "supplier_delay": 1.0}
"""The unit, in days, that a number without one is of: cash is counted in months."""
LONGEST_BARE = 365
"""A larger number without a unit is no span of time."""
HOURS_A_DAY = 24
STOP = re.compile(r"[;.!?(]|,(?!\d)")
CLOSING = ",.;!…-"
SENTENCE = re.compile(r"[;.!?]")
FEW = 4
"""Words between a number and the bound that goes with it, fewer than so many."""
LEAD = re.compile(r"[\s₪$€£-]*$|(?<=\s)[לבמכשה]-?$")
"""What may stand between a word and the number that it speaks of."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the unit of a slot, with its range, its place in the text and its currency."""

    value: float
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    currency: str | None = None
    exact_kind: bool = True
    """Whether the text says what it counts ('₪', '%', 'days'), rather than a bare number."""
    per: str | None = None

    def times(self, factor: float) -> Amount:
        """The same in another unit."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return replace(self, value=self.value * factor, low=low, high=high)


def amounts_for(slot: Slot, quantities: Sequence[Quantity], mixed: bool = False) -> list[Amount]:
    """The quantities that can be a value of the slot: those of its own kind, or bare numbers
    where there are none of it (or, `mixed`, beside them: "not 20%, it was 30")."""
    found = [amount for q in quantities if (amount := amount_of(slot, q)) is not None]
    exact = [amount for amount in found if amount.exact_kind]
    return found if mixed else exact or found


def amount_of(slot: Slot, q: Quantity) -> Amount | None:
    """A quantity in the unit of the slot, or None where it is of another kind."""
    amount = Amount(q.value, q.start, q.end, q.low, q.high, q.approximate, q.currency, per=q.per)
    match slot.kind, q.kind:
        case (Kind.PERCENT, "percent") | (Kind.DURATION, "duration") | (Kind.COUNT, "count"):
            return amount
        case Kind.MONEY, "money":
            return monthly(slot, amount)
        case Kind.MONEY, "count":
            return monthly(slot, replace(amount, exact_kind=False))
        case Kind.DURATION, "count" if slot.id in BARE_DAYS and q.value <= LONGEST_BARE:
            return replace(amount.times(BARE_DAYS[slot.id]), exact_kind=False)
        case Kind.PERCENT, "count" if 0 <= q.value <= 100:
            return replace(amount, exact_kind=False)
    return None


def monthly(slot: Slot, amount: Amount) -> Amount:
    """Amounts by the month, where the slot is one."""
    if slot.id == "average_sale" or amount.per not in MONTHLY:
        return amount
    return amount.times(MONTHLY[amount.per])


def in_full(slot: Slot, text: str, quantities: Sequence[Quantity], words: Words) -> list[Quantity]:
    """The quantities, bare numbers in full where only that can be meant: '35.000' has a mark of
    thousands, 'a million and two hundred' are two hundred thousand, and '48 hours' two days."""
    if slot.kind is Kind.DURATION:
        return [of_hours(q, words) for q in quantities]
    if slot.kind not in (Kind.MONEY, Kind.COUNT) or slot.id == "hours_per_week":
        return list(quantities)
    return [scaled_up(text[q.start : q.end], q) if q.high is None else q for q in quantities]


def of_hours(q: Quantity, words: Words) -> Quantity:
    """A number of hours as a span of time."""
    if q.kind != "count" or q.unit is None or not words["hour"].whole(q.unit):
        return q
    low, high = (None if end is None else end / HOURS_A_DAY for end in (q.low, q.high))
    return replace(q, kind="duration", value=q.value / HOURS_A_DAY, low=low, high=high)


def scaled_up(piece: str, q: Quantity) -> Quantity:
    """A quantity as an owner means it."""
    if q.kind == "count" and DOTTED.fullmatch(piece):
        return replace(q, value=round(q.value * THOUSAND), low=None)
    rest = q.value % MILLION
    spoken = q.value >= MILLION and 0 < rest < THOUSAND and rest % 100 == 0
    if spoken and not re.search(r"\d", piece):
        return replace(q, value=q.value - rest + rest * THOUSAND)
    return q


def by_days(slot: Slot, amounts: Sequence[Amount], quantities: Sequence[Quantity]) -> list[Amount]:
    """The amounts, those by the day for the days that are worked: '5000 a day, 26 days a month'."""
    days = [
        q.value * MONTHLY[q.per]
        for q in quantities
        if q.kind == "duration" and q.per in ("week", "month")
    ]
    if slot.kind is not Kind.MONEY or len(days) != 1:
        return list(amounts)
    return [a.times(days[0] / MONTHLY["day"]) if a.per == "day" else a for a in amounts]


def meant(
    slot: Slot | None, text: str, amounts: Sequence[Amount], words: Words, latest: bool = False
) -> Amount | None:
    """The one that the owner means; where the text corrects an answer, the last one that isn't
    told as the earlier answer."""
    once = slot is not None and slot.id.endswith("_before")  # 'it used to be 90' is the answer
    left = [
        a
        for a in amounts
        if not replaced(text, a, words) or (once and tense(text, a, amounts, words) == "before")
    ] or list(amounts)
    if latest:
        told = without_earlier(text, amounts, words)
        left = [a for a in left if a in told]
    if len(left) < 2 or latest or slot is None:
        return left[-1] if left else None
    if slot.kind is Kind.DURATION:
        left = in_one(text, left, words)
    for chosen in (
        corrected(text, left, words),
        hedged(text, left, words),
        typical(text, left, words),
        extremes(text, left, words),
        active(slot, text, left, words),
        of_its_time(slot, text, left, words),
    ):
        if chosen is not None:
            return chosen
    own = [a for a in left if a.per == "month"] if slot.kind is Kind.MONEY else []
    return own[-1] if own and len(own) < len(left) else left[0]


def in_one(text: str, amounts: Sequence[Amount], words: Words) -> list[Amount]:
    """The spans of time, two of which one goes on with the other in one: 'a month and a week'."""
    found = list(amounts[:1])
    for amount in amounts[1:]:
        last = found[-1]
        units = [unit_of(text[a.start : a.end]) for a in (last, amount)]
        falls = all(units) and (units[0] or 0) > (units[1] or 0) and last.value > amount.value
        if falls and words["and"].whole(text[last.end : amount.start]):
            found[-1] = replace(last, value=last.value + amount.value, end=amount.end)
        else:
            found.append(amount)
    return found


def replaced(text: str, amount: Amount, words: Words) -> bool:
    """Whether 'not' or 'instead of' stands right before it, and no 'no, ...' does."""
    before = text[max(0, amount.start - NEAR) : amount.start]
    end = len(LEAD.sub("", LEAD.sub("", before)))
    if any(match.end() >= end for match in words["correction"].find(before)):
        return False
    return any(match.end() == end for match in words["replaced"].find(before))


def corrected(text: str, amounts: Sequence[Amount], words: Words) -> Amount | None:
    """The number after the last 'sorry', 'no wait' or 'so': what the owner came to."""
    for earlier, later in zip(reversed(amounts[:-1]), reversed(amounts[1:]), strict=True):
        between = text[earlier.end : later.start]
        said = words["correction"].inside(between) or words["result"].inside(between)
        if said or takes_back(between, words):
            return later
    return None


def takes_back(between: str, words: Words) -> bool:
    """Whether nothing but a 'no' that stands by itself is between two numbers: '20... no, 30'."""
    alone = between.rstrip()[-1:] in CLOSING or between.isascii()
    return words["said_no"].whole(between) and alone and STOP.search(between) is not None


def hedged(text: str, amounts: Sequence[Amount], words: Words) -> Amount | None:
    """'A month, maybe a month and a half' and 'three weeks, a month at most' are ranges; '2 months,
    maybe 10 weeks', in another unit, is what the owner came to."""
    for one, other in pairwise(amounts):
        between = text[one.end : other.start]
        most = other.high is not None and other.low is None and is_aside(between, words)
        units = [unit_of(text[a.start : a.end]) for a in (one, other)]
        guess = between.strip() == "," and all(units)  # 'a week, ten days'
        if not (most or guess or words["maybe"].whole(between)):
            continue
        if not (most or guess) and all(units) and units[0] != units[1]:
            return other
        if one.value < other.value <= TWICE * one.value and one.low is None:
            middle = (one.value + other.value) / 2
            return replace(one, value=middle, low=one.value, high=other.value, end=other.end)
    return None


def typical(text: str, amounts: Sequence[Amount], words: Words) -> Amount | None:
    """The number beside 'on average', where others are told as well."""
    for at, amount in enumerate(amounts):
        start = amounts[at - 1].end if at else 0
        lead = STOP.split(text[start : amount.start])[-1]
        tail = STOP.split(text[amount.end :])[0]
        last = at + 1 == len(amounts) or amounts[at + 1].start > amount.end + len(tail)
        if words["average"].inside(lead) or (last and words["average"].inside(tail)):
            return amount
    return None


def extremes(text: str, amounts: Sequence[Amount], words: Words) -> Amount | None:
    """'A good month is 100, a bad one 60' and '30 in summer, 12 in winter' are ranges."""
    sides = [match.span() for side in SIDES for match in words[side].find(text)]
    told = [a for a in amounts if not any(start <= a.start < end for start, end in sides)]
    if len(told) != 2:  # the one of 'a bad one' is no number
        return None
    first, second = told
    before, between, behind = (
        text[: first.start],
        text[first.end : second.start],
        text[second.end :],
    )
    ahead = STOP.split(before)[-1], STOP.split(between)[-1]
    after = STOP.split(between)[0], STOP.split(behind)[0]
    for pieces in (ahead, after):
        if {side_of(piece, words) for piece in pieces} == set(SIDES):
            low, high = sorted(amount.value for amount in told)
            middle = (low + high) / 2
            return replace(first, value=middle, low=low, high=high, end=second.end)
    return None


def side_of(piece: str, words: Words) -> str | None:
    """Whether words tell of good times or of bad ones."""
    told = [side for side in SIDES if words[side].inside(piece)]
    return told[0] if len(told) == 1 else None


def active(slot: Slot, text: str, amounts: Sequence[Amount], words: Words) -> Amount | None:
    """The number of active customers, where all that are known are told as well."""
    if slot.id not in ACTIVE:
        return None
    return next((a for a in amounts if words["active"].opens(text[a.end :])), None)


def is_aside(between: str, words: Words) -> bool:
    """Whether no more than a few words stand between a number and its bound, and none tells of
    another time or takes it back."""
    told = ("before", "now", "replaced", "correction", "goes_on", "compared")
    few = len(between.split()) < FEW and not SENTENCE.search(between)
    return few and not any(words[group].inside(between) for group in told)


def of_its_time(slot: Slot, text: str, amounts: Sequence[Amount], words: Words) -> Amount | None:
    """The number that a word of the slot's time stands next to; most ask of now."""
    wanted, other = ("before", "now") if slot.id.endswith("_before") else ("now", "before")
    said = [a for a in amounts if tense(text, a, amounts, words) == wanted]
    unsaid = [a for a in amounts if tense(text, a, amounts, words) != other]
    return next(iter(said or unsaid), None)


def tense(text: str, amount: Amount, amounts: Sequence[Amount], words: Words) -> str | None:
    """Whether the nearest word beside a number, in its sentence, speaks of before or of now."""
    way = from_to(text, amount, words)
    if way and any(from_to(text, a, words) not in (way, None) for a in amounts):
        return way
    side = compared(text, amount, amounts, words) or then_and_now(text, amount, amounts, words)
    if side is not None:
        return side
    start = max([a.end for a in amounts if a.end <= amount.start], default=0)
    end = min([a.start for a in amounts if a.start >= amount.end], default=len(text))
    lead = STOP.split(text[start : amount.start])[-1]
    tail = STOP.split(text[amount.end : end])[0]
    opens = any(words[name].inside(text[: amounts[0].start]) for name in TENSES)
    if opens and end < len(text):
        tail = ""  # words go before their numbers: what follows is the next one's
    told = [
        (gap, -len(match["word"]), name, words["was"].whole(match["word"]))
        for name in TENSES
        for gap, match in (
            *((len(lead) - match.end(), match) for match in words[name].find(lead)),
            *(
                (match.start(), match)
                for match in words[name].find(tail)
                if not is_of_next(match, tail, end - amount.end, words)
            ),
        )
    ]
    outright = [row for row in told if not row[-1]]  # 'last month was 14 thousand' is of now
    return min(outright or told)[2] if told else None


def is_of_next(match: re.Match[str], tail: str, gap: int, words: Words) -> bool:
    """Whether a 'was' behind a number is nearer to the next one, of which it tells, so many letters
    after the first: '35 thousand, I mean yesterday was 2200'."""
    reaches = len(tail) == gap and words["was"].whole(match["word"])
    return reaches and gap - match.end() < match.start()


def compared(text: str, amount: Amount, amounts: Sequence[Amount], words: Words) -> str | None:
    """'12 instead of 40', '30 out of 80': the first is of now, the second of before."""
    for first, second, is_first in pairs_with(amount, amounts):
        between = text[first.end : second.start]
        close = len(between) <= APART and not STOP.search(between)
        if close and words["compared"].inside(between):
            return "now" if is_first else "before"
    return None


def then_and_now(text: str, amount: Amount, amounts: Sequence[Amount], words: Words) -> str | None:
    """'45 then, 20 now': the first is of before, the second of now. By itself a 'then' tells
    nothing: '200, then 210'."""
    for first, second, is_first in pairs_with(amount, amounts):
        behind = STOP.split(text[second.end :])[0]
        if words["then"].opens(text[first.end : second.start]) and words["now"].opens(behind):
            return "before" if is_first else "now"
    return None


def pairs_with(amount: Amount, amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Amount, bool]]:
    """The pairs of neighbours that a number is of, and whether it is the first of them: the one
    with what follows it, then the one with what it follows."""
    pairs = list(pairwise(amounts))
    yield from ((one, other, True) for one, other in pairs if one.start == amount.start)
    yield from ((one, other, False) for one, other in pairs if other.start == amount.start)


def from_to(text: str, amount: Amount, words: Words) -> str | None:
    """'From 90 to 45': the first is of before, the second of now."""
    before = text[max(0, amount.start - NEAR) : amount.start].rstrip(" -₪$€£").split(" ")
    while len(before) > 1 and words["hedges"].whole(before[-1]):
        before.pop()
    last = before[-1].lower()
    return next((name for name, group in TENSES.items() if last in words[group].phrases), None)


TENSES = {"before": "from", "now": "to"}


def value_of(slot: Slot, amount: Amount, currency: str) -> Value:
    """The amount as the contract writes the slot's type."""
    match slot.kind:
        case Kind.MONEY:
            return Money(round(amount.value, 2), amount.currency or currency)
        case Kind.COUNT:
            return math.ceil(round(amount.value, 6))
        case _:
            return round(amount.value, 2)


def spoken(slot: Slot, text: str, words: Words) -> Amount | None:
    """'All of them', 'none', 'half': a value without a number; the first such word counts."""
    values = [(words["none"], 0.0)]
    if slot.kind is Kind.PERCENT:
        values += [(words["all"], WHOLE), (words["half"], 50.0)]
    if slot.id in words.nested["none_left"]:
        values.append((words.nested["none_left"][slot.id], 0.0))
    found = [
        (match.start("word"), -match.end("word"), value)
        for group, value in values
        for match in group.find(text)
        if not words["no_idea"].opens(text[match.end() :])
    ]
    if not found:
        return None
    start, end, value = min(found)
    if value == WHOLE and words["nearly"].closes(text[:start]):
        return Amount(NEARLY, start, -end, approximate=True)
    return Amount(value, start, -end)
