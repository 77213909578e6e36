"""Words ready to send: drafts.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from advisor.catalog.files import read_yaml, rows_of
from advisor.conditions import ready
from advisor.model import Draft, DraftPart


def read_drafts(path: Path) -> Iterator[Draft]:
    """Words ready to send, in the order in which they are offered."""
    with rows_of(path):
        for row in read_yaml(path):
            yield Draft(
                id=row["draft"],
                actions=tuple(row["actions"]),
                channel=row["channel"],
                advertising=row.get("advertising", False),
                when=ready(row.get("when") or {}),
                checks=tuple(row["checks"]),
                parts=tuple(map(read_part, row["parts"])),
            )


def read_part(row: str | Mapping[str, Any]) -> DraftPart:
    """A paragraph: its id alone, or with its condition."""
    return DraftPart(row, {}) if isinstance(row, str) else DraftPart(row["id"], row["when"])
