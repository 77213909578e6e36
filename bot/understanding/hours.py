"""Hours a week: "2 hours a day, five days" is ten, "three on Sunday and two midweek" is five."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.amounts import Amount, corrected
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

DAYS = 7
WORKING_DAYS = 5
HOURS_A_DAY = 24
NEAR = 16
"""Letters after a number within which its unit stands."""


def weekly(text: str, quantities: Sequence[Quantity], words: Words) -> Amount | None:
    """The hours of a week from all that a message counts."""
    hours = hours_in(text, quantities, words)
    if not hours:
        return None
    chosen = corrected(text, hours, words)
    if chosen is not None:
        return chosen
    if len(hours) == 1 and (hours[0].per == "day" or words["a_day"].inside(text)):
        return hours[0].times(days_in(text, quantities, words))
    named = list(words["weekday"].find(text))
    if len(hours) > 1 and len(named) > 1:
        return Amount(sum(h.value for h in hours), hours[0].start, hours[-1].end)
    return hours[0]


def hours_in(text: str, quantities: Sequence[Quantity], words: Words) -> list[Amount]:
    """Numbers of hours; bare numbers where no hours are named."""
    counts = [q for q in quantities if q.kind == "count"]
    named = [q for q in counts if words["hour"].inside(q.unit or "")]
    said = [
        Amount(float(number), match.start("word"), match.end("word"))
        for number, phrases in words.nested["hours_said"].items()
        for match in phrases.find(text)
        if not any(q.start <= match.start("word") < q.end for q in quantities)
        and not any(q.end <= match.start("word") <= q.end + 1 for q in counts)
    ]
    bare = [q for q in counts if q not in named and not is_days(text, q, words)]
    if named or said:  # "three hours on Sunday and another two midweek"
        bare = [q for q in bare if named and not said and q.start > named[0].end]
    found = [
        Amount(q.value, q.start, q.end, q.low, q.high, q.approximate, per=q.per)
        for q in [*named, *bare]
    ]
    return sorted([*found, *said], key=lambda amount: amount.start)


def is_days(text: str, quantity: Quantity, words: Words) -> bool:
    """Whether a number counts days."""
    return words["days"].inside(text[quantity.end : quantity.end + NEAR])


def days_in(text: str, quantities: Sequence[Quantity], words: Words) -> float:
    """How many days of the week are meant by 'a day'."""
    for quantity in quantities:
        if quantity.kind == "duration" and 1 < quantity.value <= DAYS:
            return quantity.value
        few = quantity.kind == "count" and 1 <= quantity.value <= DAYS
        if few and is_days(text, quantity, words):
            return quantity.value
    return DAYS - 1 if words["weekend_off"].inside(text) else WORKING_DAYS
