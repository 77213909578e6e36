"""The parts of the document before the actions in full."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from docx.shared import Mm
from docx.table import Table

from advisor.model import WEEKS
from advisor.render.docx.page import ACCENT, WIDTH
from advisor.render.docx.tables import box, keep, narrow, repeat, shade, table
from advisor.render.docx.writer import Writer
from advisor.render.view import PlanView
from advisor.render.view.types import BETWEEN, ActionView, AreaView, MoneyLine

WEEK = Mm(7)
SUM = Mm(55)
APART = Mm(2.5)


def terms(action: ActionView) -> str:
    """When, how long and for how much."""
    return BETWEEN.join((action.when, action.hours, action.cost))


def show_start(writer: Writer, view: PlanView) -> None:
    """The action to begin with."""
    if view.first is None:
        return
    cell = box(writer, WIDTH)
    writer.cell(cell, view.words["headings"]["start"], "Heading 3")
    writer.line(view.first.name, "Heading 2", cell).paragraph_format.space_before = 0
    writer.line(view.first.does, place=cell)
    first, note = view.first, view.start_note
    told = BETWEEN.join((first.when, first.hours, note)) if first.first else terms(first)
    writer.line(told, "Note", cell)


def show_weeks(writer: Writer, view: PlanView) -> None:
    """The weeks as a table with a row for each action."""
    if not view.actions:
        return
    writer.line(view.words["headings"]["weeks"], "Heading 1")
    writer.line(view.words["weeks"]["summary"], "Note").paragraph_format.keep_with_next = True
    made = table(writer, len(view.actions) + 1, [WIDTH - WEEK * WEEKS, *[WEEK] * WEEKS], "all")
    head, *rows = made.rows
    repeat(head)
    writer.cell(head.cells[0], "", "Small")
    for week, cell in enumerate(head.cells[1:], 1):
        writer.cell(cell, str(week), "Small")
    for action, row in zip(view.actions, rows, strict=True):
        keep(row)
        cells = row._tr.tc_lst
        writer.cell(row.cells[0], f"{action.number}. {action.name}", "Small")
        for week in range(action.start_week, action.end_week + 1):
            shade(cells[week], ACCENT)
    narrow(made)
    mind_cells(writer, made)


def mind_cells(writer: Writer, made: Table) -> None:
    """Empty cells take the small type, so that they don't make rows taller."""
    for row in made._tbl.tr_lst[1:]:
        for cell in row.tc_lst[1:]:
            cell.p_lst[0].insert(0, deepcopy(writer.paragraphs["Small"]))


def show_word(writer: Writer, view: PlanView) -> None:
    """What the consultant who sent it wrote."""
    if view.word is None:
        return
    cell = box(writer, WIDTH)
    writer.cell(cell, view.words["headings"]["word"], "Heading 3")
    for paragraph in view.word.paragraphs:
        writer.line(paragraph, place=cell)
    writer.line(view.word.signed, "Note", cell)


def show_amendments(writer: Writer, view: PlanView) -> None:
    """What consultants changed."""
    if not view.amendments:
        return
    writer.line(view.words["headings"]["amended"], "Heading 1")
    writer.line(view.words["amended"]["note"], "Note")
    for amendment in view.amendments:
        text = writer.line(amendment.text)
        text.paragraph_format.keep_with_next = True
        text.paragraph_format.space_before = APART
        writer.line(amendment.signed, "Note")


def show_areas(writer: Writer, view: PlanView) -> None:
    """How the areas stand."""
    writer.line(view.words["headings"]["areas"], "Heading 1")
    writer.line(view.words["areas_note"], "Lead-in")
    for area in view.areas:
        show_area(writer, area)


def show_area(writer: Writer, area: AreaView) -> None:
    """One area."""
    writer.line(area.name, "Heading 2")
    stand = writer.line("")
    stand.paragraph_format.keep_with_next = True
    writer.say(stand, area.level, bold=True)
    if area.score_label:
        writer.say(stand, f"{BETWEEN}{area.score_label}")
    writer.bullets(area.observations)
    more = f". {area.one_more}" if area.one_more else ""
    writer.line(f"{area.confidence}{more}", "Note")


def show_money(writer: Writer, view: PlanView) -> None:
    """The sums, and where the sources disagree."""
    words = view.words
    writer.line(words["headings"]["money"], "Heading 1")
    writer.line(view.money_note, "Lead-in" if view.sums else "Normal")
    show_sums(writer, view.sums)
    if view.dispute:
        writer.line(words["headings"]["print"], "Heading 2")
        for sentence in view.dispute:
            writer.line(sentence)


def show_sums(writer: Writer, sums: Sequence[MoneyLine]) -> None:
    """Sums below each other."""
    if not sums:
        return
    made = table(writer, len(sums), [WIDTH - SUM, SUM], "between")
    for line, row in zip(sums, made.rows, strict=True):
        keep(row)
        told, value = row.cells
        writer.cell(told, line.name)
        writer.line(line.reckoning, "Note", told)
        writer.cell(value, line.value, "Strong line").paragraph_format.space_before = 0
        if line.interval:
            writer.line(line.interval, "Note", value)
