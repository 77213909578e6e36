"""Hours from one time of day to another: "8 to noon" is four, "9 to 5" eight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.understanding.words import Words

HALF_DAY = 12
NOON, MIDNIGHT = 12.0, 24.0
LONGEST = 14
"""Hours of work in a day, at most."""
OPENING = 7
"""From this hour on '9 to 12 on Fridays' tells times rather than a range of hours."""
NEAR = 16
"""Letters before and behind a span within which 'from' and 'hours' stand."""
TIME = r"(?P<{name}>\d{{1,2}})(?::(?P<{name}m>\d\d))?\s?(?P<{name}half>[ap]\.?m\b\.?)?"


def spent(text: str, words: Words) -> list[float]:
    """The lengths, in hours, of the spans between two times of day that a text tells of."""
    return list(lengths(text, words))


def lengths(text: str, words: Words) -> Iterator[float]:
    """The same, one by one."""
    for match in span(
        tuple(words.raw["noon"]), (*words.raw["until"], *words.raw["between_and"])
    ).finditer(text):
        start, end = hour_of(match, "one"), hour_of(match, "other")
        if start is None or end is None or not is_clock(text, match, start, end, words):
            continue
        while end <= start:
            end += HALF_DAY
        if end - start <= LONGEST:
            yield end - start


@cache
def span(noon: tuple[str, ...], until: tuple[str, ...]) -> re.Pattern[str]:
    """Two times of day; the second may be noon."""
    later = "|".join(re.escape(word) for word in noon)
    joint = "|".join(re.escape(word) for word in until)
    one, other = TIME.format(name="one"), TIME.format(name="other")
    return re.compile(
        rf"(?<![\d.,:/]){one}\s*(?:[-–—]|(?<!\w)(?:{joint})(?!\w)|(?=ל-?\d))\s*(?:ל-?|ה-?)?"
        rf"(?:{other}|(?P<noon>{later}))(?![\d,.:/]\d|\d|%)(?!\w)",
        re.I,
    )


def hour_of(match: re.Match[str], name: str) -> float | None:
    """The time as hours of the day; None where it is none."""
    if match[name] is None:
        return NOON
    hour, minutes = int(match[name]), int(match[f"{name}m"] or 0)
    if hour > MIDNIGHT or minutes >= 60:
        return None
    late = (match[f"{name}half"] or "").lower().startswith("p") and hour < HALF_DAY
    return hour + HALF_DAY * late + minutes / 60


def is_clock(text: str, match: re.Match[str], start: float, end: float, words: Words) -> bool:
    """Whether two numbers are times of day rather than a range of hours: they are written so, go
    from a later to an earlier one, or stand behind 'from' beside a day's name."""
    if any(words[group].opens(text[match.end() :][:NEAR]) for group in ("hour", "minute")):
        return False
    written = ("onem", "onehalf", "otherm", "otherhalf", "noon")
    if any(match[name] for name in written) or start > end >= 1:
        return True
    lead = text[max(0, match.start() - NEAR) : match.start()].rstrip("-")
    between = words["from"].closes(lead) or words["between"].closes(lead)
    return (between or start >= OPENING) and words["weekday"].inside(text)
