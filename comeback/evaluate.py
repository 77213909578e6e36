"""Measures understanding on sets of expectations and prints tables."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.catalog import Catalog, load_catalog
from advisor.errors import ComebackError
from bot.understanding.lines import reading_as_json
from bot.understanding.reader import MessageReader
from bot.understanding.scoring import Row, Share, confusions, count_slots, is_exact, score
from comeback.settings import Settings
from comeback.wiring import understanding

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
DEVELOPMENT_SET = DATA / "understanding_dev.jsonl"
SEVERAL_SET = DATA / "understanding_fresh.jsonl"
"""Messages half of which say several things at once; looked at, too."""
MORE_SEVERAL_SET = DATA / "understanding_several.jsonl"
"""More of these; held out until 26 November 2026."""
HARD_SET = DATA / "understanding_hard.jsonl"
"""Answers that volunteer other things, stand among remarks, or correct another answer besides."""
DEVELOPMENT_SETS = (DEVELOPMENT_SET, SEVERAL_SET, MORE_SEVERAL_SET, HARD_SET)
PLAIN_SET = DATA / "understanding_plain.jsonl"
"""Each option said in the plainest words, three times a language; nobody may need luck there."""
HELD_OUT_SET = DATA / "understanding_held.jsonl"
UNSEEN_SET = DATA / "understanding_unseen.jsonl"
"""Written on 26 November 2026; a third of its answers say several things."""
HELD_OUT_SETS = (HELD_OUT_SET, UNSEEN_SET)
"""Messages whose misreadings nobody looked at while improving."""
CONFUSIONS_SHOWN = 15


async def report(settings: Settings, files: Sequence[Path] = (), misread: bool = False) -> None:
    """Read every message of each file with the real model; print figures and what was taken for
    what. Single messages are shown of the development sets and of files that were named."""
    catalog, console = load_catalog(), Console(highlight=False)
    sets = [(path, True) for path in files] or [
        *((path, True) for path in (*DEVELOPMENT_SETS, PLAIN_SET)),
        *((path, False) for path in HELD_OUT_SETS),
    ]
    async with understanding(settings) as client:
        await client.ready()
        reader = MessageReader(catalog, client)
        for path, open_book in sets:
            rows = read_rows(path)
            read, seconds = await read_all(reader, rows)
            console.print(f"{path.name}: {len(rows)} messages", style="bold", markup=False)
            console.print(figures(catalog, rows, read))
            console.print(of_slots(catalog, rows, read))
            console.print(of_time(seconds))
            if open_book:
                console.print(mistaken(catalog, rows, read))
            if open_book and misread:
                show_misread(console, catalog, rows, read)


async def read_all(reader: MessageReader, rows: Sequence[Row]) -> tuple[list[Row], list[float]]:
    """What was read of each row, whether that is asked about before it is stored, and how many
    seconds each took."""
    read: list[Row] = []
    seconds = []
    for row in rows:
        start = time.perf_counter()
        reading = await reader.read(row["text"], row["question"])
        seconds.append(time.perf_counter() - start)
        read.append({**reading_as_json(reading), "asks": bool(reading.alternatives)})
    return read, seconds


def figures(catalog: Catalog, rows: Sequence[Row], read: Sequence[Row]) -> Table:
    """Shares of messages with their confidence intervals."""
    table = Table("messages", "exact", "of", "share", "95 % interval", box=None)
    for share in score(catalog, rows, read):
        table.add_row(share.name, str(share.right), str(share.total), *shown(share))
    return table


def shown(share: Share) -> tuple[str, str]:
    """A share and its interval."""
    low, high = share.interval
    return f"{share.value:.3f}", f"{low:.3f}-{high:.3f}"


def of_slots(catalog: Catalog, rows: Sequence[Row], read: Sequence[Row]) -> str:
    """Values of slots over all messages."""
    count = count_slots(catalog, rows, read)
    parts = f"{count.right} right, {count.missed} missed, {count.extra} extra"
    return f"slots: F1 {count.f1:.3f} ({parts})"


def of_time(seconds: Sequence[float]) -> str:
    """How long a reading took, all in all."""
    median = statistics.median(seconds) * 1000
    late = statistics.quantiles(seconds, n=20)[-1] * 1000 if len(seconds) > 1 else median
    return f"a reading took {median:.1f} ms in the median, {late:.1f} ms at the 95th percentile"


def mistaken(catalog: Catalog, rows: Sequence[Row], read: Sequence[Row]) -> Table:
    """What was taken for what most often, with a message for example."""
    table = Table("meant", "read as", "times", "for example", box=None)
    for row in confusions(catalog, rows, read)[:CONFUSIONS_SHOWN]:
        table.add_row(row.meant, row.read, str(row.count), escape(row.example))
    return table


def show_misread(
    console: Console, catalog: Catalog, rows: Sequence[Row], read: Sequence[Row]
) -> None:
    """Each message that was misread, in full."""
    for row, got in zip(rows, read, strict=True):
        if is_exact(catalog, row["expect"], got):
            continue
        console.print(f"{row['id']} ({row['question']}): {row['text']}", markup=False)
        console.print(f"    expected {row['expect']}", markup=False)
        console.print(f"    read     {got}", markup=False)


def read_rows(path: Path) -> list[Row]:
    """Rows of expectations. Raises ComebackError where the file can't be read."""
    try:
        text = path.read_text("utf-8")
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except OSError as error:
        raise ComebackError(f"{path} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise ComebackError(f"{path} isn't JSON lines: {error}") from error
