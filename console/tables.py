"""Tables to take away, as CSV and as a workbook. What owners typed is text there and nothing else:
a cell that a spreadsheet would take for a formula is told not to be one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import xlsxwriter

Cell = str | int | float | datetime | None
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that spreadsheets work out when they open a CSV file (OWASP, CSV injection)."""
SAFE = "'"
NAME_LENGTH = 31
"""Characters in the name of a sheet."""
WIDTH = 22


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name, the words above its columns, and rows of as many cells."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table, zone: tzinfo) -> bytes:
    """A table as CSV in UTF-8, with the mark by which spreadsheets know Hebrew; times are those of
    a zone, with their offset."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(word, zone) for word in table.columns])
    writer.writerows([harmless(cell, zone) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: Cell, zone: tzinfo) -> str | int | float:
    """A cell of a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(zone).isoformat(timespec="minutes")
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS):
        return SAFE + cell
    return cell


def as_workbook(tables: Iterable[Table], right_to_left: bool, zone: tzinfo) -> bytes:
    """Tables as the sheets of one workbook; above times stands the zone whose they are."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for table in tables:
            sheet = book.add_worksheet(table.name[:NAME_LENGTH])
            if right_to_left:
                sheet.right_to_left()
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(table.columns) - 1, 0), WIDTH)
            for column, word in enumerate(table.columns):
                sheet.write_string(0, column, above(word, table, column, zone), bold)
            for number, row in enumerate(table.rows, 1):
                fill(sheet, number, row, moment, zone)
    return out.getvalue()


def above(word: str, table: Table, column: int, zone: tzinfo) -> str:
    """What stands above a column."""
    times = any(isinstance(row[column], datetime) for row in table.rows)
    return f"{word} ({zone})" if times else word


def fill(
    sheet: xlsxwriter.workbook.Worksheet,
    number: int,
    row: Sequence[Cell],
    moment: xlsxwriter.format.Format,
    zone: tzinfo,
) -> None:
    """One row, each cell as what it is."""
    for column, cell in enumerate(row):
        if isinstance(cell, datetime):
            sheet.write_datetime(number, column, cell.astimezone(zone).replace(tzinfo=None), moment)
        elif isinstance(cell, str):
            sheet.write_string(number, column, cell)
        elif cell is not None:
            sheet.write_number(number, column, cell)
