"""Words find what they mean, however they are spelled."""

from __future__ import annotations

import pytest

from advisor.catalog import Catalog
from advisor.model import Answer, AnswerState
from advisor.searching import sought, sought_widely, tokens_of, words


def held(catalog: Catalog, name: str, **options: str) -> frozenset[str]:
    answers = {"business_name": Answer("business_name", AnswerState.KNOWN, name)}
    answers |= {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in options.items()}
    return tokens_of(catalog, answers)


def finds(catalog: Catalog, search: str, tokens: frozenset[str]) -> bool:
    return all(wanted & tokens for wanted in sought(catalog, search))


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("לוי", "מאפיית לוי"),
        ("מאפ", "מאפיית לוי"),
        ("מַאֲפִיַּית", "מאפיית לוי"),
        ("גליל", "מלון הגליל"),
        ("הגליל", "מלון גליל עליון"),
        ("יינן", "בית היינן"),
        ("יינ", "בית היינן"),
        ("בעמ", 'כהן בע"מ'),
        ('בע"מ', "כהן בע״מ"),
        ("CAFE", "Café Zoë"),
        ("zoe", "Café Zoë"),
        ("joes", "Joe's Diner"),
        ("7", "Studio 7"),
        ("צה''ל", 'ספק צה"ל'),
        ("א.ב.", "א.ב. שיווק"),
        ("א. ב. שיווק", "אב שיווק"),
        ("א ב", "א.ב שיווק"),
        ("JB", "J. B. Plumbing"),
        ("ים", "חוף הים"),
    ],
)
def test_a_name_is_found(catalog: Catalog, search: str, name: str) -> None:
    assert finds(catalog, search, held(catalog, name))


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("בגליל", "מלון הגליל"),
        ("לגליל", "גליל עליון"),
        ("מהגליל", "יין הגליל"),
        ("שבחיפה", "חיפה שיווק"),
        ("למאפיית לוי", "מאפיית לוי"),
        ("למסעדות", "מסעדות הצפון"),
    ],
)
def test_prefixes_come_off_where_nothing_is_found_with_them(
    catalog: Catalog, search: str, name: str
) -> None:
    tokens = held(catalog, name)
    assert not finds(catalog, search, tokens)
    assert all(wanted & tokens for wanted in sought_widely(catalog, search))


@pytest.mark.parametrize(("search", "name"), [("לוין", "מאפיית לוי"), ("bakery", "Corner Books")])
def test_what_is_not_there_is_not_found(catalog: Catalog, search: str, name: str) -> None:
    assert not finds(catalog, search, held(catalog, name))


def test_an_option_is_found_by_its_label_in_either_language(catalog: Catalog) -> None:
    tokens = held(catalog, "X", sector="restaurant", crisis="war")
    for search in ("מסעדה", "restaurant", "מלחמה", "war restaurant"):
        assert finds(catalog, search, tokens), search
    assert not finds(catalog, "hotel", tokens)


def test_words_of_nothing_are_none() -> None:
    assert words("!?  \u200f -- ") == []
