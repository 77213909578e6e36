"""What holds for any number and any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drawn import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from bot.understanding.quantities import answer_lines, read_quantities

SUITES = Path(__file__).parents[3] / "data" / "suites"
HEBREW = [
    (row["value"], row["text"])
    for row in map(json.loads, (SUITES / "gen_he_integers.jsonl").read_text("utf-8").splitlines())
]
SCRAPS = [
    *("כ-20", "אלף", 'ש"ח', "וחצי", "חודשיים", "בין", "ל-40", "%", "מתוך", "שני", "לפחות", "עד"),
    *("חצי", "רבע", "מאה", "עשרים", "ו", "אחד", "יום", "שבוע", "בחודש", "(", ")", "/", ",", "."),
    *("between", "and", "a", "half", "of", "hundred", "two", "point", "five", "million", "k", "$"),
    *("every", "second", "in", "2019", "May", "at", "8", "1.200", "€", "minus", "-", "–", "½"),
]
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(SCRAPS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join),
)

quick = settings(max_examples=examples(60), deadline=None)


def only(text: str) -> float:
    """The value of the one quantity in a text."""
    (quantity,) = read_quantities(text)
    return quantity.value


@quick
@given(st.integers(min_value=0, max_value=999_999_999))
def test_english_words(number: int) -> None:
    assert only(num2words(number)) == number


@quick
@given(st.integers(min_value=1, max_value=999_999))
def test_english_words_of_money(number: int) -> None:
    (quantity,) = read_quantities(f"{num2words(number)} dollars")
    assert (quantity.kind, quantity.value, quantity.currency) == ("money", number, "USD")


@quick
@given(st.sampled_from(HEBREW))
def test_hebrew_words_of_money(pair: tuple[int, str]) -> None:
    number, words = pair
    (quantity,) = read_quantities(f"{words} שקלים")
    assert (quantity.kind, quantity.value, quantity.currency) == ("money", number, "ILS")


@quick
@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", ""]))
def test_digits_with_and_without_commas(number: int, mark: str) -> None:
    (quantity,) = read_quantities(f"₪{f'{number:,}'.replace(',', mark)}")
    assert (quantity.kind, quantity.value) == ("money", number)


@quick
@given(st.integers(min_value=1000, max_value=10**9), st.sampled_from([".", " ", "\u00a0"]))
def test_thousands_of_other_countries(number: int, mark: str) -> None:
    (quantity,) = read_quantities(f"{f'{number:,}'.replace(',', mark)} €")
    assert (quantity.kind, quantity.value) == ("money", number)


@quick
@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_decimals(number: object) -> None:
    assert only(f"{number}%") == pytest.approx(float(str(number)))


@quick
@given(st.integers(min_value=1, max_value=400), st.integers(min_value=1, max_value=400))
def test_ranges(low: int, step: int) -> None:
    high = low + step
    for text in (f"{low}-{high}%", f"between {low}% and {high}%", f"בין {low} ל-{high} אחוז"):
        (quantity,) = read_quantities(text)
        assert (quantity.low, quantity.high) == (low, high)
        assert quantity.value == pytest.approx((low + high) / 2)


@settings(max_examples=examples(200), deadline=None)
@given(texts)
@example("ו")
@example("-")
@example("half of")
@example("every second")
@example("1/0")
@example("²³ ① ٣٫٥")
def test_any_text_is_read_without_harm(text: str) -> None:
    reached = 0
    for quantity in read_quantities(text):
        assert reached <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end].strip()
        reached = quantity.end
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.value <= quantity.high


@quick
@given(texts)
def test_a_text_is_read_the_same_again(text: str) -> None:
    assert read_quantities(text) == read_quantities(text)


@quick
@given(st.one_of(texts, st.just("{}"), st.just("[1]"), st.just("")))
def test_any_line_gets_a_line(line: str) -> None:
    (answer,) = answer_lines([line])
    assert isinstance(json.loads(answer)["quantities"], list)


def test_lines_that_are_no_messages_end_nothing() -> None:
    nested, half = "[" * 100_000, json.dumps({"text": "\ud800 4 people"})
    told = [json.loads(answer)["quantities"] for answer in answer_lines(["\n", nested, half, "7"])]
    assert [[found["value"] for found in row] for row in told] == [[], [], [4], []]
    assert told[2][0]["start"] == 2


@pytest.mark.parametrize("text", ["{}", "-{}", "{}%", "{} million", "{} shekels"])
def test_numbers_without_end_are_none(text: str) -> None:
    assert read_quantities(text.format("9" * 400)) == []
