"""How fast quantities are read, and how much of the public suites: a table on standard output.

python bench/quantities.py
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

import yaml

from bot.understanding.quantities import read_quantities
from bot.understanding.quantities.reading import LONGEST

TESTS = Path(__file__).parents[1] / "tests"
SENTENCES = TESTS / "bot" / "understanding" / "quantities" / "sentences"
SUITES = TESTS / "data" / "suites"
ROUNDS = 5
HOSTILE = ("7 ", "1,", "+1", "one ", "חצי ", "1")
"""What a message of the greatest length is made of to keep the reader busy."""


def corpora() -> dict[str, list[str]]:
    """Texts by where they are from."""
    found = {
        f"sentences {path.stem}": [
            text for group in yaml.safe_load(path.read_text("utf-8")).values() for text in group
        ]
        for path in sorted(SENTENCES.glob("*.yml"))
    }
    for path in sorted([*SUITES.glob("*.jsonl"), *(TESTS / "data").glob("*.jsonl")]):
        lines = path.read_text("utf-8").splitlines()
        found[path.stem] = [json.loads(line)["text"] for line in lines]
    for piece in HOSTILE:
        found[f"{piece!r}, {LONGEST} letters"] = [(piece * LONGEST)[:LONGEST]]
    return found


def milliseconds(texts: list[str]) -> list[float]:
    """The time of the processor that each reading took: others may keep it busy too."""
    found = []
    for text in texts * ROUNDS:
        begin = time.perf_counter()
        read_quantities(text)
        found.append(1000 * (time.perf_counter() - begin))
    return sorted(found)


def main() -> None:
    """Print the table."""
    begin = time.perf_counter()
    read_quantities("12")
    print(f"first reading, with loading: {time.perf_counter() - begin:.2f} s\n")
    titles = ("median ms", "mean ms", "99th ms", "worst ms")
    print(f"{'texts':24} {'n':>6}", *(f"{title:>10}" for title in titles))
    for name, texts in corpora().items():
        times = milliseconds(texts)
        ninety_nine = times[int(0.99 * (len(times) - 1))]
        figures = (statistics.median(times), statistics.mean(times), ninety_nine, times[-1])
        print(f"{name:24} {len(texts):6}", *(f"{figure:10.3f}" for figure in figures))


if __name__ == "__main__":
    main()
