"""The gross margin of owners who tell it by prices: "bought for 60, sold for 100" is 40 %, "twice
what it costs me" is 50 %, and "I add 50 percent" is 33 %, as a margin is a share of the price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.understanding.amounts import STOP, Amount
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

WHOLE = 100.0
MOST_TIMES = 20
"""A larger number of times the cost is no price."""


def of_prices(text: str, quantities: Sequence[Quantity], words: Words) -> Amount | None:
    """The margin between what something is bought and sold for."""
    prices = [q for q in quantities if q.kind in ("count", "money")]
    if len(prices) == 2:
        return traded(text, prices, words)
    if len(prices) < 2 and len(prices) == len(quantities):
        return folded(text, prices, words)
    return None


def traded(text: str, prices: Sequence[Quantity], words: Words) -> Amount | None:
    """The same from both prices."""
    first, second = prices
    roles = tuple(
        dealing(lead, words) for lead in (text[: first.start], text[first.end : second.start])
    )
    if sorted(role or "" for role in roles) != ["buys", "sells"]:
        return None
    cost, price = (first, second) if roles[0] == "buys" else (second, first)
    if not 0 < cost.value < price.value:
        return None
    guess = cost.approximate or price.approximate
    margin = WHOLE * (price.value - cost.value) / price.value
    return Amount(margin, first.start, second.end, approximate=guess)


def dealing(lead: str, words: Words) -> str | None:
    """Whether the last such word before a price is of buying or of selling."""
    said = [(m.end(), name) for name in ("buys", "sells") for m in words[name].find(lead)]
    return max(said)[1] if said else None


def folded(text: str, numbers: Sequence[Quantity], words: Words) -> Amount | None:
    """The margin of a price that is so many times the cost: 'double', '3 times what I pay'."""
    for q in numbers:
        before, after = words["fold"].closes(text[: q.start]), words["fold"].opens(text[q.end :])
        if q.kind == "count" and (before or after) and 1 < q.value <= MOST_TIMES:
            return of_times(q.value, q.start, q.end)
    if numbers:
        return None
    for times, phrases in words.nested["folds"].items():
        match = next(phrases.find(text), None)
        if match is not None:
            return of_times(float(times), *match.span("word"))
    factor = factors(words).search(text)
    if factor is None:
        return None
    said = float((factor[1] or factor[2]).replace(",", "."))
    return of_times(said, *factor.span()) if 1 < said <= MOST_TIMES else None


@cache
def factors(words: Words) -> re.Pattern[str]:
    """A number of times in digits: '3x', 'x 2.5', 'פי 3'. Such numbers count nothing, so they are
    no quantities."""
    fold = "|".join(re.escape(str(word)) for word in words.raw["fold"])
    number = r"(\d+(?:[.,]\d+)?)"
    return re.compile(
        rf"(?<!\w)(?:{fold})\s*{number}(?!\w)|(?<![\w.]){number}\s*(?:{fold})(?!\w)", re.I
    )


def of_times(times: float, start: int, end: int) -> Amount:
    """The margin of a price of so many times the cost."""
    return Amount(WHOLE * (1 - 1 / times), start, end)


def is_added(text: str, amount: Amount, words: Words) -> bool:
    """Whether a share is said to be what is added to the cost, rather than one of the price."""
    lead, tail = STOP.split(text[: amount.start])[-1], STOP.split(text[amount.end :])[0]
    return words["adds"].inside(lead) or words["on_cost"].inside(tail)


def of_added(amount: Amount) -> Amount:
    """The margin that is left of a price, where so much is added to the cost."""

    def margin(added: float) -> float:
        return WHOLE * added / (WHOLE + added)

    low, high = (None if end is None else margin(end) for end in (amount.low, amount.high))
    return replace(amount, value=margin(amount.value), low=low, high=high)
