"""How many people: "me, my brother and two girls" is four, "a nurse and three cleaners" is four.

Numbers of people who are listed add up; a person named without a number counts as one; the owner
counts where the slot includes them and the number doesn't yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from bot.understanding.amounts import STOP, Amount, corrected, meant, replaced
from bot.understanding.words import Words, bare

COMPANION = 4
"""Words in a clause that is one more person, at most."""


@cache
def joints(words: Words) -> re.Pattern[str]:
    """What stands between the people of a list."""
    spaced = "|".join(re.escape(word) for word in words.raw["lists"] if len(word) > 1)
    glued = "".join(word for word in words.raw["lists"] if len(word) == 1)
    return re.compile(rf"\s*[,+&]\s*|(?<!\w)(?:{spaced})(?!\w)|(?<!\w)[{glued}](?=\w)", re.I)


def employees(
    text: str, counts: Sequence[Amount], words: Words, latest: bool = False
) -> Amount | None:
    """People who work in the business, the owner included."""
    counts = [c for c in counts if not words["things"].opens(text[c.end :])]
    gone = dismissed(text, counts, words)
    if gone is not None:
        return gone
    counts = whole(text, counts, words)
    if len(counts) > 1 and (latest or any(replaced(text, c, words) for c in counts)):
        return meant(None, text, counts, words, latest=True)
    total = stated(text, counts, words)
    if total is not None:
        return total
    chosen = corrected(text, counts, words)
    if chosen is not None:
        return chosen
    total = listed(text, counts, words)
    if total is None:
        return Amount(1, 0, len(text)) if words["alone"].inside(text) else None
    if owner_missing(text, words):
        return plus(total, 1)
    return total if counts else None


def missing(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """People who are missing: a list of them adds up, unless its sum is said."""
    counts = whole(text, counts, words)
    said = stated(text, counts, words) or corrected(text, counts, words)
    return said or listed(text, counts, words)


def whole(text: str, counts: Sequence[Amount], words: Words) -> list[Amount]:
    """The numbers without those that are a part of the first one, or were so before: 'we're six,
    two of them family', '3 now, there were 8'."""
    kept = list(counts[:1])
    for earlier, count in pairwise(counts):
        lead = STOP.split(text[earlier.end : count.start])[-1]
        tail = STOP.split(text[count.end :])[0]
        part = words["part_of"].inside(lead) or words["part_of"].inside(tail)
        once = not kept[0].low and words["before"].inside(lead)
        if not (part or once):
            kept.append(count)
    return kept


def stated(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """The sum, where the owner says it: 'so that makes two', '14 of us', 'my son, so we are 5'."""
    for count in reversed(counts):
        lead, tail = STOP.split(text[: count.start])[-1], text[count.end :]
        if near(lead, words, "sums") or words["sums_after"].opens(tail):
            return count
        last = count is counts[-1] and not words["person"].inside(tail)
        if last and near(lead, words, "sums_last") and words["person"].inside(text[: count.start]):
            return count
    return None


def near(lead: str, words: Words, group: str) -> bool:
    """Whether a word of a group ends a text that leads up to a number, but for one such as
    'actually' or 'now'."""
    rests = [lead[match.end() :].strip(" -:") for match in words[group].find(lead)]
    return any(not r or words["correction"].whole(r) or words["now"].whole(r) for r in rests)


def listed(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """The people of a list, without the owner."""
    if len(counts) == 1 and counts[0].low is not None:
        return counts[0]
    total = 0.0
    seen: list[Amount] = []
    for start, end in spans(text, words):
        inside = [c for c in counts if start <= c.start < end]
        if inside:
            total += inside[0].value
            seen.append(inside[0])
        elif not (seen and words["part_of"].inside(text[start:end])):
            total += len({m.group("word") for m in words["person"].find(text[start:end])})
    if not total and not seen:
        return None
    return Amount(total, 0, len(text), approximate=any(c.approximate for c in seen))


def spans(text: str, words: Words) -> list[tuple[int, int]]:
    """The places of the pieces of a list."""
    starts, ends = [0], []
    for joint in joints(words).finditer(text):
        ends.append(joint.start())
        starts.append(joint.end())
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if text[a:b].strip()]


def continues(piece: str, words: Words) -> bool:
    """Whether a clause begins with what joins the people of a list."""
    opening = joints(words).match(piece)
    return opening is not None and bool(piece[opening.end() :].strip())


def companion(piece: str, words: Words) -> bool:
    """Whether a clause is one more person and nothing else: 'and my mum', 'ואחותי'."""
    short = len(piece.split()) <= COMPANION
    return short and words["person"].closes(piece) and continues(piece, words)


def owner_missing(text: str, words: Words) -> bool:
    """Whether the owner is named beside the others rather than among them."""
    if words["owner_counted"].inside(text):
        return False
    if words["owner_apart"].inside(text):
        return True
    return any(is_owner(text[a:b], words) for a, b in spans(text, words))


def is_owner(piece: str, words: Words) -> bool:
    """Whether a piece of a list is the owner, or begins with them: 'just me', 'me my wife'."""
    rest = words["just"].opening.sub("", bare(piece), count=1).strip()
    if words["owner"].whole(rest):
        return True
    return words["owner"].opens(rest) and words["person"].inside(rest)


def crew(text: str, counts: Sequence[Amount], words: Words) -> bool:
    """Whether a text is nothing but the owner and others: 'me, my husband and two lads'."""
    pieces = spans(text, words)
    owners = [(a, b) for a, b in pieces if is_owner(text[a:b], words)]
    others = [(a, b) for a, b in pieces if (a, b) not in owners]
    return bool(owners and others) and all(
        words["person"].inside(text[a:b]) or any(a <= count.start < b for count in counts)
        for a, b in others
    )


def dismissed(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """'We were nine, I let four go' is five."""
    if len(counts) != 2 or not words["left_us"].inside(text[counts[0].end :]):
        return None
    if not words["before"].inside(text[: counts[0].start]):
        return None
    return replace(counts[0], value=counts[0].value - counts[1].value, low=None, high=None)


def plus(amount: Amount, more: int) -> Amount:
    """So many more."""
    low, high = (None if end is None else end + more for end in (amount.low, amount.high))
    return replace(amount, value=amount.value + more, low=low, high=high)
