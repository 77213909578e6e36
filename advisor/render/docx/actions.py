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
from advisor.render.view.types import BETWEEN, ActionView, DraftView

LABEL = Mm(42)


def show_actions(writer: Writer, view: PlanView) -> None:
    """All actions, in order."""
    if not view.actions:
        return
    writer.line(view.words["headings"]["actions"], "Heading 1")
    words = view.words["action"]
    writer.line(view.words["actions_note"], "Lead-in")
    for action in view.actions:
        show_action(writer, action, words)


def show_action(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """One action."""
    writer.line(f"{action.number}. {action.name}", "Heading 2")
    line = writer.line(f"{terms(action)}{BETWEEN}{action.area_name}", "Note")
    line.paragraph_format.keep_with_next = True
    if action.does:
        writer.line(action.does)
    for told in (*filter(None, [action.after]), *action.changes):
        writer.line(told, "Note")
    show_reasons(writer, action, words)
    show_gates(writer, action, words)
    writer.line(words["steps"], "Heading 3")
    writer.numbered(action.steps)
    show_measure(writer, action, words)
    if action.drafts:
        names = "; ".join(draft.name for draft in action.drafts)
        writer.line(words["drafts_here"].format(names=names), "Note")


def show_reasons(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """Why it is here, and the answers it rests on."""
    if action.reasons:
        writer.line(words["why"], "Heading 3")
    for reason in action.reasons:
        writer.line(reason)
    if action.because:
        writer.line(f"{words['because']}: {action.answers}", "Note")


def show_gates(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """What the law asks for."""
    if not action.gates:
        return
    cell = box(writer, WIDTH)
    writer.cell(cell, words["gates"], "Heading 3")
    for gate in action.gates:
        if gate.earlier:
            told = words["told_earlier"].format(name=gate.name, number=gate.earlier)
            writer.line(told, place=cell)
        else:
            writer.line(gate.name, "Strong line", cell)
            writer.line(gate.text, place=cell)


def show_measure(writer: Writer, action: ActionView, words: Mapping[str, Any]) -> None:
    """How to tell that it works."""
    writer.line(words["measure"], "Heading 3")
    made = table(writer, len(action.measured), [LABEL, WIDTH - LABEL], "none")
    last = len(action.measured) - 1
    for n, ((label, text), row) in enumerate(zip(action.measured, made.rows, strict=True)):
        keep(row)
        first, second = row.cells
        writer.cell(first, words[label], "Note" if n == last else "Lead-in")
        writer.cell(second, text, "Normal" if n == last else "Kept")


def show_drafts(writer: Writer, view: PlanView) -> None:
    """Words ready to send, each once."""
    words = view.words["action"]
    drafted = [action for action in view.actions if action.own_drafts]
    if not drafted:
        return
    writer.line(words["drafts"], "Heading 1")
    writer.line(words["drafts_note"], "Lead-in")
    for action in drafted:
        writer.line(f"{action.number}. {action.name}", "Heading 2")
        for draft in action.own_drafts:
            show_draft(writer, draft, words)


def show_draft(writer: Writer, draft: DraftView, words: Mapping[str, Any]) -> None:
    """One draft in its frame, after what to see to before it is sent."""
    writer.line(f"{draft.name}{BETWEEN}{draft.channel_name}", "Strong line")
    if draft.checks:
        line = writer.line(f"{words['draft_checks']}: {' '.join(draft.checks)}", "Note")
        line.paragraph_format.keep_with_next = True
    if draft.subject:
        line = writer.line(f"{words['draft_subject']}: {draft.subject}")
        line.paragraph_format.keep_with_next = True
    first, *others = draft.text.split("\n\n")
    cell = box(writer, WIDTH)
    writer.cell(cell, first)
    for block in others:
        writer.line(block, place=cell)
