"""Text is split before it is formatted, and shows as it was written."""

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_peer import parsed, units

from bot.telegram.text import LONGEST_TEXT, escape, sound, split

signs = st.sampled_from(["a", "ב", " ", "\n", ". ", "<", "&", ">", "<b>", "&amp;", "👩‍🔧", "₪"])
texts = st.lists(signs, max_size=60).map("".join)


@settings(deadline=None)
@given(texts, st.integers(min_value=8, max_value=80))
def test_every_piece_fits_even_when_escaped(text: str, limit: int) -> None:
    assert all(0 < units(escape(piece)) <= limit for piece in split(text, limit))


@settings(deadline=None)
@given(texts, st.integers(min_value=8, max_value=80))
def test_nothing_but_space_is_lost_between_pieces(text: str, limit: int) -> None:
    assert "".join("".join(split(text, limit)).split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_telegram_shows_what_was_written(text: str) -> None:
    assert parsed(f"<b>{escape(text)}</b>") == text


def test_a_long_text_is_cut_where_a_reader_pauses() -> None:
    paragraph = "מילה " * 400
    first, second = split(f"{paragraph.strip()}.\n\n{'word ' * 500}", LONGEST_TEXT - 500)
    assert first.endswith(".")
    assert second.startswith("word")


def test_an_emoji_of_several_signs_stays_whole() -> None:
    assert list(split("x" * 5 + "👩‍🔧", 8)) == ["xxxxx", "👩‍🔧"]


def test_halves_of_characters_are_replaced() -> None:
    assert sound("a\ud83d b\x00") == "a\ufffd b"
