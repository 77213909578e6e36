"""Some of a project's examples, so many of each intent, the same ones for every pipeline."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.projects import LANGUAGES, read_examples, without_messages, write_examples

SEED = 0


def thinned(project: Path, count: int, seed: int = SEED) -> int:
    """Leave at most `count` examples of each intent, drawn by chance and half of each language as
    far as there are any; how many are left in all. Whole messages are left out."""
    without_messages(project)
    files = {
        path: read_examples(path)
        for language in LANGUAGES
        for path in sorted((project / language).rglob("*.yml"))
    }
    pools: dict[str, dict[str, list[str]]] = defaultdict(lambda: {lang: [] for lang in LANGUAGES})
    for path, examples in files.items():
        language = path.relative_to(project).parts[0]
        for intent, texts in examples.items():
            pools[intent][language] += texts
    kept = {intent: drawn(intent, pool, count, seed) for intent, pool in pools.items()}
    for path, examples in files.items():
        language = path.relative_to(project).parts[0]
        rest = {
            intent: [text for text in texts if text in kept[intent][language]]
            for intent, texts in examples.items()
        }
        write_examples(path, {intent: texts for intent, texts in rest.items() if texts})
    return sum(len(texts) for pool in kept.values() for texts in pool.values())


def drawn(
    intent: str, pool: Mapping[str, Sequence[str]], count: int, seed: int
) -> dict[str, set[str]]:
    """So many texts of one intent by language. Each intent has chances of its own, so that the
    examples of one don't depend on how many another has."""
    chance = random.Random(f"{seed} {intent}")
    texts = {language: list(dict.fromkeys(pool[language])) for language in sorted(pool)}
    mixed = {language: chance.sample(found, len(found)) for language, found in texts.items()}
    taken: dict[str, set[str]] = {language: set() for language in mixed}
    while sum(map(len, taken.values())) < count and any(mixed.values()):
        language = min((lang for lang in mixed if mixed[lang]), key=lambda lang: len(taken[lang]))
        taken[language].add(mixed[language].pop())
    return taken
