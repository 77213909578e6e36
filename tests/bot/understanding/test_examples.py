"""The training examples: every label is the contract's, both languages have each, and none is a
message that is measured with; and so are the messages with marked statements."""

import re
from pathlib import Path

import pytest
import yaml

from advisor.catalog import Catalog
from advisor.model import LANGUAGES, Kind
from comeback.evaluate import DEVELOPMENT_SETS, HELD_OUT_SETS, read_rows

ROOT = Path(__file__).parents[3]
MARKED = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
"""Words of a message of together/, and what they state."""
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


def together(language: str) -> list[dict[str, str | None]]:
    text = (ROOT / "nlu_data" / "together" / f"{language}.yml").read_text("utf-8")
    rows: list[dict[str, str | None]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_mark_what_the_contract_has(catalog: Catalog, language: str) -> None:
    rows = together(language)
    assert len(rows) >= 400
    for row in rows:
        text = row["text"] or ""
        assert row["question"] is None or row["question"] in catalog.slots, text
        assert not set("[]") & set(MARKED.sub("", text)), text
        for _, name in MARKED.findall(text):
            slot_id, _, rest = name.partition(".")
            slot = catalog.slots[slot_id]
            chosen = rest.split("+") if rest else []
            assert set(chosen) <= set(slot.options), text
            assert len(chosen) <= 1 or slot.kind is Kind.CHOICES, text
            assert bool(chosen) == bool(slot.options), text


def test_rows_expect_what_the_contract_has(catalog: Catalog) -> None:
    ids = set()
    for row in (row for path in (*DEVELOPMENT_SETS, *HELD_OUT_SETS) for row in read_rows(path)):
        assert row["id"] not in ids
        ids.add(row["id"])
        expect = row["expect"]
        assert expect["act"] in catalog.acts, row["id"]
        assert row["question"] is None or row["question"] in catalog.slots, row["id"]
        for name, value in {**expect["slots"], **expect.get("optional", {})}.items():
            slot = catalog.slots[name]
            named = [value] if slot.kind is Kind.CHOICE else value
            if slot.kind in (Kind.CHOICE, Kind.CHOICES):
                assert set(named) <= set(slot.options), row["id"]


def test_what_is_measured_is_not_trained_on(by_language: dict[str, dict[str, list[str]]]) -> None:
    def bare(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    rows = [row for path in (*DEVELOPMENT_SETS, *HELD_OUT_SETS) for row in read_rows(path)]
    kept_apart = {bare(row["text"]) for row in rows}
    written = [MARKED.sub(r"\1", r["text"] or "") for name in LANGUAGES for r in together(name)]
    examples = [t for found in by_language.values() for texts in found.values() for t in texts]
    trained = {bare(text) for text in (*examples, *written)}
    assert not [text for text in kept_apart & trained if len(text.split()) >= LONG]
