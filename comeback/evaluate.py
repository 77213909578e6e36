"""Measures understanding on the development set and prints a table."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from advisor.catalog import load_catalog
from advisor.errors import ComebackError
from bot.understanding.lines import reading_as_json
from bot.understanding.reader import MessageReader
from bot.understanding.scoring import Row, is_exact, score
from comeback.settings import Settings
from comeback.wiring import understanding

DEVELOPMENT_SET = (
    Path(__file__).resolve().parent.parent / "tests" / "data" / "understanding_dev.jsonl"
)
MISSES_SHOWN = 15


async def report(settings: Settings) -> None:
    """Read every message of the set with the real model; print figures and some misreadings."""
    catalog, rows = load_catalog(), read_rows(DEVELOPMENT_SET)
    async with understanding(settings) as client:
        await client.ready()
        reader = MessageReader(catalog, client)
        read = [reading_as_json(await reader.read(row["text"], row["question"])) for row in rows]
    table = Table("messages", "exact", "of", "share", "95 % interval", box=None)
    for share in score(catalog, rows, read):
        low, high = share.interval
        figures = (
            str(share.right),
            str(share.total),
            f"{share.value:.3f}",
            f"{low:.3f}-{high:.3f}",
        )
        table.add_row(share.name, *figures)
    console = Console(highlight=False)
    console.print(table)
    missed = [
        (r, g) for r, g in zip(rows, read, strict=True) if not is_exact(catalog, r["expect"], g)
    ]
    for row, got in missed[:MISSES_SHOWN]:
        console.print(f"{row['id']} ({row['question']}): {row['text']}", markup=False)
        console.print(f"    expected {row['expect']}", markup=False)
        console.print(f"    read     {got}", markup=False)


def read_rows(path: Path) -> list[Row]:
    """Rows of expectations. Raises ComebackError where the file isn't there."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ComebackError(f"{path} can't be read: {error.strerror}") from error
    return [json.loads(line) for line in text.splitlines() if line.strip()]
