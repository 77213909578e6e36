"""Questions: ids and types from the contract, the rest from questions/<area>.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from advisor.catalog.files import read_yaml, rows_of
from advisor.conditions import ready
from advisor.errors import ContentError
from advisor.model import AREAS, Kind, Slot


def read_slots(folder: Path, contract: Mapping[str, Any]) -> Iterator[Slot]:
    """The slots of every area: ids and types from the contract, the rest from questions/."""
    for area in AREAS:
        path = folder / "questions" / f"{area}.yml"
        with rows_of(path):
            for row in read_yaml(path):
                name = row.get("slot")
                if name not in contract or contract[name]["area"] != area:
                    raise ContentError(f"{path}: {name!r} is no slot of this area")
                yield read_slot(row, area, contract[name])


def read_slot(row: Mapping[str, Any], area: str, contract: Mapping[str, Any]) -> Slot:
    """One question, with the type and options that the contract gives its slot."""
    kind = Kind(contract["type"])
    options = ("true", "false") if kind is Kind.YESNO else contract.get("options", ())
    return Slot(
        id=row["slot"],
        area=area,
        kind=kind,
        options=tuple(options),
        core=row.get("core"),
        rows=tuple(row["rows"]),
        when=ready(row.get("when") or {}),
        depends_on=tuple(row.get("depends_on", ())),
        range=(row["range"][0], row["range"][1]) if "range" in row else None,
        exclusive=tuple(row.get("exclusive", ())),
    )
