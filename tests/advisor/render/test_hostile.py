"""What an owner types comes out whole and harmless in every rendering."""

from html import unescape

import pytest
from bs4 import BeautifulSoup

from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.planning import make_plan
from advisor.render.direction import CONTROLS, bare
from advisor.render.html import render_html
from advisor.render.json import plan_json
from advisor.render.telegram import action_messages, plan_messages
from advisor.render.view import plan_view

NAMES = {
    "markup": '<script>alert(1)</script> & "Sons" <b>',
    "template": "{{ 7 * 7 }} {% raw %} {0} %s",
    "entities": "A &amp; B &#60;i&#62;",
    "direction": "\u202eevil\u2066\u2069\u200f name\x00\x1b[31m",
    "emoji": "😀👩‍👩‍👧 שלום",
    "mixed": 'קפה "Blue" 24/7',
    "long": "א" * 4000,
    "long_markup": "<&>" * 1300,
    "long_emoji": "😀" * 4000,
}


@pytest.fixture(scope="module", params=NAMES)
def named(request, catalog, plans):
    """The name as it should appear, with a short plan under it in both languages."""
    typed = NAMES[request.param]
    answers = dict(plans["cafe"].answers)
    answers["business_name"] = Answer("business_name", AnswerState.KNOWN, typed)
    plan = make_plan(catalog, answers)
    shown = " ".join(CONTROLS.sub("", typed).replace("\x00", " ").replace("\x1b", " ").split())
    return shown, plan, {lang: plan_view(catalog, plan, lang) for lang in LANGUAGES}


def test_html_holds_the_name_as_text(named):
    shown, _, views = named
    for view in views.values():
        html = render_html(view)
        page = BeautifulSoup(html, "html.parser")
        assert shown in " ".join(page.find("header").get_text().split())
        assert page.find("script") is None
        assert page.find("img") is None
        assert not CONTROLS.search(html)


def test_telegram_holds_the_name_as_text_within_the_limit(named, telegram_text):
    shown, _, views = named
    for view in views.values():
        messages = plan_messages(view)
        messages += [m for action in view.actions for m in action_messages(view, action.id)]
        told = [telegram_text(message) for message in messages]
        assert all(0 < len(text.encode("utf-16-le")) // 2 <= 3500 for text in told)
        squeezed = "".join(bare(text) for text in told).replace(" ", "").replace("\n", "")
        assert shown.replace(" ", "") in squeezed


def test_json_holds_the_answer_as_typed(named):
    shown, plan, views = named
    for view in views.values():
        document = plan_json(plan, view)
        assert shown in document["prepared"]
        assert document["answers"]["business_name"] == plan.answers["business_name"].value


def test_no_message_holds_escapes_twice(named):
    shown, _, views = named
    if "&amp;" in shown:
        text = plan_messages(views["en"])[0]
        assert shown in unescape(text)
