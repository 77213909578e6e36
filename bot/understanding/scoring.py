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
    """Shares of exact readings: all, by language, by act, by type of the slot asked, and of
    messages with several slots."""
    tally: dict[str, list[int]] = {}
    for row, got in zip(rows, read, strict=True):
        for name in groups(catalog, row):
            counts = tally.setdefault(name, [0, 0])
            counts[0] += is_exact(catalog, row["expect"], got)
            counts[1] += 1
    return [Share(name, *counts) for name, counts in sorted(tally.items())]


def groups(catalog: Catalog, row: Row) -> Iterator[str]:
    """The groups that a row counts in."""
    yield "all"
    yield f"language {row['lang']}"
    yield f"act {row['expect']['act']}"
    if row.get("question"):
        yield f"type {catalog.slots[row['question']].kind}"
    if len(row["expect"].get("slots", {})) > 1:
        yield "several slots"


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
