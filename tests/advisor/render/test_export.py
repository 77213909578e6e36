"""Everything that is stored about an owner, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog import Catalog, load_catalog
from advisor.model import LANGUAGES
from advisor.render.export import render_export

AT = "2026-03-01T12:07:00+00:00"
HOSTILE = [
    "</style><script>x()</script>",
    '"><img src=x onerror=y()>',
    "{{ 7*7 }}",
    "\u202egnp",
    "<!--",
]


def answer(slot: str, value: Any, **more: Any) -> dict[str, Any]:
    row = {"slot": slot, "state": "known", "value": value, "bounds": None, "approximate": False}
    return {**row, "at": AT, "replaced_at": None, **more}


def export(words: str = "Corner Bakery", **more: Any) -> dict[str, Any]:
    interview = {
        "due_at": AT,
        "ended_at": None,
        "answers": [
            answer("business_name", words),
            answer("monthly_budget", {"amount": 2000, "currency": "ILS"}),
            answer("customers_now", 250, bounds=[200, 300]),
            answer("sector", "restaurant", replaced_at=AT),
            answer("contact_channels", ["phone"]),
            answer("gone_slot", {"a": words}),
            answer("status", words),
            answer("employees", words),
        ],
        "plans": [{"version": 2, "made_at": AT, "document": {"actions": [{"id": words}]}}],
        "checkins": [{"action": words, "asked_at": AT, "state": "done", "value": 12.0}],
    }
    said = {"text": words, "option": None, "question": None, "at": AT}
    return {
        "chat": {"silence": "muted"},
        "interviews": [interview],
        "transcript": [
            {**said, "direction": "in"},
            {**said, "direction": "out"},
            {**said, "direction": "in", "text": None, "option": "cafe_" + words},
        ],
        "learning": {
            "consent": [{"given": False, "asked_at": AT, "answered_at": AT}],
            "kept": [{"at": AT, "text": words}],
        },
        "agreements": [{"version": "1", "shown_at": AT, "agreed_at": None}],
        **more,
    }


class Page(HTMLParser):
    """Tags and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Mapping[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told(catalog: Catalog, language: str) -> None:
    page = Page(render_export(catalog, export(), language))
    root = dict(page.tags)["html"]
    assert root == {"lang": language, "dir": "rtl" if language == "he" else "ltr"}
    words = catalog.texts[language]["export"]
    told = ["answers", "plans", "reminders", "muted", "consents", "shown", "no", "transcript"]
    for key in told:
        assert words[key] in page.words
    for text in ["Corner Bakery", "2026-03-01 12:07", "2,000", "200", "300", "12"]:
        assert text in page.words
    assert catalog.option_label(language, "sector", "restaurant") in page.words
    assert words["version"].format(version=2) in page.words


def test_times_are_those_of_the_owner(catalog: Catalog) -> None:
    page = Page(render_export(catalog, export(timezone="Asia/Jerusalem"), "en"))
    assert "2026-03-01 14:07" in page.words
    assert "Asia/Jerusalem" in page.words
    assert "UTC" in Page(render_export(catalog, export(), "en")).words


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_parts_say_so(catalog: Catalog, language: str) -> None:
    nothing = export(interviews=[], transcript=[], agreements=[], chat={"silence": None})
    nothing["learning"] = {"consent": [], "kept": []}
    page = Page(render_export(catalog, nothing, language))
    assert page.words.count(catalog.texts[language]["export"]["nothing"]) == 5


def tags(words: str) -> list[tuple[str, Mapping[str, str | None]]]:
    page = Page(render_export(load_catalog(), export(words), "en"))
    return [tag for tag in page.tags if tag[0] != "bdi"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    assert tags(words) == tags("Corner Bakery")
    page = Page(render_export(load_catalog(), export(words), "he"))
    assert page.words.count(words.strip("\u202e")) >= 5
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in page.tags}


@given(st.text(min_size=1, max_size=40))
def test_no_words_become_tags(words: str) -> None:
    assert [tag for tag, _ in tags("x" + words)] == [tag for tag, _ in tags("x")]
