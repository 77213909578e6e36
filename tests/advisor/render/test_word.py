"""A consultant's word keeps its lines and their direction, and a plan without one is as it was."""

from __future__ import annotations

import pytest

from advisor.model import LANGUAGES, PersonalWord
from advisor.render.direction import EITHER, END
from advisor.render.html import render_html
from advisor.render.json import plan_json
from advisor.render.view import plan_view


def word(text: str) -> PersonalWord:
    return PersonalWord("Dana", "North", text, "2026-03-09T23:30:00+02:00")


def test_lines_stay_lines_and_empty_ones_go(catalog, plans) -> None:
    view = plan_view(catalog, plans["cafe"], "en", word=word("One\n\n  two \u202e\r\n\x00\nthree"))
    assert view.word is not None
    assert view.word.paragraphs == ("One", "two", "three")
    assert view.word.signed == "Dana, North, March 9, 2026"


def test_a_hebrew_line_that_begins_in_latin_runs_as_the_plan(catalog, plans) -> None:
    said = "WhatsApp עדיף כאן.\nGood luck!"
    view = plan_view(catalog, plans["cafe"], "he", word=word(said))
    assert view.word is not None
    assert view.word.paragraphs == ("WhatsApp עדיף כאן.", f"{EITHER}Good luck!{END}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", " \n\t", "\u202e\x00"])
def test_nothing_to_read_is_no_word(catalog, plans, views, language: str, text: str) -> None:
    view = plan_view(catalog, plans["cafe"], language, word=word(text))
    assert view == views["cafe", language]
    assert 'id="word"' not in render_html(view)
    assert plan_json(plans["cafe"], view)["word"] is None
