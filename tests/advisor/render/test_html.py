"""The page is one file, whole, in its language and direction."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from advisor.model import LANGUAGES
from advisor.render.html import render_html


@pytest.fixture(scope="module")
def pages(views):
    return {
        key: BeautifulSoup(render_html(view), "html.parser")
        for key, view in views.items()
        if key[0] in ("wholesaler", "cafe", "nothing_known")
    }


def test_language_and_direction_are_declared(pages):
    for (_, language), page in pages.items():
        assert page.html["lang"] == language
        assert page.html["dir"] == ("rtl" if language == "he" else "ltr")


def test_nothing_is_fetched_or_run(pages):
    for page in pages.values():
        assert not page.find_all(["script", "link", "img", "iframe", "object"])
        assert "url(" not in page.style.string
        assert "@import" not in page.style.string


def test_headings_step_down_one_by_one(pages):
    for page in pages.values():
        levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4"])]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_link_leads_somewhere_on_the_page(pages):
    for page in pages.values():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for link in page.find_all("a"):
            assert link["href"].removeprefix("#") in ids


def test_the_chart_says_in_words_what_it_draws(pages, views):
    for key, page in pages.items():
        rows = page.select(".chart li")
        assert [row.select_one(".unseen").get_text() for row in rows] == [
            action.when for action in views[key].actions
        ]


def test_every_action_is_there_in_order(pages, views):
    for key, page in pages.items():
        ids = [article["id"] for article in page.select("article.action")]
        assert ids == [f"action-{action.id}" for action in views[key].actions]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_isolate_is_left_as_a_character(pages, language):
    text = str(pages["wholesaler", language])
    assert not set(text) & set("\u2066\u2067\u2068\u2069")


def test_only_the_first_action_is_open(pages):
    for page in pages.values():
        folded = page.select("article.action > details.more")
        assert [part.has_attr("open") for part in folded] == [True] + [False] * (len(folded) - 1)
        assert all(part.select_one("ol.steps") and part.select_one("dl.measure") for part in folded)
