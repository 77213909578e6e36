"""Each format tells every section of the plan, in one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import product

import docx
import pytest
from bs4 import BeautifulSoup
from documents import SECTIONS, squeezed
from pypdf import PdfReader

from advisor.model import LANGUAGES
from advisor.render.direction import bare
from advisor.render.docx import render_docx
from advisor.render.html import render_html
from advisor.render.pdf import render_pdf
from advisor.render.telegram import (
    PARTS,
    action_messages,
    brief_message,
    draft_messages,
    part_messages,
    plan_messages,
)
from advisor.render.view import PlanView

NAMES = ("hotel", "amended", "cafe", "nothing_known")
IN_TELEGRAM = frozenset(SECTIONS) - {"sources", "sums"}
"""A chat tells the sources with each action, and of the sums those that matter."""
NOT_IN_TELEGRAM = frozenset({"actions_note", "later_note", "unknowns_note"})
"""A chat needs no word on how to read it: there are buttons."""
ORDERED = {
    "word": "word", "insights": "insights", "start": "start", "weeks": "weeks",
    "amended": "amended", "areas": "areas", "money": "money", "actions": "actions",
    "later": "later", "unknowns": "unknowns", "sums": "sums", "sources": "sources",
    "about": "about",
}  # fmt: skip
"""Headings, with the sections that they stand above."""
BY_HAND = {"word", "amended"}
"""Parts that only a plan has which a consultant worked on."""


def page_text(view: PlanView) -> str:
    page = BeautifulSoup(render_html(view), "html.parser")
    page.style.decompose()
    return page.get_text()


def chat_text(view: PlanView, read: Callable[[str], str]) -> str:
    """All that a chat tells when every button is pressed."""
    messages = plan_messages(view)
    for action in view.actions:
        messages += [*action_messages(view, action.id), *draft_messages(view, action.id)]
    return "\n".join(map(read, messages))


@pytest.fixture(params=product(NAMES, LANGUAGES))
def view(request, all_views) -> PlanView:
    return all_views[request.param]


def missing(shown: str, view: PlanView, wanted: Iterable[str]) -> list[str]:
    """The sentences of the plan that a text doesn't hold."""
    seen = squeezed(shown)
    sentences = [text for name in wanted for text in SECTIONS[name](view)]
    return [text for text in sentences if squeezed(text) not in seen]


def test_the_page_tells_every_section(view: PlanView) -> None:
    assert missing(page_text(view), view, SECTIONS) == []


def test_a_chat_tells_every_section(view: PlanView, telegram_text) -> None:
    shown = chat_text(view, telegram_text)
    assert set(missing(shown, view, IN_TELEGRAM)) <= unsaid(view)


def unsaid(view: PlanView) -> set[str]:
    """Labels and cross-references that a chat has buttons for."""
    words, action = view.words, view.words["action"]
    said = {words[note] for note in NOT_IN_TELEGRAM}
    said |= {words["headings"]["actions"], words["headings"]["about"], action["drafts"]}
    for row in view.actions:
        said |= {row.area_name, *(draft.name for draft in row.drafts)}
        told = action["told_earlier"]
        said |= {told.format(name=gate.name, number=gate.earlier) for gate in row.gates}
    return said


def headings(view: PlanView) -> list[str]:
    """The headings of those sections that a plan has, in order."""
    return [
        view.words["headings"][name]
        for name, section in ORDERED.items()
        if any(SECTIONS[section](view))
    ]


def test_the_order_is_the_same(view: PlanView) -> None:
    page = BeautifulSoup(render_html(view), "html.parser")
    shown = [tag.get_text() for tag in page.find_all("h2")]
    document = docx.Document(BytesIO(render_docx(view)))
    styles = [(row.text, row.style.name) for row in document.paragraphs if row.style]
    drafts = view.words["action"]["drafts"]
    written = [bare(text) for text, style in styles if style == "Heading 1" and text != drafts]
    bookmarks = PdfReader(BytesIO(render_pdf(view))).outline
    printed = [row.title for row in bookmarks if not isinstance(row, list) and row.title != drafts]
    boxed = {view.words["headings"][name] for name in ("start", "word")}
    assert shown == printed == headings(view)
    assert written == [heading for heading in headings(view) if heading not in boxed]


def test_the_brief_says_who_wrote_a_word_and_when(amended, views, telegram_text) -> None:
    for language, view in amended.items():
        heading = view.words["headings"]["word"]
        assert f"{heading}: {view.word.signed}" in telegram_text(brief_message(view))
        assert heading not in telegram_text(brief_message(views["hotel", language]))
        assert part_messages(views["hotel", language], "word") == []


def test_the_brief_says_who_changed_the_plan(amended, telegram_text) -> None:
    for language, view in amended.items():
        brief = telegram_text(brief_message(view))
        assert view.changed_by
        assert view.changed_by in brief, language
        assert view.changed_by in view.about


def test_every_part_of_a_chat_is_a_section(view: PlanView) -> None:
    assert all(part_messages(view, part) for part in PARTS if part not in BY_HAND)
    assert bool(part_messages(view, "amended")) == bool(view.amendments)
