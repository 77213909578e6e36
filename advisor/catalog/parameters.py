"""Numbers that rules and formulas use: parameters.yml."""

from __future__ import annotations

from pathlib import Path

from advisor.catalog.files import read_yaml, rows_of
from advisor.catalog.types import Parameter


def read_parameters(path: Path) -> dict[str, Parameter]:
    """Every number with its unit, source and date."""
    with rows_of(path):
        return {name: Parameter(id=name, **row) for name, row in read_yaml(path).items()}
