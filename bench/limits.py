"""Tries other limits of bot/understanding/limits.yml: python -m bench.limits [NAMES].

Every message of the development sets is parsed once; then one limit at a time is moved down and
up, and the number of messages that are read exactly is printed beside that of today. Writes
nothing: a limit that gains a message or two of a thousand has found chance.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from advisor.catalog import load_catalog, read_yaml
from bot.understanding.lines import reading_as_json
from bot.understanding.parsed import Parsed
from bot.understanding.reader import LIMITS, MessageReader, Parser
from bot.understanding.scoring import Row, is_exact
from bot.understanding.tidy import tidy
from comeback.evaluate import DEVELOPMENT_SETS, read_rows
from comeback.settings import read_settings
from comeback.wiring import understanding

NAMES = (
    "volunteered",
    "open_topic",
    "beside",
    "volunteered_option",
    "number_open",
    "number_volunteered",
    "number_own",
    "as_sure",
    "option",
    "leads",
    "named",
    "corrects",
    "other",
)
FACTORS = (0.6, 0.8, 0.9, 1.1, 1.25, 1.6)
"""What each limit is multiplied by; those of probabilities stay below 1."""
CERTAIN = 0.99


class Remembered:
    """A parser that asks another one about each text once."""

    available = True

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.known: dict[str, Parsed | None] = {}

    async def parse(self, text: str) -> Parsed | None:
        """What the other one said."""
        if text not in self.known:
            self.known[text] = await self.parser.parse(text)
        return self.known[text]


async def exact(reader: MessageReader, rows: Sequence[Row]) -> int:
    """How many messages are read exactly."""
    found = 0
    for row in rows:
        got = reading_as_json(await reader.read(tidy(row["text"]), row["question"]))
        found += is_exact(reader.catalog, row["expect"], got)
    return found


def others(value: float) -> Iterator[float]:
    """Values around a limit."""
    for factor in FACTORS:
        moved = round(value * factor, 4)
        yield min(moved, CERTAIN) if value < 1 else moved


async def main(names: Sequence[str]) -> None:
    """Parse, move and print."""
    catalog, limits = load_catalog(), read_yaml(LIMITS)
    rows = [row for path in DEVELOPMENT_SETS for row in read_rows(path)]
    table = Table("limit", "today", "messages", "other values, and messages more or less", box=None)
    async with understanding(read_settings()) as client:
        await client.ready()
        parser = Remembered(client)
        today = await exact(MessageReader(catalog, parser), rows)
        for name in names:
            tried = []
            for value in dict.fromkeys(others(limits[name])):
                reader = MessageReader(catalog, parser, limits={**limits, name: value})
                tried.append(f"{value}: {await exact(reader, rows) - today:+d}")
            table.add_row(name, str(limits[name]), str(today), ", ".join(tried))
    Console(highlight=False).print(table)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:] or NAMES))
