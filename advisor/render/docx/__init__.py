"""A plan as a document that Word and its like can edit, with the content of the page."""

from __future__ import annotations

from io import BytesIO

from advisor.render.docx.actions import show_actions, show_drafts
from advisor.render.docx.overview import (
    show_amendments,
    show_areas,
    show_money,
    show_start,
    show_sums,
    show_weeks,
    show_word,
)
from advisor.render.docx.writer import Writer
from advisor.render.view import PlanView
from advisor.render.view.types import BETWEEN

__all__ = ["render_docx"]


def render_docx(view: PlanView) -> bytes:
    """The plan as a DOCX of A4 pages."""
    writer = Writer.begun(view.language, view.title, view.words["page"])
    show_beginning(writer, view)
    show_start(writer, view)
    show_weeks(writer, view)
    show_amendments(writer, view)
    show_areas(writer, view)
    show_money(writer, view)
    show_actions(writer, view)
    show_drafts(writer, view)
    show_end(writer, view)
    file = BytesIO()
    writer.document.save(file)
    return file.getvalue()


def show_beginning(writer: Writer, view: PlanView) -> None:
    """Title, whose it is, how much it asks for, and what stands out."""
    writer.line(view.title, "Title")
    writer.line(view.prepared, "Note")
    if view.made_on:
        writer.line(view.made_on, "Note")
    writer.line(view.size)
    show_word(writer, view)
    if view.insights:
        writer.line(view.words["headings"]["insights"], "Heading 1")
        for insight in view.insights:
            writer.line(insight, "Lead")


def show_end(writer: Writer, view: PlanView) -> None:
    """What is for later, what isn't known, and how the plan was made."""
    headings = view.words["headings"]
    if view.later:
        writer.line(headings["later"], "Heading 1")
        writer.line(view.words["later_note"], "Lead-in")
        for action in view.later:
            writer.line(action.name, "Strong line")
            writer.line(action.does)
    if view.unknowns:
        writer.line(headings["unknowns"], "Heading 1")
        writer.line(view.words["unknowns_note"], "Lead-in")
        for row in view.unknowns:
            writer.line(row.title, "Strong line")
            writer.line(" ".join((row.why, *row.effects)))
    if view.other_sums:
        writer.line(headings["sums"], "Heading 1")
        writer.line(view.words["sums_note"], "Lead-in")
        show_sums(writer, view.other_sums)
    show_sources(writer, view)
    writer.line(headings["about"], "Heading 1")
    for sentence in view.about:
        writer.line(sentence, "Note")


def show_sources(writer: Writer, view: PlanView) -> None:
    """Published evidence, and the points of the articles that the actions come from."""
    if not view.actions:
        return
    writer.line(view.words["headings"]["sources"], "Heading 1")
    for proof in view.sources:
        writer.line(proof.told, "Note")
    writer.line(view.words["sources_note"], "Note")
    writer.line(BETWEEN.join(view.origins), "Note")
