"""Things to schedule: those of example businesses, and any number of others by a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from advisor.answers_file import parse_answers, read_answers
from advisor.catalog import Catalog, read_yaml
from advisor.facts import derive, known_values
from advisor.findings import find
from advisor.model import Answers
from advisor.planning import Case, weigh
from advisor.schedule import Task

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests" / "data" / "answers"
BUSINESSES = ROOT / "tests" / "advisor" / "rules" / "businesses.yml"


def case_of(catalog: Catalog, answers: Answers) -> Case:
    """What there is to schedule for these answers."""
    facts = derive(answers)
    return weigh(catalog, known_values(answers, facts), find(catalog, answers, facts))


def businesses(catalog: Catalog) -> Iterator[tuple[str, Case]]:
    """Every whole business that the tests know."""
    for path in sorted([*ANSWERS.iterdir(), *(ROOT / "docs" / "examples").glob("*.yml")]):
        yield path.stem, case_of(catalog, read_answers(catalog, path))
    for name, row in read_yaml(BUSINESSES).items():
        yield name, case_of(catalog, parse_answers(catalog, json.dumps(row["answers"])))


def others(number: int) -> Iterator[tuple[str, Case]]:
    """Made up: as large as plans are, with less room and longer chains than most."""
    for seed in range(number):
        chance = random.Random(seed)
        tasks = [task(chance, n) for n in range(chance.randint(8, 26))]
        hours, budget = chance.choice((2, 3, 4, 6, 9)), chance.choice((0, 150, 400, 1500))
        yield f"made up {seed}", Case(tuple(tasks), hours, budget, 20, None)


def task(chance: random.Random, n: int) -> Task:
    """One of the size that actions have."""
    earlier = [f"task{k:02}" for k in range(max(0, n - 6), n)]
    return Task(
        id=f"task{n:02}",
        hours=chance.choice((1, 2, 3, 3, 4, 4, 5, 6, 8, 10)),
        weeks=chance.choice((1, 1, 2, 2, 3, 4)),
        cost=chance.choice((0, 0, 0, 0, 450, 600)),
        requires=tuple(chance.sample(earlier, min(len(earlier), chance.choice((0, 0, 0, 1, 2))))),
        priority=chance.uniform(25, 90),
    )
