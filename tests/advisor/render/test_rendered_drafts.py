"""Drafts come out whole, copyable and harmless in every rendering."""

import json

import pytest
from bs4 import BeautifulSoup

from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.planning import make_plan
from advisor.render.direction import CONTROLS, bare, first_strong
from advisor.render.html import render_html
from advisor.render.json import plan_json
from advisor.render.telegram import draft_messages
from advisor.render.view import plan_view
from advisor.render.view.drafts import LONGEST_NAME

NAMES = {
    "plain": "מאפיית השכונה",
    "markup": '<script>alert(1)</script> & "Sons" <b>',
    "telegram": "</code></pre><a href='tg://user?id=1'>x</a>",
    "markdown": "*bold* _it_ [x](http://e.co) `c`",
    "template": "{{ 7 * 7 }} {% raw %} {crisis} {0} %s",
    "entities": "A &amp; B &#60;i&#62;",
    "direction": "\u202eevil\u2066\u2069\u200f name\x00\x1b[31m",
    "lines": "one\ntwo\r\n1) three\n\u2028four",
    "emoji": "😀👩‍👩‍👧 שלום",
    "long": "א" * 4000,
    "long_markup": "<&>" * 1300,
}


@pytest.fixture(scope="module", params=NAMES)
def named(request, catalog, plans):
    """Plans for one hostile name: a business of each kind, in both languages."""
    name = Answer("business_name", AnswerState.KNOWN, NAMES[request.param])
    shown = " ".join(CONTROLS.sub("", NAMES[request.param]).split("\x00"))
    made = [make_plan(catalog, {**plans[of].answers, "business_name": name}) for of in OWNERS]
    views = [plan_view(catalog, plan, language) for plan in made for language in LANGUAGES]
    return " ".join(shown.replace("\x1b", " ").split()), made, views


OWNERS = ("hotel", "wholesaler", "factory")


def drafts_of(view):
    return [draft for action in view.actions for draft in action.drafts]


def test_a_page_holds_each_draft_as_it_is_pasted(named):
    for view in named[2]:
        html = render_html(view)
        page = BeautifulSoup(html, "html.parser")
        blocks = [block.get_text() for block in page.select(".draft > .copied")]
        expected = []
        for draft in drafts_of(view):
            if draft.earlier:  # a page holds it with the first of its actions
                continue
            expected += [bare(draft.subject)] if draft.subject else []
            expected.append(bare(draft.text))
        assert blocks == expected
        assert page.find(["script", "img", "iframe"]) is None
        assert not CONTROLS.search(html)


def test_telegram_sends_each_draft_alone(named, telegram_text):
    for view in named[2]:
        for action in view.actions:
            told = [telegram_text(text) for text in draft_messages(view, action.id)]
            assert len(told) == 2 * len(action.drafts)
            assert [bare(text) for text in told[1::2]] == [bare(d.text) for d in action.drafts]
            for about, draft in zip(told[::2], action.drafts, strict=True):
                assert draft.name in about
                assert all(bare(check) in bare(about) for check in draft.checks)
            assert all(len(text.encode("utf-16-le")) // 2 <= 3500 for text in told)


def test_every_line_reads_in_the_direction_of_its_language(named, telegram_text):
    for view in named[2]:
        wrong = {"he": "L", "en": "R"}[view.language]
        for action in view.actions:
            for text in draft_messages(view, action.id):
                lines = telegram_text(text).splitlines()
                assert not [row for row in lines if first_strong(row) == wrong]


def test_a_long_name_is_cut_and_a_short_one_is_whole(named):
    shown, _, views = named
    for view in views:
        text = " ".join(bare(draft.text) for draft in drafts_of(view))
        if len(shown) <= LONGEST_NAME:
            assert shown in text
        else:
            assert f"{shown[: LONGEST_NAME - 1].rstrip()}…" in text
            assert shown[: LONGEST_NAME + 1] not in text


def test_one_line_stays_one_line(named):
    for view in named[2]:
        for draft in drafts_of(view):
            assert not [p for p in (*draft.paragraphs, draft.subject or "") if "\n" in p]


def test_data_holds_the_words_without_marks(named):
    for plan, view in zip([p for p in named[1] for _ in LANGUAGES], named[2], strict=True):
        document = json.loads(json.dumps(plan_json(plan, view)))
        rows = [draft for action in document["actions"] for draft in action["drafts"]]
        assert [row["id"] for row in rows] == [draft.id for draft in drafts_of(view)]
        for row, draft in zip(rows, drafts_of(view), strict=True):
            assert row["paragraphs"] == [bare(p).replace("\u00a0", " ") for p in draft.paragraphs]
            assert row["checks"]
