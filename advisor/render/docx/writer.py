"""Writes paragraphs in the direction of the document's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from advisor.render.direction import bare
from advisor.render.docx.direction import pieces
from advisor.render.docx.page import LOOKS, blank

Place = WordDocument | _Cell


@dataclass(frozen=True, slots=True)
class Writer:
    """A document in the making. Properties of paragraphs by style, and runs by direction and
    weight, are made once and copied: python-docx looks through all styles at each paragraph and
    through all siblings at each property, which took three quarters of the time."""

    document: WordDocument
    language: str
    paragraphs: Mapping[str, BaseOxmlElement]
    runs: Mapping[tuple[bool, bool], BaseOxmlElement]

    @classmethod
    def begun(cls, language: str, title: str, page: str) -> Writer:
        """An empty document with page numbers; `page` is the wording of these."""
        document = blank(language, bare(title))
        styles = {name: document.styles[name].style_id for name in LOOKS}
        paragraphs = {
            name: properties(language == "he", identity) for name, identity in styles.items()
        }
        runs = {(way, bold): run(way, bold) for way in (False, True) for bold in (False, True)}
        writer = cls(document, language, paragraphs, runs)
        writer.number_pages(page)
        return writer

    @property
    def rightwards(self) -> bool:
        """Whether the document runs from right to left."""
        return self.language == "he"

    def line(self, text: str, style: str = "Normal", place: Place | None = None) -> Paragraph:
        """A paragraph, at the end of the document or of a cell."""
        return self.fill((place or self.document).add_paragraph(), text, style)

    def cell(self, cell: _Cell, text: str, style: str = "Normal") -> Paragraph:
        """The first paragraph of a cell, which is there from the start."""
        return self.fill(Paragraph(cell._tc.p_lst[0], cell), text, style)

    def fill(self, paragraph: Paragraph, text: str, style: str) -> Paragraph:
        """Give an empty paragraph its style, its direction and a text."""
        paragraph._p.insert(0, deepcopy(self.paragraphs[style]))
        self.say(paragraph, text)
        return paragraph

    def say(self, paragraph: Paragraph, text: str, bold: bool = False) -> None:
        """Add a text to a paragraph."""
        for index, part in enumerate(text.split("\n")):
            if index:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            for rightwards, found in groupby(pieces(self.language, part), key=itemgetter(1)):
                made = deepcopy(self.runs[rightwards, bold])
                made[-1].text = "".join(piece for piece, _ in found)
                paragraph._p.append(made)

    def bullets(self, texts: Iterable[str], place: Place | None = None) -> None:
        """A list."""
        for text in texts:
            self.line(text, "List Bullet", place)

    def numbered(self, texts: Iterable[str]) -> None:
        """A list that counts from one."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element
        used = style.pPr.numPr.numId.val
        kind = numbering.num_having_numId(used).abstractNumId.val
        made = numbering.add_num(kind)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        for text in texts:
            paragraph = self.line(text, "List Number")
            chosen = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            chosen.get_or_add_ilvl().val = 0
            chosen.get_or_add_numId().val = made.numId

    def number_pages(self, wording: str) -> None:
        """Page numbers in the footer."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        before, _, rest = wording.partition("{page}")
        between, _, after = rest.partition("{pages}")
        self.fill(paragraph, before, "Small")
        field(paragraph, "PAGE")
        self.say(paragraph, between)
        field(paragraph, "NUMPAGES")
        self.say(paragraph, after)


def properties(rightwards: bool, style: str) -> BaseOxmlElement:
    """The properties of a paragraph of a style."""
    made = OxmlElement("w:pPr")
    name = OxmlElement("w:pStyle")
    name.set(qn("w:val"), style)
    made.append(name)
    if rightwards:
        made.append(OxmlElement("w:bidi"))
    return made


def run(rightwards: bool, bold: bool) -> BaseOxmlElement:
    """A run that waits for its text, which is its last child."""
    made, looks, text = (OxmlElement(f"w:{name}") for name in ("r", "rPr", "t"))
    for name in (*(("b", "bCs") if bold else ()), *(("rtl",) if rightwards else ())):
        looks.append(OxmlElement(f"w:{name}"))
    text.set(qn("xml:space"), "preserve")
    if len(looks):
        made.append(looks)
    made.append(text)
    return made


def field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor works out."""
    made = OxmlElement("w:fldSimple")
    made.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    made.append(run)
    paragraph._p.append(made)
