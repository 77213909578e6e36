"""A number that is said again takes over what was said once: "60, not 40 thousand" is 60,000,
"eighty thousand shekels, say 85" is 85,000 shekels, "four weeks, sorry, five" is five weeks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.amounts import MONTHLY, STOP
from bot.understanding.quantities import Quantity
from bot.understanding.quantities.grammar import tidy
from bot.understanding.quantities.lexicon import lexicon
from bot.understanding.quantities.tokens import normal
from bot.understanding.units import days_of, scale_of
from bot.understanding.words import Words

LINKS = (
    "compared",
    "correction",
    "replaced",
    "result",
    "told",
    "restates",
    "before",
    "now",
    "at_best",
    "at_worst",
)
"""Groups of words that join a number to the one it restates or replaces."""
LIKE = 10.0
"""How much larger or smaller the same figure may be, said again."""
SAME = 0.05
"""How far two figures for the same sum may be apart, as a share."""
REACH = 40
"""Letters between the two, at most."""
AND_THE = "וה"
"""Glued letters that begin another statement in Hebrew: what is counted has neither."""
NEXT = 12
"""The same where only 'to' stands between them."""
CENTS = 100
ROUND, WIDE = 5, 30
"""Ends of a range are round, and not so far apart."""
LEAST = 10
"""The least that stands for cents in a price said in words."""


def restated(
    text: str, quantities: Sequence[Quantity], words: Words, price: bool = False
) -> list[Quantity]:
    """The quantities, bare numbers among them in the unit, the scale and the currency that was
    said once; where a `price` was asked for, 'twelve ninety-nine' is one."""
    found = sorted(quantities, key=lambda q: q.start)
    if price:
        found = priced(text, found)
    scales = {q.start: scale_of(text[q.start : q.end]) for q in found}
    for at, bare in enumerate(found):
        if not is_bare(bare, words):
            continue
        others = [other for other in beside(found, at) if linked(text, bare, other, words)]
        others.sort(key=lambda other: other.kind == "percent")
        if others:
            found[at] = like(text, bare, others[0], scales[others[0].start])
            scales[bare.start] = max(scales[bare.start], found[at].value / (bare.value or 1))
    found = by_the_month(found)
    said = {q.currency for q in found if q.kind == "money" and q.currency}
    only = said.pop() if len(said) == 1 else None
    found = [replace(q, currency=only) if q.kind == "count" else q for q in found]
    if not price or only is None:
        return found
    average = [q for q in found if q.kind == "count" and is_average(text, q, words)]
    return [replace(q, kind="money") if q in average else q for q in found]


def beside(quantities: Sequence[Quantity], at: int) -> list[Quantity]:
    """The quantities on both sides of one, and the nearest there that are no shares: 'half of that,
    45' tells the 45 of what was said before the half."""
    sides = (quantities[:at][::-1], quantities[at + 1 :])
    found = [q for side in sides for q in side[:1]]
    return found + [
        q for side in sides for q in [s for s in side if s.kind != "percent"][:1] if q not in found
    ]


def is_average(text: str, q: Quantity, words: Words) -> bool:
    """Whether 'on average' stands beside a bare number, which is then the price that was asked
    for: '8 shekels for a pastry, 20 for a meal, 15 on average'."""
    before = words["average"].closes(STOP.split(text[: q.start])[-1])
    return (before and is_bare(q, words)) or words["average"].opens(text[q.end :])


