"""What consultants wrote in a plan comes out whole, harmless and signed in every format."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import pytest
from amended import USUAL, amended_view, amendments, spoilt
from bs4 import BeautifulSoup
from documents import docx_text, pdf_text, squeezed

from advisor.amending import amend
from advisor.model import LANGUAGES
from advisor.render.direction import bare
from advisor.render.docx import render_docx
from advisor.render.html import render_html
from advisor.render.pdf import render_pdf
from advisor.render.telegram import action_messages, plan_messages
from advisor.render.view import PlanView, plan_view

HOSTILE = {
    "typst": '#let x = 1; #panic("no") $x^2$ *b* _i_ @ref <l> `code` \\ // /* ~ -- = + [x] {y}',
    "html": "<script>alert(1)</script> &amp; <b onclick='x'> \"Sons\" &#60;i&#62; </li></ul>",
    "docx": "</w:t></w:r><w:p/> & <!-- x --> ]]> <?xml?>",
    "telegram": '</b></i> <a href="tg://user?id=1">x</a> <tg-spoiler> **b** __i__ [x](http://y)',
    "template": "{{ 7 * 7 }} {% raw %} {0} {name} {business_name} %s",
    "lines": "first\nsecond\u2028third\r\nfourth\x00\x1b[31m",
    "direction": "\u202eevil\u2066\u2069\u200f name",
    "mixed": 'קפה "Blue" 24/7 (2020), 10–15%',
    "long": "word " * 100,
    "one_word": "א" * 500,
}
HAND = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u206f]+")


def kept(text: str) -> str:
    """What should be left of a text, without white space."""
    return HAND.sub("", text)


def read_page(view: PlanView) -> str:
    page = BeautifulSoup(render_html(view), "html.parser")
    assert all(link["href"].startswith("#") for link in page.find_all("a"))
    assert not page.find("script")
    assert not page.find(onclick=True)
    return page.get_text()


@pytest.fixture(scope="module", params=product(HOSTILE, LANGUAGES), ids="-".join)
def spoilt_view(request, catalog, plans) -> tuple[str, PlanView]:
    name, language = request.param
    words = spoilt(HOSTILE[name])
    return kept(HOSTILE[name]), amended_view(catalog, plans["nothing_known"], language, words)


def times(view: PlanView) -> int:
    """How often a consultant's words are told at least: once a signature for name and reason, and
    for two actions the name, why, two steps, measure and stop; with the word, who, where and it."""
    return 2 * len(view.amendments) + 2 * 6 + 3


def test_the_page_holds_it_as_text(spoilt_view) -> None:
    text, view = spoilt_view
    assert squeezed(read_page(view)).count(squeezed(text)) >= times(view)


def test_the_docx_holds_it_as_text(spoilt_view) -> None:
    text, view = spoilt_view
    assert squeezed(docx_text(render_docx(view))).count(squeezed(text)) >= times(view)


@pytest.mark.poppler
def test_the_pdf_holds_it_as_text(spoilt_view) -> None:
    text, view = spoilt_view
    pdf = render_pdf(view)
    signs = Counter({sign: times(view) * n for sign, n in Counter(squeezed(text)).items()})
    assert signs - Counter("-") <= Counter(squeezed(pdf_text(pdf)))
    assert b"pdfuaid:part" in pdf


def test_a_chat_holds_it_as_text(spoilt_view, telegram_text) -> None:
    text, view = spoilt_view
    messages = plan_messages(view)
    messages += [m for action in view.actions for m in action_messages(view, action.id)]
    read = [telegram_text(message) for message in messages]
    assert all(0 < len(message.encode("utf-16-le")) // 2 <= 3500 for message in read)
    assert squeezed("".join(map(bare, read))).count(squeezed(text)) >= times(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_is_signed_where_it_is_made(amended, language: str) -> None:
    view, words = amended[language], USUAL[language]
    assert len(view.amendments) == 6
    for amendment in view.amendments:
        assert words.by in amendment.signed
        assert words.reason in amendment.signed
        assert "2026" in amendment.signed
        if not amendment.idle and amendment.action in {action.id for action in view.actions}:
            assert amendment.line in view.action(amendment.action).changes
    own = view.action("own_visits")
    assert own.name == words.name
    assert own.reasons == (words.why,)
    assert tuple(map(bare, own.steps)) == words.steps
    assert (own.measure.what, own.stop) == (words.measure, words.stop)
    assert own.rows_line == view.words["action"]["own"]


def test_words_of_another_language_stay_with_the_action_that_a_person_added(catalog, plans) -> None:
    """An action of the catalogue is told in the owner's language; a person's own has no other."""
    plan = plans["hotel"]
    view = amended_view(catalog, plan, "en", USUAL["en"])
    hebrew = plan_view(catalog, amend(plan, amendments(plan, "en", USUAL["en"])), "he")
    reworded = plan.actions[3].id
    assert view.action(reworded).name == USUAL["en"].name
    assert hebrew.action(reworded).name == catalog.action_text("he", reworded)["name"]
    assert bare(hebrew.action("own_visits").name) == USUAL["en"].name
