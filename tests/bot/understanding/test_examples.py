"""The training examples: every label is the contract's, both languages have each, and none is a
message of the development set."""

import json
import re
from pathlib import Path

import pytest
import yaml

from advisor.catalog import Catalog
from advisor.model import LANGUAGES, Kind

ROOT = Path(__file__).parents[3]
DEVELOPMENT_SET = ROOT / "tests" / "data" / "understanding_dev.jsonl"
LONG = 5
"""Words in a message, from which on two people don't write it alike by chance."""


def examples(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "nlu_data" / language).glob("*/*.yml")):
        for row in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            texts = [line.strip()[2:] for line in row["examples"].splitlines() if line.strip()]
            found.setdefault(row["intent"], []).extend(texts)
    return found


@pytest.fixture(scope="module")
def by_language() -> dict[str, dict[str, list[str]]]:
    return {language: examples(language) for language in LANGUAGES}


def test_both_languages_have_each_label(by_language: dict[str, dict[str, list[str]]]) -> None:
    he, en = (set(by_language[language]) for language in LANGUAGES)
    single = {name for name in he ^ en if "+" not in name}
    assert not single


def test_labels_are_of_the_contract(
    catalog: Catalog, by_language: dict[str, dict[str, list[str]]]
) -> None:
    for name in {name for found in by_language.values() for name in found}:
        topic, _, rest = name.partition(".")
        if topic == "change":
            assert rest in ("", *catalog.slots), name
        elif topic == "language":
            assert rest in LANGUAGES, name
        elif topic in catalog.slots:
            slot = catalog.slots[topic]
            chosen = rest.split("+") if rest else []
            assert set(chosen) <= set(slot.options), name
            assert len(chosen) <= 1 or slot.kind is Kind.CHOICES, name
            assert bool(chosen) == bool(slot.options), name
        else:
            assert topic in catalog.acts, name


def test_every_option_has_examples(
    catalog: Catalog, by_language: dict[str, dict[str, list[str]]]
) -> None:
    for language, found in by_language.items():
        for slot in catalog.slots.values():
            wanted = [f"{slot.id}.{option}" for option in slot.options] or [slot.id]
            assert all(len(found.get(name, ())) >= 10 for name in wanted), (language, slot.id)


def test_the_development_set_is_not_trained_on(
    by_language: dict[str, dict[str, list[str]]],
) -> None:
    def bare(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    rows = [json.loads(line) for line in DEVELOPMENT_SET.read_text("utf-8").splitlines()]
    kept_apart = {bare(row["text"]) for row in rows}
    trained = {
        bare(text) for found in by_language.values() for texts in found.values() for text in texts
    }
    assert not [text for text in kept_apart & trained if len(text.split()) >= LONG]
