"""How well messages were read, against rows of expectations.

A reading is exact when act, target and all slots are right and nothing is extra. Values agree
within what a person would call the same: a point of a percentage, 1 % of a sum, 5 % of a duration.
Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog import Catalog
from advisor.model import Kind

Row = Mapping[str, Any]
Z = 1.96
FOREIGN = "out_of_scope"
NOTHING = "nothing"
STORED, ASKED = "stored without a word", "asked about first"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the ends of its confidence interval."""

    name: str
    right: int
    total: int

    @property
    def value(self) -> float:
        """The share itself, 0-1."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval."""
        n, p = max(self.total, 1), self.value
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def score(catalog: Catalog, rows: Iterable[Row], read: Iterable[Row]) -> list[Share]:
    """Shares of exact readings: all, by language, by act, by type of the slot that the message
    answers, and of messages with several slots; of what was out of scope, how much was taken for
    that, and of real answers, how many were; of readings that are stored without a word, and of
    those that are asked about first, how many are exact."""
    tally: dict[str, list[int]] = {}
    for row, got in zip(rows, read, strict=True):
        for name in groups(catalog, row):
            counts = tally.setdefault(name, [0, 0])
            counts[0] += is_exact(catalog, row["expect"], got)
            counts[1] += 1
        answers = row["expect"]["act"] in ("inform", "change")
        name = "answers refused" if answers else "out of scope found"
        if answers or row["expect"]["act"] == FOREIGN:
            counts = tally.setdefault(name, [0, 0])
            counts[0] += got["act"] == FOREIGN
            counts[1] += 1
        if got["slots"]:
            counts = tally.setdefault(ASKED if got.get("asks") else STORED, [0, 0])
            counts[0] += is_exact(catalog, row["expect"], got)
            counts[1] += 1
    return [Share(name, *counts) for name, counts in sorted(tally.items())]


def groups(catalog: Catalog, row: Row) -> Iterator[str]:
    """The groups that a row counts in."""
    yield "all"
    yield f"language {row['lang']}"
    yield f"act {row['expect']['act']}"
    slots = row["expect"].get("slots", {})
    if row["expect"]["act"] == "inform" and len(slots) == 1:
        yield f"type {catalog.slots[next(iter(slots))].kind}"
    if len(slots) > 1:
        yield "several slots"


@dataclass(frozen=True, slots=True)
class SlotCount:
    """Values of slots: rightly read, not read, and read where none or another was meant."""

    right: int
    missed: int
    extra: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0-1."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.extra)


def count_slots(catalog: Catalog, rows: Iterable[Row], read: Iterable[Row]) -> SlotCount:
    """Over all messages; an optional value counts neither way, if it is right."""
    right = missed = extra = 0
    for row, got in zip(rows, read, strict=True):
        slots, optional = row["expect"].get("slots", {}), row["expect"].get("optional", {})
        seen = got["slots"]
        found = {n for n in slots if n in seen and agrees(catalog, n, slots[n], seen[n])}
        spare = {n for n in optional if n in seen and agrees(catalog, n, optional[n], seen[n])}
        right += len(found)
        missed += len(slots) - len(found)
        extra += len(set(seen) - found - spare)
    return SlotCount(right, missed, extra)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Something that was taken for something else, how often, and a message for example."""

    meant: str
    read: str
    count: int
    example: str


def confusions(catalog: Catalog, rows: Iterable[Row], read: Iterable[Row]) -> list[Confusion]:
    """What was taken for what, the most frequent first. One side may be nothing."""
    examples: dict[tuple[str, str], list[str]] = {}
    for row, got in zip(rows, read, strict=True):
        if is_exact(catalog, row["expect"], got):
            continue
        for pair in pairs(catalog, row["expect"], got):
            examples.setdefault(pair, []).append(row["text"])
    ranked = sorted(examples.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Confusion(*pair, len(texts), texts[0]) for pair, texts in ranked]


def pairs(catalog: Catalog, want: Row, got: Row) -> Iterator[tuple[str, str]]:
    """Each thing that was meant with what was read for it."""
    if want["act"] != got["act"]:
        yield want["act"], got["act"] or NOTHING
        return
    if want.get("target") != got.get("target"):
        yield f"{want['act']} {want.get('target')}", f"{got['act']} {got.get('target')}"
        return
    slots, seen = want.get("slots", {}), got["slots"]
    for name, value in slots.items():
        if name not in seen:
            yield name, NOTHING
        elif not agrees(catalog, name, value, seen[name]):
            yield named(catalog, name, value), named(catalog, name, seen[name])
    for name in set(seen) - set(slots) - set(want.get("optional", {})):
        yield NOTHING, name


def named(catalog: Catalog, slot: str, value: Any) -> str:
    """A value of a slot in short: its options; of a number that there is one."""
    match catalog.slots[slot].kind:
        case Kind.CHOICES:
            return f"{slot}: {' + '.join(value)}"
        case Kind.CHOICE | Kind.YESNO:
            return f"{slot}: {value}"
        case _:
            return f"{slot}: a value"


def is_exact(catalog: Catalog, want: Row, got: Row) -> bool:
    """Whether a message was read just so."""
    if got["act"] != want["act"] or (want.get("target") and got["target"] != want["target"]):
        return False
    slots, optional = want.get("slots", {}), want.get("optional", {})
    seen = got["slots"]
    if any(
        name not in seen or not agrees(catalog, name, slots[name], seen[name]) for name in slots
    ):
        return False
    extra = [name for name in seen if name not in slots]
    return all(
        name in optional and agrees(catalog, name, optional[name], seen[name]) for name in extra
    )


def agrees(catalog: Catalog, slot: str, want: Any, got: Any) -> bool:
    """Whether two values of a slot say the same."""
    match catalog.slots[slot].kind:
        case Kind.PERCENT:
            return abs(float(want) - float(got)) <= 1
        case Kind.MONEY:
            near = abs(want["amount"] - got["amount"]) <= 0.01 * abs(want["amount"])
            return bool(near and want["currency"] == got["currency"])
        case Kind.COUNT:
            return bool(abs(want - got) <= 0.01 * abs(want))
        case Kind.DURATION:
            return bool(abs(want - got) <= 0.05 * abs(want))
        case Kind.CHOICES:
            return sorted(want) == sorted(got)
        case Kind.TEXT:
            return " ".join(str(want).split()) == " ".join(str(got).split())
        case _:
            return bool(want == got)
