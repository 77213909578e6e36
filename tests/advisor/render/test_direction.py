"""Names and numbers stay whole; hostile direction marks go."""

from hypothesis import given
from hypothesis import strategies as st

from advisor.render.direction import bare, clean, isolate, line, number, runs


def test_direction_marks_and_controls_are_taken_out():
    assert clean("a\u202eb\u2066c\u200f\x00\n\td\u2069") == "abc d"


def test_a_hebrew_name_needs_no_isolate():
    assert isolate("he", 'מפעלי צפון בע"מ') == 'מפעלי צפון בע"מ'


def test_a_latin_name_is_isolated_in_hebrew_and_a_hebrew_one_in_english():
    assert isolate("he", "Cafe 22") == "\u2068Cafe 22\u2069"
    assert isolate("en", "קפה 22") == "\u2068קפה 22\u2069"
    assert isolate("en", "Cafe 22") == "Cafe 22"


def test_only_numbers_that_flip_are_isolated():
    for text in ("-22%", "+3,200", "10–15%"):
        assert number("he", text) == f"\u2066{text}\u2069"
        assert number("en", text) == text
    for text in ("33%", "12,500\u00a0₪", "10-15%"):
        assert number("he", text) == text


def test_a_hebrew_line_that_begins_with_latin_gets_a_mark():
    assert line("he", "WhatsApp עובד") == "\u200fWhatsApp עובד"
    assert line("he", "\u2068Cafe\u2069 עובד") == "\u2068Cafe\u2069 עובד"
    assert line("he", "20") == "\u200f20"
    assert line("he", "שלום") == "שלום"
    assert line("he", "") == ""


def test_an_english_line_that_begins_with_hebrew_gets_a_mark():
    assert line("en", "שלום is hello") == "\u200eשלום is hello"
    assert line("en", "20") == "20"


def test_runs_tell_what_is_isolated():
    found = list(runs("שם: \u2068Cafe\u2069, \u2066-2%\u2069"))
    assert found == [
        ("plain", "שם: "),
        ("either", "Cafe"),
        ("plain", ", "),
        ("left_to_right", "-2%"),
    ]


@given(st.text())
def test_runs_lose_nothing_of_what_was_isolated(text):
    told = isolate("he", text)
    assert "".join(run for _, run in runs(told)) == clean(text) == bare(told).strip()
