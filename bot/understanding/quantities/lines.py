"""Quantities as JSON, and the stream that the command `comeback quantities` speaks."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from bot.understanding.quantities.quantity import Quantity
from bot.understanding.quantities.reading import read_quantities

FIELDS = ("kind", "value", "currency", "low", "high", "start", "end")


def to_json(quantity: Quantity) -> dict[str, Any]:
    """The fields that the command prints; a range of a count is its middle, rounded up."""
    row = {name: getattr(quantity, name) for name in FIELDS}
    if quantity.kind == "count" and quantity.low is not None and quantity.high is not None:
        row["value"] = math.ceil(quantity.value)
    return row


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """A line of JSON for each line {"text"}; one that is no such thing holds no quantities."""
    for line in lines:
        try:
            row = json.loads(line)
            text = str(row["text"])
        except (ValueError, KeyError, TypeError, RecursionError):
            text = ""
        found = [to_json(quantity) for quantity in read_quantities(text)]
        yield json.dumps({"quantities": found}, ensure_ascii=False)
