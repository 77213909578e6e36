"""How long a plan takes, from answers to JSON in Hebrew: a table on standard output.

python bench/plan.py

Times are of the processor. Other work on the machine still slows it down, through its caches and
shared cores: where the fastest round is far below the median, measure again when it is quiet.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from advisor.answers_file import read_answers
from advisor.catalog import load_catalog
from advisor.planning import make_plan
from advisor.render.json import plan_json
from advisor.render.view import plan_view

ROOT = Path(__file__).parents[1]
ROUNDS = 15
LIMIT = 10
"""Milliseconds that a plan may take in the median."""

Result = TypeVar("Result")


def businesses() -> list[Path]:
    """Answers of whole businesses."""
    return sorted(
        [*(ROOT / "tests/data/answers").iterdir(), *(ROOT / "docs/examples").glob("*.yml")]
    )


def timed(task: Callable[[], Result], times: list[float]) -> Result:
    """What a task gives; its milliseconds are added to `times`."""
    begin = time.process_time()
    result = task()
    times.append(1000 * (time.process_time() - begin))
    return result


def main() -> None:
    """Print the table."""
    begin = time.process_time()
    catalog = load_catalog()
    print(f"reading the content, once: {1000 * (time.process_time() - begin):.0f} ms\n")
    heads = ("plan", "view", "json", "whole", "fastest")
    print(f"{'answers':20} " + " ".join(f"{head:>7}" for head in heads) + "  (median ms)")
    whole: list[float] = []
    fastest: list[float] = []
    for path in businesses():
        answers = read_answers(catalog, path)
        times: tuple[list[float], ...] = ([], [], [])
        for _ in range(ROUNDS):
            plan = timed(lambda a=answers: make_plan(catalog, a), times[0])
            view = timed(lambda p=plan: plan_view(catalog, p, "he"), times[1])
            timed(lambda p=plan, v=view: json.dumps(plan_json(p, v)), times[2])
        rounds = [sum(parts) for parts in zip(*times, strict=True)]
        whole += rounds
        fastest.append(min(rounds))
        medians = [*(statistics.median(part) for part in (*times, rounds)), fastest[-1]]
        print(f"{path.stem:20} " + " ".join(f"{ms:7.2f}" for ms in medians))
    median = statistics.median(whole)
    verdict = "kept" if median <= LIMIT else "missed"
    print(
        f"\n{'all':20} {median:31.2f} {statistics.median(fastest):7.2f}  of {LIMIT} ms, {verdict}"
    )


if __name__ == "__main__":
    main()
