"""Public suites, each with the share of it that is read right; LICENSES.md tells where from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.catalog import read_yaml
from bot.understanding.quantities import Quantity, read_quantities

SUITES = Path(__file__).parents[3] / "data" / "suites"
DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91.25, "year": 365}
KINDS = {"fraction": "percent", "number": "count"}

Row = dict[str, Any]


def rows_of(suite: str) -> list[Row]:
    """Entries of a suite without those left out for a written reason."""
    left_out = read_yaml(SUITES / "left_out.yml").get(suite, {})
    texts = {text for group in left_out.values() for text in group}
    lines = (SUITES / f"{suite}.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["text"] not in texts]


def close(got: float | None, want: float | None) -> bool:
    if got is None or want is None:
        return got is want
    return got == pytest.approx(want, rel=1e-6)


def plain(quantity: Quantity, text: str) -> float:
    """A share as the part of one that a suite of numbers calls it."""
    share = quantity.kind == "percent" and "%" not in text
    return quantity.value / 100 if share else quantity.value


def is_number(row: Row) -> bool:
    """One number, and the right one."""
    found = read_quantities(row["text"])
    want = row["value"] if "value" in row else row["norm"]["value"]
    return len(found) == 1 and close(plain(found[0], row["text"]), want)


def is_percent(row: Row) -> bool:
    """The percentages of a text, and no others."""
    found = [q.value for q in read_quantities(row["text"]) if q.kind == "percent"]
    want = [float(e["resolution"]["value"].rstrip("%")) for e in row["expected"]]
    return len(found) == len(want) and all(map(close, found, want))


def is_trap(row: Row) -> bool:
    """One quantity of the kind, with its value, ends, currency and whether it is a guess."""
    found, want = read_quantities(row["text"]), row["expected"]
    if len(found) != 1 or found[0].kind != KINDS.get(row["kind"], row["kind"]):
        return False
    got = found[0]
    unit = 100 if got.kind == "percent" else DAYS.get(want.get("grain"), 1)
    ends = {name: want[name] * unit for name in ("value", "low", "high") if name in want}
    return (
        all(close(getattr(got, name), value) for name, value in ends.items())
        and got.currency == want.get("currency")
        and got.approximate == want.get("approx", False)
    )


@pytest.mark.parametrize(
    ("suite", "is_right", "least"),
    [
        ("duckling_he_numeral", is_number, 1.0),
        ("gen_he_integers", is_number, 1.0),
        ("duckling_en_numeral", is_number, 0.95),
        ("recognizers_en_percent", is_percent, 1.0),
        ("traps", is_trap, 1.0),
    ],
)
def test_suite(suite: str, is_right: Callable[[Row], bool], least: float) -> None:
    rows = rows_of(suite)
    misread = [row["text"] for row in rows if not is_right(row)]
    assert 1 - len(misread) / len(rows) >= least, misread


def test_everything_left_out_is_in_its_suite() -> None:
    left_out = read_yaml(SUITES / "left_out.yml")
    for suite, groups in left_out.items():
        texts = {
            json.loads(line)["text"]
            for line in (SUITES / f"{suite}.jsonl").read_text("utf-8").splitlines()
        }
        assert {text for group in groups.values() for text in group} <= texts
