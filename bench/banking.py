"""BANKING77 with ten examples an intent through our own components: a public yardstick.

0.82 is what the published embedding reaches when it is wired right, so our components are asked
with it; then with our encoder, which was tuned for another subject and knows less of banks."""

from __future__ import annotations

import json
import random
import shutil
from collections import defaultdict
from pathlib import Path

from bench.measures import Intent, best
from bench.projects import (
    LANGUAGES,
    copied,
    read_examples,
    served,
    without_messages,
    write_examples,
)
from bench.training import trained
from bot.understanding.scoring import Row, Share

DATA = Path(__file__).parent / "data"
ENOUGH = 0.82
EXAMPLES = 10
"""Of each of our two acts, as of each intent of the suite."""
ROWS = 800
SEED = 0
OURS, PUBLISHED = "components.embedding.OwnersFeaturizer", "components.plain_e5.E5Featurizer"


def project_of(real: Path, folder: Path, featurizer: str) -> Path:
    """A copy of our project with the suite's examples in place of ours, on an embedding."""
    config = (DATA / "banking77.yml").read_text("utf-8")
    project = copied(real, folder, config.replace(OURS, featurizer))
    without_messages(project)
    for language in LANGUAGES:
        shutil.rmtree(project / language)
        (project / language).mkdir()
    examples: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(DATA / "banking77_train_10.jsonl"):
        examples[row["intent"]].append(row["text"])
    write_examples(project / "en" / "banking77.yml", {**examples, **acts(real / "en" / "acts")})
    return project


def acts(folder: Path) -> dict[str, list[str]]:
    """Examples of the two acts that our classifier has heads of their own for and can't go
    without. They only add to what may be mistaken for something else."""
    general = read_examples(folder / "change.yml")
    named, found = read_examples(folder / "change_named.yml"), {}
    for intents in ({**general, **named}, read_examples(folder / "language.yml")):
        for intent in list(intents)[:2]:
            found[intent] = intents[intent][: EXAMPLES // 2]
    return found


def rows_of(path: Path) -> list[Row]:
    """Rows of a suite."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


async def accuracy(real: Path, folder: Path, featurizer: str, patience: float) -> Share:
    """Train on the suite's examples, for `patience` seconds at most, and read messages of its
    test."""
    project = project_of(real, folder, featurizer)
    trained(project, patience)
    rows = random.Random(SEED).sample(rows_of(DATA / "banking77_test.jsonl"), ROWS)
    async with served(project, [row["text"] for row in rows]) as server:
        documents, _ = await server.ask_all(row["text"] for row in rows)
    right = sum(
        best(document) == Intent.named(row["intent"])
        for document, row in zip(documents, rows, strict=True)
    )
    return Share(featurizer.rpartition(".")[2], right, len(rows))
