"""The actions in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.shared import Mm

from advisor.render.docx.overview import terms
from advisor.render.docx.page import WIDTH
from advisor.render.docx.tables import box, keep, table
from advisor.render.docx.writer import Writer
from advisor.render.view import PlanView
from advisor.render.view.types import ActionView, DraftView

LABEL = Mm(42)


def show_actions(writer: Writer, view: PlanView) -> None:
    """All actions, in order."""
    if not view.actions:
        return
    writer.line(view.words["headings"]["actions"], "Heading 1")
    words = view.words["action"]
    drafted = any(action.drafts for action in view.actions)
    writer.line(view.words["actions_note"], "Note")
    if drafted:
        writer.line(words["drafts_note"], "Note")
    for action in view.actions:
        show_action(writer, action, words)


def show_action(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """One action."""
    writer.line(f"{action.number}. {action.name}", "Heading 2")
    line = writer.line(f"{terms(action)}  ·  {action.area_name}", "Note")
    line.paragraph_format.keep_with_next = True
    writer.line(action.does)
    if action.after:
        writer.line(action.after, "Note")
    show_reasons(writer, action, words)
    show_gates(writer, action, words)
    writer.line(words["steps"], "Heading 3")
    writer.numbered(action.steps)
    show_measure(writer, action, words)
    show_drafts(writer, action, words)
    show_evidence(writer, action, words)


def show_reasons(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """Why it is here, the answers it rests on, and the rows of the sources."""
    writer.line(words["why"], "Heading 3")
    for reason in action.reasons:
        writer.line(reason)
    if action.because:
        writer.line(words["because"], "Note").paragraph_format.keep_with_next = True
        writer.bullets(answer.line for answer in action.because)
    writer.line(action.rows_line, "Note")


def show_gates(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """What the law asks for."""
    if not action.gates:
        return
    cell = box(writer, WIDTH)
    writer.cell(cell, words["gates"], "Heading 3")
    for gate in action.gates:
        writer.line(gate.name, "Strong line", cell)
        writer.line(gate.text, place=cell)


def show_measure(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """How to tell that it works."""
    writer.line(words["measure"], "Heading 3")
    measure = action.measure
    rows = (
        (words["measured"], measure.what),
        (words["baseline"], measure.baseline),
        (words["target"], measure.target),
        (words["stop"], action.stop),
    )
    made = table(writer, len(rows), [LABEL, WIDTH - LABEL], "none")
    for (label, text), row in zip(rows, made.rows, strict=True):
        keep(row)
        first, second = row.cells
        writer.cell(first, label, "Note")
        writer.cell(second, text)


def show_drafts(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """Words ready to send."""
    if not action.drafts:
        return
    writer.line(words["drafts"], "Heading 3")
    for draft in action.drafts:
        show_draft(writer, draft, words)


def show_draft(writer: Writer, draft: DraftView, words: Mapping[str, Any]) -> None:
    """One draft in its frame, after what to see to before it is sent."""
    writer.line(f"{draft.name}  ·  {draft.channel_name}", "Strong line")
    if draft.checks:
        writer.line(f"{words['draft_checks']}:", "Note").paragraph_format.keep_with_next = True
        writer.bullets(draft.checks)
    if draft.subject:
        line = writer.line(f"{words['draft_subject']}: {draft.subject}")
        line.paragraph_format.keep_with_next = True
    first, *others = draft.text.split("\n\n")
    cell = box(writer, WIDTH)
    writer.cell(cell, first)
    for block in others:
        writer.line(block, place=cell)


def show_evidence(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """What is known from elsewhere."""
    if not action.evidence:
        return
    writer.line(words["evidence"], "Heading 3")
    for proof in action.evidence:
        status = f" ({proof.status})" if proof.status else ""
        writer.line(f"{proof.text}{status}", "Note")
