"""Hours a week: "2 hours a day, five days" is ten, "three on Sunday and two midweek" is five, "half
a day" four, "Fridays from 9 to 12" three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding.amounts import Amount, corrected, hedged
from bot.understanding.clock import spent
from bot.understanding.lateness import weekdays
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

DAYS = 7
WORKING_DAYS = 5
EVERY_OTHER = 3.5
A_WEEK = {"month": 12 / 52, "year": 1 / 52}
WORKDAY = 8.0
FEW_DAYS = 3.0
"""Whole days a week that are told as hours, at most."""
SITTING = 6.0
"""Hours that one goes at it, at most, where only their order says that days go with them."""
MINUTES = 60
NEAR = 16
"""Letters after a number within which its unit stands."""
BESIDE = re.compile(r"\s*[-–,]?\s*(?:\bor\b|\bto\b|או|עד)?\s*(?:ל-?)?\s*")
"""What joins two ends of a range of hours."""


def weekly(text: str, quantities: Sequence[Quantity], words: Words) -> Amount | None:
    """The hours of a week from all that a message counts."""
    days = sittings(text, quantities, words)
    clock = spent(text, words)
    if clock:
        a_day = words["a_day"].inside(text)
        times = (
            days or (days_in(text, quantities, words) if a_day else 0.0) or named_days(text, words)
        )
        return Amount(
            sum(clock) if len(clock) > 1 else clock[0] * (times or WORKING_DAYS), 0, len(text)
        )
    hours = hours_in(text, quantities, words)
    if not hours:
        return whole_days(text, quantities, words)
    chosen = (
        corrected(text, hours, words) or hedged(text, hours, words) or spared(text, hours, words)
    )
    if chosen is not None:
        return chosen
    if len(hours) > 1 and named_days(text, words) > 1:
        return Amount(sum(h.value for h in hours), hours[0].start, hours[-1].end)
    first = hours[0].times(A_WEEK.get(hours[0].per or "", 1.0))
    daily = first.per == "day" or any(words[g].inside(text) for g in ("a_day", "every_other_day"))
    if len(hours) == 1 and daily:
        return first.times(days_in(text, quantities, words))
    if len(hours) == 1 and named_days(text, words) > 1 and words["on_every"].inside(text):
        return first.times(named_days(text, words))
    return first.times(days) if days and each_time(text, first, quantities, words) else first


def spared(text: str, hours: Sequence[Amount], words: Words) -> Amount | None:
    """The hours behind 'could spare', where those of all the work are told before them."""
    for one, other in pairwise(hours):
        if words["spares"].inside(text[one.end : other.start]):
            return other
    return None


def hours_in(text: str, quantities: Sequence[Quantity], words: Words) -> list[Amount]:
    """Numbers of hours; bare numbers where no hours are named."""
    counts = [q for q in quantities if q.kind == "count"]
    named = [q for q in counts if words["hour"].inside(q.unit or "")]
    said = [
        amount
        for amount in said_in_words(text, words)
        if not any(q.start <= amount.start <= q.end + 1 for q in counts)
    ]
    short = [q for q in counts if words["minute"].inside(q.unit or "")]
    others = [
        match.span("word")
        for ways in words.nested["times_said"].values()
        for match in ways.find(text)
    ]
    bare = [
        q
        for q in counts
        if q not in (*named, *short)
        and not is_days(text, q, words)
        and not any(start <= q.start < end for start, end in others)
    ]
    if said and not named:  # 'an hour or two', 'an hour on Monday and two on Thursday'
        several = named_days(text, words) > 1
        bare = [q for q in bare if is_more(text, q, said, several)]
    elif named:  # "three hours on Sunday and another two midweek"
        bare = [q for q in bare if not said and q.start > named[0].end]
    found = sorted(
        [*(amount_of(q) for q in (*named, *bare)), *said], key=lambda amount: amount.start
    )
    found = in_ranges(text, [with_half(text, amount, words) for amount in found])
    minutes = [amount_of(q).times(1 / MINUTES) for q in short]
    if not found or not minutes:
        return found or minutes
    return with_minutes(text, found, minutes)


def said_in_words(text: str, words: Words) -> list[Amount]:
    """Hours without a number, the longest phrase at each place: 'an hour', 'half an hour'."""
    found: list[Amount] = []
    matches = [
        (match.start("word"), match.end("word"), float(number))
        for number, phrases in words.nested["hours_said"].items()
        for match in phrases.find(text)
    ]
    for start, end, value in sorted(matches, key=lambda match: (match[0], -match[1])):
        if not found or start >= found[-1].end:
            found.append(Amount(value, start, end))
    return found


def is_more(text: str, bare: Quantity, said: Sequence[Amount], several: bool) -> bool:
    """Whether a bare number goes on with hours that were told in words."""
    behind = [hours for hours in said if hours.end <= bare.start]
    return any(several or BESIDE.fullmatch(text[h.end : bare.start]) for h in behind)


def amount_of(q: Quantity) -> Amount:
    """A number of hours."""
    return Amount(q.value, q.start, q.end, q.low, q.high, q.approximate, per=q.per)


def with_half(text: str, hours: Amount, words: Words) -> Amount:
    """The hours with the half or the quarter that follows them: 'שעה וחצי'."""
    tail = text[hours.end :]
    unit = words["hour"].opening.match(tail.lstrip())
    if unit is not None:
        tail = tail.lstrip()[unit.end() :]
    for part, phrases in words.nested["and_part"].items():
        if phrases.opens(tail):
            return replace(hours, value=hours.value + float(part))
    return hours


def in_ranges(text: str, hours: Sequence[Amount]) -> list[Amount]:
    """The hours, two side by side as a range: 'שעה שעתיים', 'an hour or two'."""
    found: list[Amount] = []
    for amount in hours:
        last = found[-1] if found else None
        beside = last is not None and BESIDE.fullmatch(text[last.end : amount.start])
        if last is not None and beside and last.high is None and last.value < amount.value:
            middle = (last.value + amount.value) / 2
            low, high = last.value, amount.value
            found[-1] = replace(amount, value=middle, start=last.start, low=low, high=high)
        else:
            found.append(amount)
    return found


def with_minutes(text: str, hours: Sequence[Amount], minutes: Sequence[Amount]) -> list[Amount]:
    """The hours with the minutes that belong to them; those told otherwise count for nothing."""
    found = list(hours)
    for more in minutes:
        for at, amount in enumerate(found):
            between = text[amount.end : more.start] if amount.end <= more.start else None
            if between is not None and len(between) < NEAR and "," not in between:
                found[at] = replace(amount, value=amount.value + more.value, end=more.end)
    return found


def is_days(text: str, quantity: Quantity, words: Words) -> bool:
    """Whether a number counts days."""
    return words["days"].inside(text[quantity.end : quantity.end + NEAR])


def sittings(text: str, quantities: Sequence[Quantity], words: Words) -> float:
    """How often a week it is, where that is told: 'twice a week', 'two evenings'; else 0."""
    for number, phrases in words.nested["times_said"].items():
        if phrases.inside(text):
            return float(number)
    return counted_days(text, quantities, words)


def counted_days(text: str, quantities: Sequence[Quantity], words: Words) -> float:
    """The number of days, evenings or times that is told; else 0."""
    for quantity in quantities:
        if quantity.kind == "duration" and 1 < quantity.value <= DAYS:
            return quantity.value
        few = quantity.kind == "count" and 1 <= quantity.value <= DAYS
        if few and is_days(text, quantity, words):
            return quantity.value
    return 0.0


def each_time(text: str, hours: Amount, quantities: Sequence[Quantity], words: Words) -> bool:
    """Whether the hours are those of each time rather than of all together."""
    if any(words[group].inside(text) for group in ("sums_after", "total")):
        return False
    if any(phrases.inside(text) for phrases in words.nested["times_said"].values()):
        return True
    if words["each"].inside(text) or words["time_of"].inside(text):
        return True
    days = [q for q in quantities if is_days(text, q, words) or q.kind == "duration"]
    return bool(days) and days[0].end <= hours.start and hours.value <= SITTING


def days_in(text: str, quantities: Sequence[Quantity], words: Words) -> float:
    """How many days of the week are meant by 'a day'."""
    if words["every_other_day"].inside(text):
        return EVERY_OTHER
    counted = counted_days(text, quantities, words)
    return counted or (DAYS - 1 if words["weekend_off"].inside(text) else WORKING_DAYS)


def named_days(text: str, words: Words) -> int:
    """How many days of the week are named, those from one to another among them."""
    days = weekdays(text, words)
    for first, second in pairwise(days):
        joint = text[first.end : second.start].strip()
        if joint in ("-", "–") or words["until"].whole(joint):
            return ((second.weekday or 0) - (first.weekday or 0)) % DAYS + 1
    others = [
        match
        for match in words["weekday"].find(text)
        if not any(match.start() < day.end and day.start < match.end() for day in days)
    ]
    return len({day.weekday for day in days}) + len({match["word"] for match in others})


def whole_days(text: str, quantities: Sequence[Quantity], words: Words) -> Amount | None:
    """Days of work as hours, where nothing else is counted: 'half a day', 'one full day'."""
    days = [q for q in quantities if q.kind == "duration"]
    if len(days) == 1 and 0 < days[0].value <= FEW_DAYS:
        q = days[0]
        halves = [c.value for c in quantities if c.kind == "count" and c.end < q.start]
        number = halves[0] if halves and q.value < 1 else 1.0
        return Amount(WORKDAY * q.value * number, q.start, q.end, approximate=q.approximate)
    said = next(words["full_day"].find(text), None)
    if said is None or quantities:
        return None
    return Amount(WORKDAY, said.start("word"), said.end("word"))
