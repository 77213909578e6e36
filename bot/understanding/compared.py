"""Two prices beside each other: "what's 90 at mine is 120 next door" is cheaper than others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

ACROSS = 50
"""What another price between a word and its price adds to the letters between the two."""
STOP = 15
"""The same for the end of a statement."""
CLEAR = 3
"""Letters by which one reading must be nearer than the other."""
LIKELY = 10
"""How many times as dear the same thing may be elsewhere."""
SAME = 1.03
"""Prices this near to each other are similar."""


def position(text: str, quantities: Sequence[Quantity], words: Words) -> str | None:
    """'cheaper', 'similar' or 'pricier' where the text tells the owner's price and another's, and
    says whose is whose; else None."""
    prices = [q for q in quantities if is_price(text, q, words)]
    if not words["theirs"].inside(text) or len(prices) not in (1, 2):
        return None
    if len(prices) == 1:
        return by_difference(text, prices[0], words)
    if len({q.currency for q in prices}) > 1:
        return None
    first, second = prices
    straight = distance(text, first, second, words)
    crossed = distance(text, second, first, words)
    if abs(straight - crossed) < CLEAR:
        return None
    mine, theirs = (first, second) if straight < crossed else (second, first)
    low, high = sorted((mine.value, theirs.value))
    if low <= 0 or high > LIKELY * low:
        return None
    if high <= SAME * low:
        return "similar"
    return "cheaper" if mine.value < theirs.value else "pricier"


def by_difference(text: str, price: Quantity, words: Words) -> str | None:
    """'20 shekels under the place next door': by how much, and of whom it is more or less."""
    tail = text[price.end :]
    for name, position, reverse in (
        ("below", "cheaper", "pricier"),
        ("above", "pricier", "cheaper"),
    ):
        match = next(words[name].find(tail), None)
        if match is None or tail[: match.start()].strip():
            continue
        rest = tail[match.end() :]
        whose = {who: next(words[who].find(rest), None) for who in ("mine", "theirs")}
        starts = {who: found.start() for who, found in whose.items() if found}
        first = min(starts, key=lambda who: starts[who], default=None)
        return {"theirs": position, "mine": reverse}.get(first or "")
    return None


def is_price(text: str, q: Quantity, words: Words) -> bool:
    """Whether a quantity may be a price: no share, no span of time, no number of things."""
    counts = words["things"].opens(text[q.end :]) or words["person"].opens(text[q.end :])
    return q.kind in ("count", "money") and not counts


def distance(text: str, mine: Quantity, theirs: Quantity, words: Words) -> int:
    """How far the words for the owner and for others stand from these prices."""
    both = (mine, theirs)
    gaps = [nearest(text, q, both, words, name) for q, name in ((mine, "mine"), (theirs, "theirs"))]
    return sum(gap for gap in gaps if gap is not None)


def nearest(
    text: str, price: Quantity, prices: Sequence[Quantity], words: Words, name: str
) -> int | None:
    """Letters between a price and the nearest word of a group; None where it has no such word."""
    gaps = []
    for match in words[name].find(text):
        start, end = sorted((match.start("word"), match.end("word")))
        low, high = (price.end, start) if start >= price.end else (end, price.start)
        between = text[low:high]
        across = any(low <= other.start < high for other in prices if other is not price)
        stops = any(mark in between for mark in ",.;!?")
        gaps.append(len(between) + ACROSS * across + STOP * stops)
    return min(gaps, default=None)
