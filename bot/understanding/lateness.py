"""How late something came, from two days: "promised for Sunday, comes on Thursday" is 4 days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.understanding.amounts import Amount
from bot.understanding.quantities import Quantity
from bot.understanding.restated import is_bare
from bot.understanding.units import days_of
from bot.understanding.words import Words

WEEK = 7
YEAR = 2001
"""Any year without a 29th of February: nobody names the year of a delivery."""
LATEST = 183
"""Days between two dates of which the second may still be the later one."""
PAIR = 2
"""Spans of time in 'promised .. but takes ..'."""
NEAR = 40
"""Letters before a day within which 'promised' or 'came' speaks of it."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is named at text[start:end]: of the week (Sunday is 0), or of a month."""

    start: int
    end: int
    weekday: int | None = None
    day: int = 0
    month: int | None = None


def days_late(text: str, words: Words) -> Amount | None:
    """The days between the promised day and the one of arrival; None where the text doesn't name
    both of them and say which is which."""
    days = weekdays(text, words) or dates(text, words)
    if len(days) != 2:
        return None
    first, second = days
    cues = cue(text[: first.start], words), cue(text[first.end : second.start], words)
    if cues in (("came", "promised"), ("came", "rather"), (None, "promised")):
        first, second = second, first
    elif cues not in (("promised", "came"), ("promised", None), (None, "came")):
        return None
    apart = between(first, second)
    if apart is None:
        return None
    later = words["week_later"].inside(text) and first.weekday is not None
    if later and second.weekday is not None and second.weekday >= (first.weekday or 0):
        apart += WEEK
    if not apart and first.weekday is not None:  # the same day of another week, or none
        return None
    return Amount(apart, days[0].start, days[1].end)


def longer(text: str, quantities: Sequence[Quantity], words: Words) -> Amount | None:
    """The days by which a wait is longer than promised: 'should be 20 days and takes 30'."""
    spans = [q for q in quantities if q.kind == "duration" or is_bare(q, words)]
    if len(spans) < PAIR or "duration" not in {q.kind for q in spans[:PAIR]}:
        return None
    first, second = spans[:PAIR]
    cues = cue(text[: first.start], words), cue(text[first.end : second.start], words)
    if cues != ("promised", "came"):
        return None
    promised, taken = in_days(text, first, second), in_days(text, second, first)
    return Amount(taken - promised, first.start, second.end) if taken > promised else None


def in_days(text: str, q: Quantity, other: Quantity) -> float:
    """A span of time in days; a bare number is in the unit of the other one."""
    return q.value if q.kind == "duration" else q.value * days_of(text[other.start : other.end])


def cue(lead: str, words: Words) -> str | None:
    """What the last such word before a day says of it: promised, came, or rather (than)."""
    near = lead[-NEAR:]
    found = [
        (match.end(), name)
        for name in ("promised", "came", "rather")
        for match in words[name].find(near)
    ]
    return max(found)[1] if found else None


def between(first: Day, second: Day) -> float | None:
    """Days from one to the other; None where the second isn't plausibly the later one."""
    if first.weekday is not None and second.weekday is not None:
        return float((second.weekday - first.weekday) % WEEK)
    months = first.month or second.month or 1, second.month or first.month or 1
    try:
        start, end = (
            date(YEAR, month, day.day) for month, day in zip(months, (first, second), strict=True)
        )
    except ValueError:
        return None
    apart = (end - start).days % 365
    return float(apart) if apart <= LATEST else None


def weekdays(text: str, words: Words) -> list[Day]:
    """The days of the week that a text names, in order."""
    found = [
        Day(match.start(), match.end(), weekday=index)
        for index, pattern in week(tuple(words.raw["week"])).items()
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda day: day.start)


@cache
def week(patterns: tuple[str, ...]) -> dict[int, re.Pattern[str]]:
    """A pattern for each day of the week; the files list seven each, Sunday first."""
    days = [patterns[index::WEEK] for index in range(WEEK)]
    return {
        index: re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)
        for index, forms in enumerate(days)
    }


def dates(text: str, words: Words) -> list[Day]:
    """The days of a month that a text names, in order: '1 March', '15.3', 'the 15th'."""
    found = list(named(tuple(words.raw["months"]), tuple(words.raw["no_dates"])).finditer(text))
    parts = [match.group("second") for match in found]
    swapped = any(part and int(part) > 12 for part in parts)  # month first, as Americans write
    return [dated(match, words, swapped) for match in found]


def dated(match: re.Match[str], words: Words, swapped: bool) -> Day:
    """The day of a match."""
    if match.group("second"):
        day, month = int(match.group("first")), int(match.group("second"))
        day, month = (month, day) if swapped else (day, month)
        return Day(*match.span(), day=day, month=month)
    name = match.group("month") or match.group("before")
    months = [word.lower() for word in words.raw["months"]]
    number = match.group("day") or match.group("after") or match.group("alone")
    return Day(
        *match.span(),
        day=int(number),
        month=months.index(name.lower()) % 12 + 1 if name else None,
    )


@cache
def named(months: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    """A day of a month in digits; a number with one of the `units` behind it is none."""
    counted = "|".join(re.escape(unit) for unit in units)
    month = "|".join(re.escape(name) for name in months)
    suffix = r"(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?<![\d./])(?P<first>\d{{1,2}})[./](?P<second>\d{{1,2}})(?![\d./])"
        rf"|(?<!\d)(?P<day>\d{{1,2}}){suffix}(?: of)? [בל]?(?P<month>{month})(?!\w)"
        rf"|(?<!\w)(?P<before>{month}) (?:the )?(?P<after>\d{{1,2}}){suffix}(?!\w)"
        rf"|(?:\bthe |(?<=[בלה])-?)(?P<alone>\d{{1,2}}){suffix}(?![\w%])"
        rf"(?!\s*(?:{counted}))(?!(?: of)? [בל]?(?:{month}))",
        re.I,
    )
