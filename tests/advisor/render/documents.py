"""Reads documents back: what a view says, and what a PDF or a DOCX shows of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from io import BytesIO

import docx

from advisor.render.direction import CONTROLS
from advisor.render.paper import without_emoji
from advisor.render.view import PlanView
from advisor.render.view.types import ActionView, AreaView, DraftView

HYPHEN = re.compile(r"(?<=[A-Za-z])-(?=[A-Za-z])")
A5 = (420, 595)
"""Points."""
FOOTER = 45
"""Points at the foot of a page that hold its number."""
LETTERS = {"he": "\u05d0-\u05ea", "en": "A-Za-z"}
FOREIGN = {language: re.compile(f"[^{letters}]+") for language, letters in LETTERS.items()}
ENDS = {
    language: re.compile(f"^[^{letters}]+|[^{letters}]+$") for language, letters in LETTERS.items()
}


def squeezed(text: str) -> str:
    """A text without anything that can't be seen: marks, joiners and white space."""
    return re.sub(r"[\s\u2060]+", "", CONTROLS.sub("", without_emoji(text))).replace("\u2011", "-")


def foreign_sorted(language: str, text: str) -> str:
    """A squeezed text, with whatever stands between letters of the language in one order: poppler
    tells the numbers and the signs of a right-to-left line in an order of its own, and drops the
    hyphen of a word that it breaks at."""
    seen = squeezed(text) if language == "he" else HYPHEN.sub("", squeezed(text))
    return FOREIGN[language].sub(lambda found: "".join(sorted(found[0])), seen)


def lacking(language: str, sentences: Iterable[str], page: str) -> list[str]:
    """The sentences that a page doesn't show, from their first letter to their last."""
    shown = foreign_sorted(language, page)
    cores = {text: ENDS[language].sub("", squeezed(text)) for text in sentences}
    return [text for text, core in cores.items() if foreign_sorted(language, core) not in shown]


def pdf_text(pdf: bytes, *options: str) -> str:
    """What a PDF says, in the order of reading, without page numbers."""
    width, height = A5
    area = ["-x", "0", "-y", "0", "-W", str(width), "-H", str(height - FOOTER)]
    return run(["pdftotext", *area, *options, "-enc", "UTF-8", "-", "-"], pdf)


def run(command: list[str], content: bytes) -> str:
    """What a program of poppler's makes of a file."""
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return done.stdout.decode()


def docx_text(content: bytes) -> str:
    """What a DOCX says, tables included."""
    body = docx.Document(BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def told(view: PlanView) -> Iterator[str]:
    """Everything that the plan tells, sentence by sentence."""
    headings = view.words["headings"]
    yield from (view.title, view.prepared, view.size, *view.insights, *view.about)
    yield from filter(None, [view.made_on])
    yield from (headings["areas"], headings["money"], headings["about"], view.words["areas_note"])
    for area in view.areas:
        yield from told_of_area(area)
    for line in view.money:
        yield from filter(None, (line.name, line.value, line.formula, line.interval, line.status))
    yield from view.dispute
    for action in view.actions:
        yield from told_of_action(action)
    for later in view.later:
        yield from (later.name, later.does)
    for row in view.unknowns:
        yield from (row.title, row.why, *row.effects)
    yield from (part for proof in view.sources for part in (proof.text, proof.serves))
    yield from view.origins


def told_of_area(area: AreaView) -> Iterator[str]:
    """What is told of an area."""
    yield from (area.name, area.level, area.score_label, area.confidence, *area.observations)
    yield from filter(None, [area.one_more])


def told_of_action(action: ActionView) -> Iterator[str]:
    """What is told of an action."""
    yield from (action.name, action.when, action.hours, action.cost, action.area_name)
    yield from (action.does, *filter(None, [action.after]), *action.reasons)
    yield from (answer.line for answer in action.because)
    for gate in action.gates:
        yield from (gate.name, *filter(None, [gate.text if gate.earlier is None else None]))
    yield from action.steps
    measure = action.measure
    yield from (measure.what, measure.baseline, measure.target, action.stop)
    yield from (draft.name for draft in action.drafts)
    for draft in action.own_drafts:
        yield from told_of_draft(draft)


def told_of_draft(draft: DraftView) -> Iterator[str]:
    """What is told of a draft."""
    yield from (draft.name, draft.channel_name, *filter(None, [draft.subject]))
    yield from (*draft.paragraphs, *draft.checks)
