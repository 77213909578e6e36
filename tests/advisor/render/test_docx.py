"""The DOCX: everything that the plan tells, in its direction, and well formed for Word."""

from __future__ import annotations

from io import BytesIO
from itertools import product

import docx
import pytest
from documents import docx_text, squeezed, told
from docx.oxml.ns import qn

from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.planning import make_plan
from advisor.render.direction import LRM, RLM, first_strong
from advisor.render.docx import render_docx
from advisor.render.docx.direction import pieces
from advisor.render.view import plan_view

NAMES = ("hotel", "amended", "wholesaler", "cafe", "gym", "online_shop", "nothing_known")
ORDER = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
        *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku"),
        *("wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi"),
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
        *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap"),
        *("outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    ),
    "rPr": (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike"),
        *("outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden"),
        *("color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect"),
        *("bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
    ),
    "tblPr": (
        *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
        *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd"),
        *("tblLayout", "tblCellMar", "tblLook"),
    ),
    "tcPr": (
        "cnfStyle",
        "tcW",
        "gridSpan",
        "hMerge",
        "vMerge",
        "tcBorders",
        "shd",
        "noWrap",
        "tcMar",
    ),
    "sectPr": (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar"),
        *("paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign"),
        *("noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid"),
    ),
}
"""Children in the order of the standard (ECMA-376, 17.3, 17.4, 17.6): Word refuses others."""


@pytest.fixture(scope="module", params=product(NAMES, LANGUAGES))
def made(request, all_views):
    """A view with its document, and that opened again."""
    view = all_views[request.param]
    content = render_docx(view)
    return view, content, docx.Document(BytesIO(content))


def parts(document):
    """The trees that hold what is shown and how."""
    footer = document.sections[0].footer._element
    return document.element.body, document.styles.element, footer


def test_every_sentence_of_the_plan_is_there(made) -> None:
    view, content, _ = made
    shown = squeezed(docx_text(content))
    assert [text for text in told(view) if squeezed(text) not in shown] == []


def test_elements_stand_in_the_order_of_the_standard(made) -> None:
    for part in parts(made[2]):
        for name, order in ORDER.items():
            for node in part.iter(qn(f"w:{name}")):
                places = [order.index(child.tag.split("}")[1]) for child in node]
                assert places == sorted(places)
                several = name == "sectPr"  # a footer for each kind of page
                assert several or len(places) == len(set(places))


def test_hebrew_runs_from_right_to_left(made) -> None:
    view, _, document = made
    wanted = view.language == "he"
    body, _, footer = parts(document)
    for tree in (body, footer):
        for paragraph in tree.iter(qn("w:p")):
            if any(node.text for node in paragraph.iter(qn("w:t"))):
                assert (paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None) == wanted
    assert all(
        (table._tbl.tblPr.find(qn("w:bidiVisual")) is not None) == wanted
        for table in document.tables
    )
    assert (document.sections[0]._sectPr.find(qn("w:bidi")) is not None) == wanted


def test_each_run_has_letters_of_one_direction_and_says_which(made) -> None:
    for run in made[2].element.body.iter(qn("w:r")):
        text = "".join(node.text or "" for node in run.iter(qn("w:t")))
        strong = first_strong(text.strip(LRM + RLM))
        if strong is not None:
            rightwards = run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
            assert rightwards == (strong in ("R", "AL")), text


def test_styles_hold_for_letters_of_every_script(made) -> None:
    styles = made[2].styles.element
    for name in ("Normal", "Title", "Heading1", "Heading2", "Heading3", "ListBullet"):
        style = next(s for s in styles.iter(qn("w:style")) if s.get(qn("w:styleId")) == name)
        looks = style.find(qn("w:rPr"))
        assert looks.find(qn("w:rFonts")).get(qn("w:cs")) == "Arial"
        assert looks.find(qn("w:szCs")).get(qn("w:val")) == looks.find(qn("w:sz")).get(qn("w:val"))
        assert (looks.find(qn("w:bCs")) is None) == (looks.find(qn("w:b")) is None)


def test_the_weeks_are_filled_and_their_numbers_repeat(made) -> None:
    view, _, document = made
    if not view.actions:
        return
    weeks = next(table for table in document.tables if len(table.columns) == 14)
    assert weeks.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for action, row in zip(view.actions, weeks.rows[1:], strict=True):
        filled = [n for n, cell in enumerate(row._tr.tc_lst) if cell.find(f".//{qn('w:shd')}")
                  is not None]  # fmt: skip
        assert filled == list(range(action.start_week, action.end_week + 1))


def test_bullets_need_no_font_of_signs(made) -> None:
    document = made[2]
    numbering = document.part.numbering_part.element
    used = document.styles["List Bullet"].element.pPr.numPr.numId.val
    kind = numbering.num_having_numId(used).abstractNumId.val
    [marks] = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[@w:ilvl='0']")
    assert marks.find(qn("w:lvlText")).get(qn("w:val")) == "•"
    assert marks.find(f".//{qn('w:rFonts')}").get(qn("w:ascii")) == "Arial"


@pytest.mark.parametrize("style", ["List Bullet", "List Number"])
def test_numbers_of_lists_stay_in_the_column(made, style: str) -> None:
    """From right to left LibreOffice sets them before where they begin: they need room there."""
    view, _, document = made
    numbering = document.part.numbering_part.element
    used = document.styles[style].element.pPr.numPr.numId.val
    kind = numbering.num_having_numId(used).abstractNumId.val
    [indent] = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl/w:pPr/w:ind")
    begins = int(indent.get(qn("w:left"))) - int(indent.get(qn("w:hanging")))
    assert begins >= 200 if view.language == "he" else begins == 0


def test_the_steps_of_each_action_count_from_one(made) -> None:
    view, _, document = made
    used = [number.get(qn("w:val")) for number in document.element.body.iter(qn("w:numId"))]
    numbering = document.part.numbering_part.element
    assert len(set(used)) == len(view.actions)
    for identity in set(used):
        found = numbering.num_having_numId(int(identity))
        assert found.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"
    assert len(used) == sum(len(action.steps) for action in view.actions)


def test_its_properties_are_its_own(made) -> None:
    view, _, document = made
    properties = document.core_properties
    assert properties.title == view.title
    assert properties.language[:2] == view.language
    assert (properties.author, properties.comments) == ("", "")


def test_pages_are_numbered(made) -> None:
    fields = [f.get(qn("w:instr")) for f in parts(made[2])[2].iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


class TestDirections:
    """Runs of one direction each."""

    def test_latin_in_hebrew_is_followed_by_a_mark(self) -> None:
        found = list(pieces("he", "\u05d0 SPF, DKIM 2! \u05d1"))
        assert found == [("\u05d0 ", True), ("SPF, DKIM 2", False), (RLM, True), ("! \u05d1", True)]

    def test_hebrew_in_english(self) -> None:
        found = list(pieces("en", "for \u2068\u05d0\u05d1 24\u2069."))
        assert [piece for piece in found if piece[0].strip(LRM + RLM)] == [
            ("for ", False),
            ("\u05d0\u05d1 24", True),
            (".", False),
        ]

    def test_a_number_with_its_sign_stands_between_marks(self) -> None:
        found = list(pieces("he", "\u05d0 \u2066-22%\u2069"))
        assert found[1:4] == [(LRM, False), ("-22%", False), (LRM, False)]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_is_lost(self, language: str) -> None:
        text = "a \u05d0\u05d1 12 b\u2068x \u05d2 y\u20693 \u2066-4\u2069 \u05d3"
        joined = "".join(piece for piece, _ in pieces(language, text))
        assert squeezed(joined) == squeezed(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "</w:t></w:r><w:p/> & <!-- x --> ]]> <?xml?>",
        "{{ 7 * 7 }} %s \\ # $ * _ @",
        "\u202eblue\u2066\u2069\u200f bar\x00\x1b[31m \ufffe end",
        "😀 \u05e9\u05dc\u05d5\u05dd 👩‍👩‍👧 \u0642\u0647\u0648\u0629",
        "\u05d0" * 4000,
        "<&>" * 1300,
    ],
    ids=range(6),
)
def test_what_an_owner_typed_is_text(catalog, plans, typed: str, language: str) -> None:
    answers = dict(plans["cafe"].answers)
    answers["business_name"] = Answer("business_name", AnswerState.KNOWN, typed)
    view = plan_view(catalog, make_plan(catalog, answers), language)
    shown = docx_text(render_docx(view))
    kept = "".join(sign for sign in typed if sign.isprintable() or sign.isspace())
    assert squeezed(kept) in squeezed(shown)
