"""What is worth noticing: observations, insights and answers that seldom go together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from advisor.catalog.files import read_yaml, rows_of
from advisor.catalog.types import Contradiction, Insight, Observation
from advisor.conditions import ready


def read_contradictions(path: Path) -> Iterator[Contradiction]:
    """Pairs of answers to ask about once."""
    with rows_of(path):
        for row in read_yaml(path):
            yield Contradiction(row["id"], ready(row["when"]), tuple(row["slots"]))


def read_observations(path: Path) -> Iterator[Observation]:
    """What counts as evidence for each area's score."""
    with rows_of(path):
        for area, rows in read_yaml(path).items():
            for row in rows:
                yield Observation(row["id"], area, ready(row["when"]), row["points"])


def read_insights(path: Path) -> Iterator[Insight]:
    """What is worth telling."""
    with rows_of(path):
        for row in read_yaml(path):
            yield Insight(row["id"], ready(row["when"]), row["weight"])