def by_the_month(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, a sum by the year that is said again by the month ('$1.2m a year, so 100k a
    month') as one by the month, where it is said first."""
    found: list[Quantity] = []
    for q in quantities:
        last = found[-1] if found else None
        if last is not None and is_same_sum(last, q):
            monthly = last if last.per == "month" else q
            found[-1] = replace(monthly, start=last.start, end=last.end)
        else:
            found.append(q)
    return found


def is_same_sum(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities tell the same money, one of them by the month."""
    periods = {one.per, other.per}
    if (one.kind, other.kind) != ("money", "money") or len(periods) < 2 or "month" not in periods:
        return False
    if None in periods or not periods <= set(MONTHLY):
        return False
    first, second = one.value * a_month(one.per), other.value * a_month(other.per)
    return abs(first - second) <= SAME * max(first, second)


def priced(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Two numbers in words side by side, as one with cents: 'twelve ninety-nine'."""
    found: list[Quantity] = []
    for q in [unfolded(text, told) for told in quantities]:
        last = found[-1] if found else None
        if last is not None and is_price(text, last, q):
            value = last.value + q.value / CENTS
            kind, currency = q.kind, q.currency
            found[-1] = replace(
                last, kind=kind, currency=currency, value=value, end=q.end, unit=q.unit, per=q.per
            )
        else:
            found.append(q)
    return found


def unfolded(text: str, q: Quantity) -> Quantity:
    """A range that is rather a price with its cents: 'fifty-nine ninety' is 59.90, 'forty fifty' 40
    to 50."""
    if q.kind not in ("count", "money") or q.low is None or q.high is None:
        return q
    odd = q.low % ROUND != 0 or q.high - q.low >= WIDE
    if not (odd and q.low < CENTS and LEAST <= q.high < CENTS) or is_joined(text[q.start : q.end]):
        return q
    return replace(q, value=q.low + q.high / CENTS, low=None, high=None)


def is_joined(piece: str) -> bool:
    """Whether a range is in digits, or has a mark or a word such as 'to' between its ends."""
    if re.search(r"\d|[,–]|\s-\s", piece):
        return True
    known = lexicon()
    joints = known.lists["to"] | known.lists["or"]
    for word in normal(piece).split():
        found = known.stripped(word, known.opening)
        if word in joints or (found is not None and known.has(found[0], "prefix_to")):
            return True
    return False


def is_price(text: str, whole: Quantity, cents: Quantity) -> bool:
    """Whether two quantities are the two parts of a price in words."""
    if whole.kind != "count" or cents.kind not in ("count", "money"):
        return False
    if text[whole.end : cents.start].strip() or re.search(r"\d", text[whole.start : cents.end]):
        return False
    return 0 < whole.value < CENTS and LEAST <= cents.value < CENTS


def is_bare(q: Quantity, words: Words) -> bool:
    """Whether a number stands without a unit and a thing that it counts."""
    if q.kind != "count" or q.unit is None:
        return q.kind == "count"
    return words["after_number"].whole(q.unit) or q.unit.startswith(AND_THE)


def linked(text: str, one: Quantity, other: Quantity, words: Words) -> bool:
    """Whether the words between two numbers make one of them the other, said again."""
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    told = any(words[group].inside(between) for group in LINKS) or words["maybe"].whole(between)
    return len(between) <= REACH and (told or fell_to(between, one, other, words))


def fell_to(between: str, one: Quantity, other: Quantity, words: Words) -> bool:
    """Whether one of two numbers became the other: '70 thousand to 30', 'מ-70 אלף ל-30', '40
    thousand a month from 100'."""
    if other.start > one.start:
        return False
    came = words["from"].closes(between) and not STOP.search(between)
    return came or (words["to"].closes(between) and len(between) <= NEXT)


def like(text: str, bare: Quantity, other: Quantity, scale: float) -> Quantity:
    """A bare number as one of the same kind as the other, which is in thousands, say."""
    figure = other.value * a_month(other.per) / a_month(bare.per or other.per)
    if scale_of(text[bare.start : bare.end]) == 1 and near(bare.value * scale, figure):
        bare = times(bare, scale)
    if other.kind == "money" and near(bare.value, figure):
        return replace(bare, kind="money", currency=other.currency, per=bare.per or other.per)
    if other.kind == "percent" and bare.value <= 100:
        return replace(bare, kind="percent")
    days = days_of(text[other.start : other.end])
    if other.kind == "duration" and near(bare.value * days, other.value):
        return replace(times(bare, days), kind="duration")
    return bare


def a_month(per: str | None) -> float:
    """What turns an amount of a period into one a month; 1 where no period was said."""
    return MONTHLY.get(per or "", 1.0)


def near(value: float, other: float) -> bool:
    """Whether two figures may tell the same thing."""
    return other / LIKE <= value <= other * LIKE


def times(q: Quantity, factor: float) -> Quantity:
    """A quantity so many times as large."""
    low, high = (None if end is None else tidy(end * factor) for end in (q.low, q.high))
    return replace(q, value=tidy(q.value * factor), low=low, high=high)
