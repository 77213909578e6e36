"""The words of the two languages have the same keys, and hold words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from advisor.catalog import read_yaml
from bot.understanding.quantities.lexicon import LANGUAGES, WORDS


def words_of(language: str) -> dict[str, Any]:
    table: dict[str, Any] = read_yaml(WORDS / f"{language}.yml")
    return table


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def test_the_languages_have_the_same_keys() -> None:
    first, *others = [set(words_of(language)) for language in LANGUAGES]
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_text(language: str) -> None:
    """YAML takes a bare no or on for a truth value."""
    assert [word for word in leaves(words_of(language)) if not isinstance(word, str)] == []
