"""The PDF: everything that the plan tells, tagged, with its fonts, page by page."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import product

import pytest
from documents import A5, FOOTER, lacking, pdf_text, run, squeezed, told
from pypdf import PdfReader
from structlog.testing import capture_logs

from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.planning import make_plan
from advisor.render.direction import runs
from advisor.render.pdf import render_pdf
from advisor.render.view import plan_view

pytestmark = pytest.mark.poppler

NAMES = ("hotel", "wholesaler", "cafe", "clinic", "factory", "gym", "online_shop", "tutor")
WORD = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')
MARGIN = 34.0
"""Points."""
FILLED, LAST_FILLED = 0.65, 0.25
"""Of a page, down to where it is written on; and of the last one."""
LINES = 8
"""On the last page, at the least."""


@pytest.fixture(scope="module", params=product((*NAMES, "amended", "nothing_known"), LANGUAGES))
def made(request, all_views):
    """A view with its document."""
    view = all_views[request.param]
    return view, render_pdf(view)


def pages_of(pdf: bytes) -> list[list[tuple[float, float, float, str]]]:
    """The words of each page above its foot: left, right, lower edge and text."""
    pages = run(["pdftotext", "-bbox", "-", "-"], pdf).split("<page ")[1:]
    found = [[(*map(float, row[:4]), row[4]) for row in WORD.findall(page)] for page in pages]
    foot = A5[1] - FOOTER
    return [[(x, x2, y2, word) for x, y, x2, y2, word in page if y < foot] for page in found]


def test_every_sentence_of_the_plan_is_there(made) -> None:
    view, pdf = made
    assert lacking(view.language, told(view), pdf_text(pdf)) == []


def test_no_sign_is_lost(made) -> None:
    view, pdf = made
    needed = Counter(sign for text in told(view) for sign in squeezed(text) if sign != "-")
    assert needed <= Counter(squeezed(pdf_text(pdf)))


def test_numbers_are_not_turned_around(made) -> None:
    """Isolated runs stand as they are written, glyph after glyph from left to right."""
    view, pdf = made
    shown = squeezed(pdf_text(pdf, "-raw"))
    isolated = {run for text in told(view) for kind, run in runs(text) if kind == "left_to_right"}
    assert [run for run in isolated if squeezed(run) not in shown] == []


def test_it_is_tagged_in_its_language(made) -> None:
    view, pdf = made
    root = PdfReader(BytesIO(pdf)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith(view.language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_it_has_its_title_and_bookmarks(made) -> None:
    view, pdf = made
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == view.title
    titles = [row.title for row in flat(reader.outline)]
    assert {f"{action.number} {action.name}" for action in view.actions} <= set(titles)
    assert len(titles) <= len(view.actions) + len(view.areas) + 15


def flat(outline: list) -> list:
    """Bookmarks of every depth."""
    return [row for item in outline for row in (flat(item) if isinstance(item, list) else [item])]


def alternatives(node: object) -> list[str]:
    """Texts that stand for pictures, in the tree of a document's structure."""
    if isinstance(node, list):
        return [text for child in node for text in alternatives(child.get_object())]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (alternatives(node["/K"]) if "/K" in node else [])


def test_the_bars_of_the_weeks_are_told_in_words(made) -> None:
    view, pdf = made
    tree = PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"]
    assert alternatives(tree["/K"]) == [action.when for action in view.actions]


def test_all_fonts_are_inside(made) -> None:
    _, pdf = made
    with_heading = run(["pdffonts", "-"], pdf).splitlines()
    fonts = [row.split() for row in with_heading[2:]]
    assert {row[0].split("+")[1] for row in fonts} <= {
        "Heebo-Regular", "Heebo-Medium", "Heebo-Bold", "Rubik-Regular", "Rubik-Bold",
    }  # fmt: skip
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in fonts)


def test_pages_are_filled_and_nothing_runs_over_the_edge(made) -> None:
    """But for the last page, and the last one before the drafts, which begin on a page."""
    view, pdf = made
    pages = pages_of(pdf)
    assert len(pages) <= 9 + 1.4 * len(view.actions)
    lowest = [max(low for _, _, low, _ in page) for page in pages[:-1]]
    emptier = [n for n, low in enumerate(lowest) if low < FILLED * A5[1]]
    drafts = [sorted(word) for word in view.words["action"]["drafts"].split()]
    assert all(sorted(pages[n + 1][0][3]) in drafts for n in emptier)
    for page in pages:
        assert all(x > MARGIN - 1 and x2 < A5[0] - MARGIN + 1 for x, x2, _, _ in page)


def test_no_page_ends_a_plan_with_a_few_lines(made) -> None:
    """How the plan was made stays with the last of the sources before it."""
    last = pages_of(made[1])[-1]
    assert len({round(low) for _, _, low, _ in last}) >= LINES
    assert max(low for _, _, low, _ in last) >= LAST_FILLED * A5[1]


