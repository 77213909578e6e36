"""How many people: "me, my brother and two girls" is four, "a nurse and three cleaners" is four.

Numbers of people who are listed add up; a person named without a number counts as one; the owner
counts where the slot includes them and the number doesn't yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding.amounts import (
    STOP,
    Amount,
    corrected,
    extremes,
    hedged,
    meant,
    replaced,
    tense,
)
from bot.understanding.listing import is_owner, joints, listed, spans
from bot.understanding.words import Words

COMPANION = 4
"""Words in a clause that is one more person, at most."""
NEAR_BY = 2
"""Words between a number and 'missing' of which it tells, fewer than so many."""
PEOPLE = ("person", "persons", "people")
"""Groups of words for whom a number of people counts."""
SENTENCE = re.compile(r"[.;!?]")


def employees(
    text: str, counts: Sequence[Amount], words: Words, latest: bool = False
) -> Amount | None:
    """People who work in the business, the owner included."""
    counts = [c for c in counts if not words["things"].opens(text[c.end :])]
    if len(counts) == 1 and not counts[0].value and words["people"].opens(text[counts[0].end :]):
        return replace(counts[0], value=1)  # 'no employees' is the owner alone
    found = dismissed(text, counts, words) or extremes(text, counts, words)
    if found is not None:
        return found
    one = next(words["one_man"].find(text), None)
    if one is not None:
        return of_one_man(text, counts, one.span("word"), words)
    if not latest:
        text, counts = working(text, counts, words)
    if not counts and on_their_own(text, words):
        return Amount(1, 0, len(text))
    counts = in_ranges(text, whole(text, counts, words), words)
    if len(counts) > 1 and (latest or any(replaced(text, c, words) for c in counts)):
        return meant(None, text, counts, words, latest=True)
    said = stated(text, counts, words) or corrected(text, counts, words)
    if said is not None:
        return said
    total, with_owner = listed(text, counts, words)
    if total is not None and not with_owner and owner_missing(text, words):
        return plus(total, 1)
    if counts or with_owner:
        return total
    return Amount(1, 0, len(text)) if words["alone"].inside(text) else None


def of_one_man(text: str, counts: Sequence[Amount], place: tuple[int, int], words: Words) -> Amount:
    """The owner of 'a one man show, my son helps' and those who are named besides."""
    start, end = place
    rest = text[:start] + " " * (end - start) + text[end:]
    others = listed(rest, [c for c in counts if not start <= c.start < end], words)[0]
    return plus(others, 1) if others is not None else Amount(1, start, end)


def missing(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """People who are missing: a list of them adds up, unless its sum is said. A pair of hands is
    one of them."""
    hands = words["pair_of_hands"]
    counts = [replace(c, value=1) if hands.opens(text[c.start :]) else c for c in counts]
    places = wanted(text, counts, words)
    needed = [c for c in counts if any(start <= c.start < end for start, end in places)]
    counts = in_ranges(text, whole(text, needed or counts, words), words)
    said = stated(text, counts, words) or corrected(text, counts, words)
    return said or listed(text, counts, words)[0]


def working(text: str, counts: Sequence[Amount], words: Words) -> tuple[str, list[Amount]]:
    """The text with blanks for those who don't work here ("we need one more", "there are three
    more like us on the street"), where others do; and the numbers of those who do today."""
    told = sorted([*counts, *all_of_us(text, words)], key=lambda c: c.start)
    cut = text
    for start, end in (*wanted(text, told, words), *others(text, words)):
        cut = cut[:start] + " " * (end - start) + cut[end:]
    left = [c for c in told if cut[c.start : c.end].strip()]
    if not left and not any(words[group].inside(cut) for group in ("person", "alone")):
        cut, left = text, told
    times = {c.start: tense(cut, c, left, words) for c in left}
    if "now" in times.values():
        gone = [c for c in left if times[c.start] == "before" or has_left(cut, c, words)]
        left = [c for c in left if c not in gone]
        cut = without_clauses(cut, gone, left)
    return cut, left


def without_clauses(text: str, gone: Sequence[Amount], left: Sequence[Amount]) -> str:
    """The text with blanks for some numbers and what follows them in their clauses, which speaks
    of them: the 'of us' of 'we were 11 of us, today me and two others'."""
    for count in gone:
        end = count.end + len(STOP.split(text[count.end :])[0])
        if not any(count.start < c.start < end for c in left):
            text = text[: count.start] + " " * (end - count.start) + text[end:]
    return text


def has_left(text: str, count: Amount, words: Words) -> bool:
    """Whether a number is of those who left: 'two quit', 'I fired two'."""
    return words["left_us"].opens(text[count.end :]) or words["left_us"].closes(text[: count.start])


def all_of_us(text: str, words: Words) -> list[Amount]:
    """Numbers of people that are one word with 'of us'."""
    return [
        Amount(float(number), match.start("word"), match.end("word"))
        for number, phrases in words.nested["all_of_us"].items()
        for match in phrases.find(text)
    ]


