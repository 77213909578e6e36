"""The points of the articles: sources.yml."""

from __future__ import annotations

from pathlib import Path

from advisor.catalog.files import read_yaml, rows_of
from advisor.catalog.types import Source


def read_sources(path: Path) -> dict[str, Source]:
    """The points of the articles."""
    with rows_of(path):
        rows = read_yaml(path)
        return {name: Source(name, row["gist_en"], row["frame"]) for name, row in rows.items()}