def test_room_to_write_is_offered_only_where_it_is(made) -> None:
    """Below its label there are some lines at least."""
    view, pdf = made
    label = {tuple(sorted(word)) for word in view.words["room"].split()}
    for page in pages_of(pdf):
        last = max(low for _, _, low, _ in page)
        if label <= {tuple(sorted(word)) for _, _, low, word in page if low > last - 3}:
            assert last < A5[1] - FOOTER - 50


def test_every_page_has_its_number(made) -> None:
    view, pdf = made
    below = ["-x", "0", "-y", str(A5[1] - FOOTER), "-W", str(A5[0]), "-H", str(FOOTER)]
    *feet, _ = run(["pdftotext", *below, "-", "-"], pdf).split("\f")
    assert len(feet) == len(PdfReader(BytesIO(pdf)).pages)
    for number, foot in enumerate(feet, 1):
        numbers = re.findall(r"\d+", foot.replace(view.prepared, ""))
        assert {str(number), str(len(feet))} <= set(numbers)


def test_the_same_plan_gives_the_same_file(views) -> None:
    view = views["hotel", "he"]
    assert render_pdf(view) == render_pdf(view)


def test_threads_do_not_disturb_each_other(views) -> None:
    few = [views[name, language] for name in ("cafe", "nothing_known") for language in LANGUAGES]
    alone = [render_pdf(view) for view in few]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render_pdf, few * 3)) == alone * 3


def test_the_day_stands_below_the_name(catalog, plans) -> None:
    view = plan_view(catalog, plans["cafe"], "en", date(2026, 11, 22))
    assert "November 22, 2026" in pdf_text(render_pdf(view))


def test_more_actions_than_a_page_holds_repeat_the_weeks(views) -> None:
    """The row of week numbers stands on each page that the table goes over."""
    view = views["hotel", "en"]
    many = tuple(replace(a, id=f"{a.id}-{n}", first=False) for n in range(3) for a in view.actions)
    pages = pages_of(render_pdf(replace(view, actions=many)))
    weeks = [str(week) for week in range(1, 14)]
    heads = [page for page in pages if Counter(weeks) <= Counter(word for *_, word in page)]
    assert len(heads) >= 2


class TestNames:
    """What an owner may call a business."""

    TYPED = (
        '#let x = 1; #panic("no") $x^2$ *b* _i_ @ref <label> `code` \\ // /* ~ -- = - + 1. [x] {y}',
        "#import sys: inputs",
        '<script>alert(1)</script> & "Sons" <b>',
        "{{ 7 * 7 }} {0} %s",
        'קפה "Blue" 24/7 (2020)',
        "Кафе Восток",
        "مقهى السلام",
        "א" * 4000,
        "W" * 4000,
        "long name " * 300,
    )

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
    def test_it_comes_out_whole(self, catalog, plans, typed: str, language: str) -> None:
        pdf = render_pdf(named(catalog, plans, typed, language))
        shown = squeezed(pdf_text(pdf))
        assert Counter(squeezed(typed)) <= Counter(shown)
        latin = re.fullmatch(r"[\x20-\x7e]+", typed) and language == "en"
        assert not latin or squeezed(typed) in shown
        assert b"pdfuaid:part" in PdfReader(BytesIO(pdf)).root_object["/Metadata"].get_data()
        for page in pages_of(pdf):
            assert all(x > MARGIN - 1 and x2 < A5[0] - MARGIN + 1 for x, x2, _, _ in page)

    def test_control_characters_and_emoji_are_left_out(self, catalog, plans) -> None:
        typed = "\u202eblue\u2066\u2069\u200f bar\x00\x1b[31m 😀👩‍👩‍👧\ufe0f end"
        text = pdf_text(render_pdf(named(catalog, plans, typed, "en")))
        assert "Prepared for blue bar [31m end" in text

    def test_signs_that_no_font_has_do_not_keep_the_plan_back(self, catalog, plans) -> None:
        """The log says that it isn't PDF/UA, and nothing of what was typed."""
        with capture_logs() as logged:
            pdf = render_pdf(named(catalog, plans, '茶 `House` "x"', "en"))
        assert "House" in pdf_text(pdf)
        assert PdfReader(BytesIO(pdf)).root_object["/MarkInfo"]["/Marked"]
        assert [entry["event"] for entry in logged] == ["pdf_not_ua"]
        assert not {"茶", "House", 'x"'} & set(str(logged).replace("`", " ").split())
        assert "茶" not in str(logged)

    def test_nothing_is_logged_of_a_pdf_that_is_accessible(self, catalog, plans) -> None:
        with capture_logs() as logged:
            render_pdf(named(catalog, plans, "קפה", "he"))
        assert logged == []


def named(catalog, plans, typed: str, language: str):
    """A short plan for a business of that name."""
    answers = dict(plans["cafe"].answers)
    answers["business_name"] = Answer("business_name", AnswerState.KNOWN, typed)
    return plan_view(catalog, make_plan(catalog, answers), language)
