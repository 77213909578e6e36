"""Shares that are said the other way round: "only 60% stayed" of those who left is 40%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding import margins
from bot.understanding.amounts import STOP, Amount, from_to
from bot.understanding.quantities import Quantity
from bot.understanding.words import Words

WHOLE = 100.0
CHURN, MARGIN = "churn_share", "gross_margin"
HALF = re.compile(r"\s[-–—]\s")


def turned(slot: str, text: str, amount: Amount, words: Words) -> Amount:
    """The share of what the slot asks, where the nearest word speaks of the opposite; of a price,
    where it was said of a cost."""
    if slot == MARGIN and margins.is_added(text, amount, words):
        return margins.of_added(amount)
    governed = governing(text, amount, words, slot)
    straight = 0 if governed == "straight" else distance(text, amount, words, "straight", slot)
    inverse = 0 if governed == "inverse" else distance(text, amount, words, "inverse", slot)
    if inverse is None or (straight is not None and straight <= inverse):
        return amount
    low, high = (None if end is None else WHOLE - end for end in (amount.high, amount.low))
    return replace(amount, value=WHOLE - amount.value, low=low, high=high)


def governing(text: str, amount: Amount, words: Words, slot: str) -> str | None:
    """The group of the verb that has the number for its object, nothing but such as 'some' or
    'about' between: "we lost some 30 percent, still waiting for them"."""
    said = HALF.split(STOP.split(text[: amount.start])[-1])[-1].split()
    while said and words["hedges"].whole(said[-1]):
        said.pop()
    lead = " ".join(said)
    for group, verbs in (("straight", "loses"), ("inverse", "keeps")):
        phrases = words.nested[verbs].get(slot)
        if phrases is not None and phrases.closes(lead):
            return group
    return None


OPPOSITE = {"straight": "inverse", "inverse": "straight"}


def distance(text: str, amount: Amount, words: Words, group: str, slot: str) -> int | None:
    """Letters between the number and the nearest word of a group in the same sentence; words
    after the number are nearer than words before it. "Never came back" is of the other group."""
    lead = STOP.split(text[: amount.start])[-1]
    tail = STOP.split(text[amount.end :])[0]
    gaps = []
    for name, denied in ((group, False), (OPPOSITE[group], True)):
        phrases = words.nested[name].get(slot)
        if phrases is None:
            return None
        gaps += [
            2 * (len(lead) - match.end()) + 1
            for match in phrases.find(lead)
            if is_denied(lead, match.start(), amount, words) is denied
        ]
        gaps += [
            match.start()
            for match in phrases.find(tail)
            if is_denied(tail, match.start(), amount, words) is denied
        ]
    return min(gaps, default=None)


def is_denied(text: str, place: int, amount: Amount, words: Words) -> bool:
    """Whether the word right before a place is a denial; that of 'nobody didn't' is none."""
    before = text[:place].split()
    return bool(before) and amount.value > 0 and words["negation"].whole(before[-1])


def counted(text: str, amount: Amount, words: Words) -> bool:
    """Whether a bare number counts suppliers: 'three importers' is no share."""
    return words["suppliers"].opens(text[amount.end :])


def even(text: str, amount: Amount, words: Words) -> Amount | None:
    """The share of each of so many, where they have the same: 'four suppliers, the same from
    each'."""
    if amount.value < 1 or not words["equally"].inside(text):
        return None
    return replace(amount, value=WHOLE / amount.value, low=None, high=None)


def of_two(slot: str, text: str, quantities: Sequence[Quantity], words: Words) -> Amount | None:
    """The share that two numbers tell: '80 of 200', or for a margin 'I buy at 60 and sell at
    100'."""
    found = margins.of_prices(text, quantities, words) if slot == MARGIN else None
    if found is not None:
        return found
    if slot == CHURN and (fall := fallen(quantities, text, words)) is not None:
        return fall
    part = ratio(quantities, text, words)
    return turned(slot, text, part, words) if part is not None else None


def fallen(quantities: Sequence[Quantity], text: str, words: Words) -> Amount | None:
    """The share that left, where two counts tell how many there were and are: 'from 200 to 150'."""
    counts = [q for q in quantities if q.kind == "count"]
    if len(counts) != 2 or len(quantities) != 2 or not 0 <= counts[1].value < counts[0].value:
        return None
    were, are = (Amount(q.value, q.start, q.end) for q in counts)
    keeps = words.nested["keeps"][CHURN], words.nested["inverse"][CHURN]
    between = text[were.end : are.start]
    left = from_to(text, are, words) == "now" or any(group.closes(between) for group in keeps)
    if from_to(text, were, words) != "before" or not left:
        return None
    return Amount(WHOLE * (were.value - are.value) / were.value, were.start, are.end)


def ratio(quantities: Sequence[Quantity], text: str, words: Words) -> Amount | None:
    """'80 of 200' and '80 left, we had 200' as a share: two counts, the smaller one first, and
    words between that make the larger one the whole. 'Forty odd, call it 42' is none."""
    counts = [q for q in quantities if q.kind == "count"]
    if len(counts) != 2 or not 0 <= counts[0].value < counts[1].value:
        return None
    small, large = counts
    between = text[small.end : large.start]
    whole = any(words[group].inside(between) for group in ("of_all", "before"))
    if not whole or words["correction"].inside(between) or words["said_earlier"].inside(between):
        return None
    share = WHOLE * small.value / large.value
    return Amount(share, small.start, large.end, approximate=small.approximate)
