"""What was understood is said back the way a person would."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from talking import known, plain

from advisor.catalog import load_catalog
from advisor.model import LANGUAGES, NUMERIC, Answer, Kind, Money, Value
from advisor.render.echoes import LONGEST_NAME, echo

CATALOG = load_catalog()
NUMBERS = [slot for slot in CATALOG.slots.values() if slot.kind in NUMERIC]
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")

both_languages = pytest.mark.parametrize("language", LANGUAGES)
each_number = pytest.mark.parametrize("slot", NUMBERS, ids=lambda slot: slot.id)


def told(language: str, slot: str, value: float | None = None, **ends: object) -> str:
    answer = known(CATALOG.slots[slot], plain(CATALOG.slots[slot]))
    if value is not None:
        money = CATALOG.slots[slot].kind is Kind.MONEY
        new: Value = Money(value, "ILS") if money else value
        answer = replace(answer, value=new)
    answer = replace(answer, **ends)  # type: ignore[arg-type]
    return MARKS.sub("", echo(CATALOG, language, answer)).replace("\u00a0", " ")


def test_echoes_say_what_a_number_counts() -> None:
    assert told("en", "churn_share", 33, approximate=True) == (
        "you feel that about 33% of the customers left"
    )
    assert told("he", "churn_share", 33, approximate=True) == "לתחושתך, בערך 33% מהלקוחות עזבו"
    assert told("en", "revenue_now", 30_000) == "₪30,000 a month today"
    assert told("he", "cash_runway", 45, low=30, high=60) == "הכסף יחזיק בין חודש לחודשיים"
    assert told("en", "supplier_delay", 7, low=7) == "supplies come at least a week late"
    assert told("he", "staff_gap", 3, high=3) == "חסרים עד 3 עובדים"


def test_one_two_none_and_all_have_words_of_their_own() -> None:
    assert told("he", "hours_per_week", 2) == "שעתיים בשבוע"
    assert told("he", "employees", 1) == "אדם אחד בעסק"
    assert told("en", "customers_now", 0) == "no customers today"
    assert told("en", "customers_now", 0, approximate=True) == "no customers today"
    assert told("he", "staff_gap", 2, approximate=True) == "חסרים בערך 2 עובדים"
    assert told("en", "contact_fresh", 100) == "all the details are right"


@both_languages
def test_every_number_has_an_echo(language: str) -> None:
    assert set(CATALOG.texts[language]["echoes"]) == {slot.id for slot in NUMBERS}


@both_languages
@each_number
def test_every_number_is_echoed_with_its_value(language: str, slot: object) -> None:
    name = slot.id  # type: ignore[attr-defined]
    for value, ends in (
        (9, {}),
        (9, {"approximate": True}),
        (9, {"low": 8, "high": 10}),
        (9, {"low": 9}),
        (9, {"high": 9}),
    ):
        text = told(language, name, value, **ends)
        assert re.search(r"\b(?:8|9)\b", text), text
        assert not re.search(r"[{}]|None| {2}", text)


@both_languages
def test_a_long_name_is_cut_short(language: str) -> None:
    slot = CATALOG.slots["business_name"]
    text = echo(CATALOG, language, known(slot, "Ab" * 200))
    assert len(text) < LONGEST_NAME + 10
    assert "..." in text


@both_languages
@pytest.mark.parametrize("value", [("price", "fear"), ("hardship",)])
def test_options_are_echoed_by_their_labels(language: str, value: tuple[str, ...]) -> None:
    slot = CATALOG.slots["churn_reasons"]
    text = echo(CATALOG, language, Answer(slot.id, known(slot, "price").state, value))
    for option in value:
        label = CATALOG.option_label(language, slot.id, option)
        assert label.lower() in text.lower()
