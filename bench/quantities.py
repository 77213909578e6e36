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

TESTS = Path(__file__).parents[1] / "tests"
SENTENCES = TESTS / "bot" / "understanding" / "quantities" / "sentences"
SUITES = TESTS / "data" / "suites"
ROUNDS = 5


def corpora() -> dict[str, list[str]]:
    """Texts by where they are from."""
    found = {
        f"sentences {path.stem}": [
            text for group in yaml.safe_load(path.read_text("utf-8")).values() for text in group
        ]
        for path in sorted(SENTENCES.glob("*.yml"))
    }
    for path in sorted(SUITES.glob("*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        found[path.stem] = [json.loads(line)["text"] for line in lines]
    return found


def milliseconds(texts: list[str]) -> list[float]:
    """The time of each reading."""
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
    print(f"{'texts':24} {'n':>6} {'median ms':>10} {'99th ms':>10} {'worst ms':>10}")
    for name, texts in corpora().items():
        times = milliseconds(texts)
        ninety_nine = times[int(0.99 * (len(times) - 1))]
        median = statistics.median(times)
        print(f"{name:24} {len(texts):6} {median:10.3f} {ninety_nine:10.3f} {times[-1]:10.3f}")


if __name__ == "__main__":
    main()
