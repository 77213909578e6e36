"""What owners write about being written to, and the number that a measure is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from advisor.catalog import read_yaml
from bot.understanding.quantities import read_quantities
from bot.understanding.tidy import tidy
from bot.understanding.words import Phrases

WISHES = Path(__file__).with_name("wishes.yml")


@cache
def wishes() -> dict[str, Phrases]:
    """Phrases by the control that they stand for."""
    rows: Mapping[str, Any] = read_yaml(WISHES)
    return {key: Phrases(p for group in groups for p in group) for key, groups in rows.items()}


def wished(text: str) -> str | None:
    """The button that a message stands for, where it is about being written to and nothing else."""
    said = (key for key, phrases in wishes().items() if phrases.whole(tidy(text)))
    return next((f"/{key}" for key in said), None)


def figure_in(text: str) -> float | None:
    """The one number of a text; None where there is none, or more than one."""
    found = read_quantities(text)
    return float(found[0].value) if len(found) == 1 else None
