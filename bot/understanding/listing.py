"""The people of a list, one by one: "me, my brother and two girls" is the owner, one, and two.

A number that is the sum of those who follow it ("seven: two partners and five juniors", "one more,
my sister") or of those before it ("two partners, five juniors, seven") isn't added to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding.amounts import Amount
from bot.understanding.words import Words, bare

SPELT_OUT = re.compile(r"\s*(?:[:,(–—]|[.-]\s)")
"""What stands between a number and those that it counts, who are then named."""
CLOSED = re.compile(r"\s*(?:$|[.,;!?)])")
"""What stands behind a number that nothing is counted by."""
SIDE_BY_SIDE = re.compile(r"[,:–—=-]\s*$")


@dataclass(frozen=True, slots=True)
class Item:
    """Somebody of a list at text[start:end]: so many, or the owner; `said` where by a number."""

    value: float
    start: int
    end: int
    said: Amount | None = None
    owner: bool = False


@cache
def joints(words: Words) -> re.Pattern[str]:
    """What stands between the people of a list."""
    spaced = "|".join(re.escape(word) for word in words.raw["lists"] if len(word) > 1)
    glued = "".join(word for word in words.raw["lists"] if len(word) == 1)
    return re.compile(rf"\s*[,+&]\s*|(?<!\w)(?:{spaced})(?!\w)|(?<!\w)[{glued}](?=-?\w)", re.I)


def spans(text: str, words: Words) -> list[tuple[int, int]]:
    """The places of the pieces of a list."""
    starts, ends = [0], []
    for joint in joints(words).finditer(text):
        ends.append(joint.start())
        starts.append(joint.end())
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if text[a:b].strip()]


def listed(text: str, counts: Sequence[Amount], words: Words) -> tuple[Amount | None, bool]:
    """The people of a list without the owner, or with them, and whether they are counted."""
    if len(counts) == 1 and counts[0].low is not None:
        return counts[0], False
    items = items_of(text, counts, words)
    closing = total_at_end(text, items, words)
    if closing is not None:
        return closing
    kept, with_owner = without_parts(text, items, words)
    others = [item for item in kept if not item.owner]
    if not others:
        return None, False
    if len(kept) == 1 and others[0].said is not None:
        return others[0].said, with_owner
    guess = any(item.said.approximate for item in others if item.said)
    total = Amount(sum(item.value for item in others), 0, len(text), approximate=guess)
    return total, with_owner


def items_of(text: str, counts: Sequence[Amount], words: Words) -> list[Item]:
    """Those of a list in order: numbers of people, else the people who are named, and the owner."""
    found: list[Item] = []
    for start, end in spans(text, words):
        inside = [c for c in counts if start <= c.start < end]
        numbers = [
            c
            for c, before in zip(inside, (None, *inside), strict=False)
            if SPELT_OUT.match(text[c.end :])
            or (before is not None and SPELT_OUT.match(text[before.end :]))
            or counts_people(text[c.end : end], words)
        ]
        numbers = numbers if len(numbers) == len(inside) else inside[:1]
        found += [Item(c.value, c.start, c.end, said=c) for c in numbers]
        if not inside and not (found and words["part_of"].inside(text[start:end])):
            found += named_in(text, start, end, words)
        place = owner_at(text, start, end, inside, words)
        if place is not None:
            found.append(Item(1, *place, owner=True))
    return sorted(found, key=lambda item: item.start)


def counts_people(tail: str, words: Words) -> bool:
    """Whether a number has the people right behind it that it counts."""
    return any(words[group].opens(tail) for group in ("person", "persons", "people"))


def named_in(text: str, start: int, end: int, words: Words) -> list[Item]:
    """The people whom a piece names without a number, each of them once."""
    piece = text[start:end]
    said = {match["word"]: match for match in words["person"].find(piece)}
    if is_owner(piece, words) and is_role(piece, words):
        said = {}
    for match in list(said.values()):  # 'my son the driver' is one
        before = piece[: match.start()]
        if words["kin"].closes(before) and not words["kin"].whole(match["word"]):
            del said[match["word"]]
    return [Item(1, start + m.start("word"), start + m.end("word")) for m in said.values()]


def owner_at(
    text: str, start: int, end: int, counts: Sequence[Amount], words: Words
) -> tuple[int, int] | None:
    """Where the owner stands in a piece: at its beginning, or right behind a number."""
    for place in (start, *(count.end for count in counts)):
        if is_owner(text[place:end], words) and (place > start or not counts):
            return place, place + 1
    return (start, start + 1) if counts and is_owner(text[start:end], words) else None


def is_owner(piece: str, words: Words) -> bool:
    """Whether a piece of a list is the owner, or begins with them: 'just me', 'today only me'."""
    rest = bare(piece)
    while opening := words["just"].opening.match(rest) or words["now"].opening.match(rest):
        rest = rest[opening.end() :].strip(" ,")
    if words["owner"].first(rest) is not None:
        return True
    return words["owner"].opens(rest) and any(
        words[group].inside(rest) for group in ("person", "persons")
    )


def is_role(piece: str, words: Words) -> bool:
    """Whether a piece says what the owner is rather than who is with them: 'I'm the manager'."""
    return words.matches("own_role", piece) and not words["kin"].inside(piece)


def without_parts(text: str, items: Sequence[Item], words: Words) -> tuple[list[Item], bool]:
    """The list without those who were already counted by a number before them, and whether the
    owner is one of them."""
    kept: list[Item] = []
    with_owner, at = False, 0
    while at < len(items):
        item, parts = items[at], 0
        if item.said is not None and is_spelt_out(text, item, items[at + 1 : at + 2], words):
            parts = sum_reached(items[at + 1 :], item.value)
        kept.append(item)
        with_owner |= any(part.owner for part in items[at + 1 : at + 1 + parts])
        at += 1 + parts
    return kept, with_owner


def is_spelt_out(text: str, item: Item, following: Sequence[Item], words: Words) -> bool:
    """Whether a number of people in general is followed by a colon, a comma or the owner."""
    if not following:
        return False
    tail = text[item.end : following[0].start]
    general = words["people"].opening.match(tail.lstrip())
    if general is not None:
        tail = tail.lstrip()[general.end() :]
    return SPELT_OUT.match(tail) is not None or (following[0].owner and not tail.strip())


def sum_reached(items: Sequence[Item], value: float) -> int:
    """How many of the items add up to a value; 0 where they don't."""
    total = 0.0
    for count, item in enumerate(items, 1):
        total += item.value
        if total >= value:
            return count if total == value else 0
    return 0


def total_at_end(text: str, items: Sequence[Item], words: Words) -> tuple[Amount, bool] | None:
    """The number that closes a list, where it is the sum of all before it."""
    *parts, last = items or [Item(0, 0, 0)]
    if last.said is None or not CLOSED.match(text[last.end :]):
        return None
    if not SIDE_BY_SIDE.search(text[: last.start]):
        return None
    others = [part for part in parts if not part.owner]
    for counted, owner in ((parts, len(others) < len(parts)), (others, False)):
        if len(counted) > 1 and sum(part.value for part in counted) == last.value:
            return last.said, owner
    return None
