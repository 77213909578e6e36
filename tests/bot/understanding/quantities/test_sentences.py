"""Sentences of owners and the quantities in them, noted shortly: see sentences/he.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.catalog import read_yaml
from bot.understanding.quantities import Quantity, read_quantities

SENTENCES = Path(__file__).parent / "sentences"


def number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}".rstrip("0")


def noted(quantity: Quantity) -> str:
    """A quantity in the notation of the tables."""
    low, high = quantity.low, quantity.high
    figure = number(quantity.value)
    if low is not None and high is not None:
        figure = f"{number(low)}..{number(high)}"
    elif low is not None:
        figure = f">={number(low)}"
    elif high is not None:
        figure = f"<={number(high)}"
    unit = {
        "percent": " %",
        "money": f" {quantity.currency or 'money'}",
        "duration": " days",
        "count": "",
    }[quantity.kind]
    guess = "~" if quantity.approximate else ""
    return f"{guess}{figure}{unit}" + (f"/{quantity.per}" if quantity.per else "")


def cases() -> list[Any]:
    found = []
    for language in ("he", "en"):
        table = read_yaml(SENTENCES / f"{language}.yml")
        for group, sentences in table.items():
            for text, want in sentences.items():
                wanted = [str(w) for w in (want if isinstance(want, list) else [want])]
                found.append(pytest.param(text, wanted, id=f"{language}-{group}-{text}"))
    return found


@pytest.mark.parametrize(("text", "want"), cases())
def test_sentence(text: str, want: list[str]) -> None:
    assert [noted(q) for q in read_quantities(text)] == want