def wanted(text: str, counts: Sequence[Amount], words: Words) -> list[tuple[int, int]]:
    """Where people are told of who are still to be found: "we need a cook", "two are missing"."""
    found = []
    for match in words["wanted"].find(text):
        behind = SENTENCE.split(text[match.end() :])[0]
        own = [m.start() for group in ("now", "has") for m in words[group].find(behind)]
        end = match.end() + min(own, default=len(behind))
        if any(match.end() <= c.start < end for c in counts) or words["person"].inside(
            text[match.end() : end]
        ):
            found.append((match.start(), end))
    for match in words["wanted_after"].find(text):
        near = [c for c in counts if len(text[c.end : match.start()].split()) < NEAR_BY]
        if near and near[-1].end <= match.start():
            found.append((near[-1].start, match.end()))
    return found


def others(text: str, words: Words) -> list[tuple[int, int]]:
    """The pieces of a list that tell of other businesses."""
    return [
        (start, end)
        for start, end in spans(text, words)
        if words["not_ours"].inside(text[start:end])
    ]


def on_their_own(text: str, words: Words) -> bool:
    """Whether a clause says that the owner works alone and names nobody else."""
    return words["left_alone"].closes(text) or any(
        words["by_myself"].inside(clause)
        and not words["person"].inside(words["by_myself"].pattern.sub(" ", clause))
        for clause in STOP.split(text)
    )


def whole(text: str, counts: Sequence[Amount], words: Words) -> list[Amount]:
    """The numbers without those that are a part of the first one, or were so before: 'we're six,
    two of them family', '3 now, there were 8'."""
    kept = list(counts[:1])
    for earlier, count in pairwise(counts):
        lead = STOP.split(text[earlier.end : count.start])[-1]
        tail = STOP.split(text[count.end :])[0]
        part = words["part_of"].inside(lead) or words["part_of"].inside(tail)
        part = part and not words["full_time"].opens(text[kept[0].end :])
        once = not kept[0].low and words["before"].inside(lead)
        if not (part or once):
            kept.append(count)
    return kept


def in_ranges(text: str, counts: Sequence[Amount], words: Words) -> list[Amount]:
    """The numbers, two that are one guess ('two, maybe three') as a range."""
    found: list[Amount] = []
    for count in counts:
        both = hedged(text, [found[-1], count], words) if found else None
        if both is not None and both.high is not None:
            found[-1] = both
        else:
            found.append(count)
    return found


def stated(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """The sum, where the owner says it: 'so that makes two', '14 of us', 'my son, so we are 5'."""
    for count in reversed(counts):
        lead, tail = STOP.split(text[: count.start])[-1], text[count.end :]
        if near(lead, words, "sums") or words["sums_after"].opens(tail):
            return count
        if len(counts) == 1 and words["together_with"].opens(tail):  # 'seven with my wife'
            return count
        last = count is counts[-1] and not names_people(tail, words)
        if last and near(lead, words, "sums_last") and names_people(text[: count.start], words):
            return count
    return None


def names_people(text: str, words: Words) -> bool:
    """Whether people are named."""
    return words["person"].inside(text) or words["persons"].inside(text)


def near(lead: str, words: Words, group: str) -> bool:
    """Whether a word of a group ends a text that leads up to a number, but for one such as
    'actually' or 'now'."""
    rests = [lead[match.end() :].strip(" -:") for match in words[group].find(lead)]
    return any(not r or words["correction"].whole(r) or words["now"].whole(r) for r in rests)


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
    if words["owner_added"].inside(text):
        return True
    if words["owner_counted"].inside(text):
        return False
    if words["owner_apart"].inside(text):
        return True
    return any(is_owner(text[a:b], words) for a, b in spans(text, words))


def crew(text: str, counts: Sequence[Amount], words: Words) -> bool:
    """Whether a text is nothing but the owner and others: 'me, my husband and two lads'."""
    pieces = spans(text, words)
    owners = [(a, b) for a, b in pieces if is_owner(text[a:b], words)]
    others = [(a, b) for a, b in pieces if (a, b) not in owners]
    if any(a <= count.start < b for count in counts for a, b in owners):
        return False  # 'I have 3 kids'
    return bool(owners and others) and all(
        words["person"].inside(text[a:b])
        or any(is_of_people(text[c.end : b], words) for c in counts if a <= c.start < b)
        for a, b in others
    )


def is_of_people(tail: str, words: Words) -> bool:
    """Whether nothing follows a number of a list but the people whom it counts."""
    return not tail.strip(" .!") or any(words[g].opens(tail) for g in PEOPLE)


def dismissed(text: str, counts: Sequence[Amount], words: Words) -> Amount | None:
    """'We were nine, I let four go' is five, as is 'we were nine, three quit, one was drafted'."""
    if len(counts) < 2 or not words["before"].inside(text[: counts[0].start]):
        return None
    ends = [count.start for count in counts[2:]] + [len(text)]
    leads = [text[one.end : other.start] for one, other in pairwise(counts)]
    tails = [text[c.end : end] for c, end in zip(counts[1:], ends, strict=True)]
    if not all(
        words["left_us"].inside(STOP.split(lead)[-1]) or words["left_us"].inside(tail)
        for lead, tail in zip(leads, tails, strict=True)
    ):
        return None
    left = counts[0].value - sum(count.value for count in counts[1:])
    return replace(counts[0], value=left, low=None, high=None) if left > 0 else None


def plus(amount: Amount, more: int) -> Amount:
    """So many more."""
    low, high = (None if end is None else end + more for end in (amount.low, amount.high))
    return replace(amount, value=amount.value + more, low=low, high=high)
