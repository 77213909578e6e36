"""Long messages: the work grows with their length and no faster, and nothing of them is kept."""

from __future__ import annotations

import sys

import pytest

from bot.understanding.quantities import read_quantities
from bot.understanding.quantities.pipeline import pipeline
from bot.understanding.quantities.reading import LONGEST

PIECES = (
    *("7 ", "1,", "+1", "7-", "1/2 ", "1.", "7k ", "x5 ", "a@", "% ", "- ", "1 234 "),
    *("one ", "one and ", "about 1 ", "between 1 and ", "one point ", "month ", "half a "),
    *("שלוש ואחת ", "חצי ", "חודש ", "אלף ", "כ-20 ", "054-123-4567 ", "1.2.2020 "),
)


def calls(text: str) -> int:
    """How many functions are called to read a text."""
    count = 0

    def counting(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        read_quantities(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_length_is_twice_the_work(piece: str) -> None:
    read_quantities("1")
    short, long = (calls((piece * 400)[:length]) for length in (100, 400))
    assert long < 4.5 * short


def test_what_is_behind_the_longest_message_is_left_out() -> None:
    text = "7 " * LONGEST
    assert [q.end for q in read_quantities(text)][-1] <= LONGEST


def test_words_of_messages_are_not_kept() -> None:
    read_quantities("1")
    strings = pipeline().vocab.strings
    before = len(strings)
    read_quantities("twelve quibblesnatchers from Ramat Gan")
    assert len(strings) == before
