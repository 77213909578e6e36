"""The blank document: page, styles, languages and footer."""

from __future__ import annotations

from typing import NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FACE = "Arial"
"""On every machine, with Hebrew: our own fonts can't be counted on where a document is edited."""
SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")
BULLET = "•"
INK, QUIET, ACCENT = "21262C", "59626C", "1D5C50"
RIGHTWARDS_INDENT, RIGHTWARDS_NUMBER = 510, 210
"""Where the text and the number of a list begin, from right to left; twentieths of a point."""
WIDTH = Mm(170)
"""Between the margins of an A4 page."""


class Look(NamedTuple):
    """A style: points of type, weight, colour, points of room before and after."""

    size: float
    bold: bool
    colour: str
    before: float
    after: float
    keep: bool = False


LOOKS = {
    "Normal": Look(11, False, INK, 0, 4),
    "Title": Look(24, True, ACCENT, 0, 6),
    "Heading 1": Look(17, True, ACCENT, 22, 6, keep=True),
    "Heading 2": Look(13.5, True, INK, 16, 3, keep=True),
    "Heading 3": Look(11, True, ACCENT, 9, 2, keep=True),
    "Kept": Look(11, False, INK, 0, 4, keep=True),
    "List Bullet": Look(11, False, INK, 0, 2, keep=True),
    "List Number": Look(11, False, INK, 0, 3),
    "Lead": Look(13, False, INK, 2, 6),
    "Strong line": Look(11, True, INK, 6, 1, keep=True),
    "Note": Look(10, False, QUIET, 0, 3),
    "Lead-in": Look(10, False, QUIET, 0, 3, keep=True),
    "Small": Look(9, False, QUIET, 0, 0),
}


def blank(language: str, title: str) -> WordDocument:
    """An empty document in a language."""
    document = Document()
    for name, look in LOOKS.items():
        style(document, name, look)
    mark_lists(document)
    if language == "he":
        draw_in_lists(document)
    speak(document, language)
    name_it(document, language, title)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(18), Mm(18)
    if language == "he":
        page._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")
    return document


def style(document: WordDocument, name: str, look: Look) -> None:
    """A style as its look tells, in letters of every script."""
    styles = document.styles
    made = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(made, ParagraphStyle)
    made.font.size, made.font.bold, made.font.cs_bold = Pt(look.size), look.bold, look.bold
    made.font.color.rgb = RGBColor.from_string(look.colour)
    made.paragraph_format.space_before = Pt(look.before)
    made.paragraph_format.space_after = Pt(look.after)
    made.paragraph_format.keep_with_next = look.keep
    made.paragraph_format.widow_control = True
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), FACE)
    looks = made.element.get_or_add_rPr()
    drop(looks, "w:szCs")
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(round(look.size * 2)))
    looks.find(qn("w:sz")).addnext(size)
    drop(made.element, "w:link")  # to a style for runs, which keeps the template's look
    if name == "Title":  # the template's own has a line below it
        drop(made.element.pPr, "w:pBdr")


def levels(document: WordDocument, name: str) -> list[BaseOxmlElement]:
    """How the lists of a style are numbered, level by level."""
    style = document.styles[name].element
    numbering = document.part.numbering_part.element
    used = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    [kind] = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{used}']")
    found: list[BaseOxmlElement] = kind.findall(qn("w:lvl"))
    return found


def draw_in_lists(document: WordDocument) -> None:
    """Lists from right to left begin a number's width inside the column: Word sets the number after
    that point, and LibreOffice before it, where it would hang out over the margin."""
    for name in ("List Bullet", "List Number"):
        for level in levels(document, name):
            look = level.find(qn("w:pPr"))
            drop(look, "w:tabs")
            indent = look.find(qn("w:ind"))
            indent.set(qn("w:left"), str(RIGHTWARDS_INDENT))
            indent.set(qn("w:hanging"), str(RIGHTWARDS_INDENT - RIGHTWARDS_NUMBER))


def mark_lists(document: WordDocument) -> None:
    """Bullets of our own face: the template's are signs of a font that few machines have."""
    for level in levels(document, "List Bullet"):
        level.find(qn("w:lvlText")).set(qn("w:val"), BULLET)
        fonts = level.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        fonts.attrib.clear()
        for script in SCRIPTS:
            fonts.set(qn(f"w:{script}"), FACE)


def speak(document: WordDocument, language: str) -> None:
    """The languages that the spelling is checked in."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults is not None
    tongue = defaults.find(qn("w:lang"))
    assert tongue is not None
    tongue.set(qn("w:val"), "en-US")
    tongue.set(qn("w:bidi"), "he-IL")
    document.core_properties.language = "he-IL" if language == "he" else "en-US"


def name_it(document: WordDocument, language: str, title: str) -> None:
    """Title in the properties; what the template says of itself goes."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    for name in ("dcterms:created", "dcterms:modified"):
        drop(properties._element, name)


def drop(parent: BaseOxmlElement, name: str) -> None:
    """Take a child away if it is there."""
    for child in parent.findall(qn(name)):
        parent.remove(child)
