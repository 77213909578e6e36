"""The sums that a plan tells: sums.yml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from advisor.catalog.files import read_yaml, rows_of
from advisor.catalog.types import Sum
from advisor.conditions import ready


def read_sums(path: Path) -> Iterator[Sum]:
    """Sums in the order in which they are told."""
    with rows_of(path):
        for row in read_yaml(path):
            main = ready(row["main"]) if "main" in row else None
            yield Sum(row["sum"], ready(row.get("when") or {}), main)
