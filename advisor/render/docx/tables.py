"""Tables of fixed widths that follow the document's direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from docx.table import Table, _Cell, _Row

from advisor.render.docx.writer import Writer

HAIR, WASH = "D9D4C9", "EEF4F1"
Lines = Literal["none", "between", "all", "around"]
EDGES: dict[Lines, tuple[str, ...]] = {
    "none": (),
    "between": ("insideH",),
    "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "around": ("top", "left", "bottom", "right"),
}
ORDER = ("top", "left", "bottom", "right", "insideH", "insideV")
BEFORE_WIDTH = ("w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd")


def table(
    writer: Writer, rows: int, widths: Sequence[int], lines: Lines, colour: str = HAIR
) -> Table:
    """An empty table with lines of a colour; widths are in Word's units (EMU)."""
    made: Table = writer.document.add_table(rows, len(widths))
    made.autofit = False
    properties = made._tbl.tblPr
    if writer.rightwards:
        properties.insert_element_before(
            OxmlElement("w:bidiVisual"), "w:tblStyleRowBandSize", "w:tblStyleColBandSize",
            *BEFORE_WIDTH, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook",
        )  # fmt: skip
    properties.insert_element_before(
        borders(EDGES[lines], colour), "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Length(width)
    for row in made._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Length(width)
    return made


def borders(edges: Sequence[str], colour: str) -> BaseOxmlElement:
    """The lines of a table."""
    made = OxmlElement("w:tblBorders")
    for name in (edge for edge in ORDER if edge in edges):
        edge = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour)):
            edge.set(qn(f"w:{key}"), value)
        made.append(edge)
    return made


def shade(cell: BaseOxmlElement, colour: str) -> None:
    """Fill a cell (its element) with a colour."""
    fill = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{key}"), value)
    cell.get_or_add_tcPr().append(fill)


def keep(row: _Row) -> None:
    """Don't break a row between pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat(row: _Row) -> None:
    """Show a row again at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def box(writer: Writer, width: int) -> _Cell:
    """A shaded frame to write in."""
    cell = table(writer, 1, [width], "around").rows[0].cells[0]
    shade(cell._tc, WASH)
    pad(cell._tc)
    return cell


def pad(cell: BaseOxmlElement) -> None:
    """Give a cell room around what it holds."""
    room = OxmlElement("w:tcMar")
    for side, twips in (("top", "90"), ("left", "170"), ("bottom", "90"), ("right", "170")):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), twips)
        edge.set(qn("w:type"), "dxa")
        room.append(edge)
    cell.get_or_add_tcPr().append(room)


def narrow(made: Table) -> None:
    """Leave hardly any room at the sides of cells, so that a number fits into a narrow one."""
    room = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "20")
        edge.set(qn("w:type"), "dxa")
        room.append(edge)
    made._tbl.tblPr.insert_element_before(room, "w:tblLook")
