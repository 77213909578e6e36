"""The examples of the project, and more that are made of them: several options in one breath."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Tuple

import yaml
from components.labels import Label, combines, read_label

LANGUAGES = ("he", "en")
TRADES = "trades"
"""The folder of words for what a business does. They teach which option a word names, and not how
likely it is that a message says so: no owner writes lists."""
JOINS = yaml.safe_load(Path(__file__).with_name("joins.yml").read_text("utf-8"))
"""What stands between statements, by the way of joining and by language."""
JOINED = 40
"""Joined examples for each language and slot."""
ALONE = frozenset({"none", "unknown", "never_checked"})
"""Options that nobody names beside others."""


@dataclass(frozen=True)
class Example:
    """A text of one language and what it stands for."""

    language: str
    text: str
    label: Label


def read_examples(project: Path, folder: str = "**") -> List[Example]:
    """Every example of the project, or of one folder of each language."""
    found = []
    for language in LANGUAGES:
        for path in sorted((project / language).glob(f"{folder}/*.yml")):
            for row in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
                lines = [line.strip() for line in row["examples"].splitlines() if line.strip()]
                label = read_label(row["intent"])
                found += [Example(language, line[2:].strip(), label) for line in lines]
    return found


def joined_examples(examples: List[Example]) -> Dict[str, List[str]]:
    """By intent: pairs of examples of two options of one slot, the same ones each time."""
    chance = random.Random(0)
    labels = [example.label for example in examples]
    single: Dict[Tuple[str, str], List[Example]] = defaultdict(list)
    for example in examples:
        options = example.label.options
        if len(options) == 1 and not ALONE & set(options):
            single[example.language, example.label.topic].append(example)
    made: Dict[str, List[str]] = defaultdict(list)
    for (language, slot), pool in sorted(single.items()):
        for _ in range(JOINED if combines(slot, labels) else 0):
            first, second = chance.sample(pool, 2)
            options = sorted({*first.label.options, *second.label.options})
            if len(options) > 1:
                text = (
                    first.text.rstrip(".") + chance.choice(JOINS["between"][language]) + second.text
                )
                made[f"{slot}.{'+'.join(options)}"].append(text)
    return made
