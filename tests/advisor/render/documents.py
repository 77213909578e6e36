"""Reads documents back: what a view says, and what a PDF or a DOCX shows of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import docx

from advisor.render.direction import CONTROLS
from advisor.render.paper import without_emoji
from advisor.render.view import PlanView
from advisor.render.view.types import ActionView, MoneyLine

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
    """Everything that the plan tells, sentence by sentence: what `SECTIONS` hold, in order."""
    for section in SECTIONS.values():
        yield from section(view)


def beginning(view: PlanView) -> Iterator[str]:
    """Whose plan it is."""
    yield from filter(None, (view.title, view.prepared, view.made_on, view.size))


def word(view: PlanView) -> Iterator[str]:
    """What the consultant who sent it wrote."""
    if view.word:
        yield from (view.words["headings"]["word"], *view.word.paragraphs, view.word.signed)


def insights(view: PlanView) -> Iterator[str]:
    """What stands out."""
    if view.insights:
        yield from (view.words["headings"]["insights"], *view.insights)


def start(view: PlanView) -> Iterator[str]:
    """What to begin with."""
    if view.first is not None:
        yield from (view.words["headings"]["start"], view.first.name, view.first.when)
        yield view.start_note if view.first.first else view.first.cost


def weeks(view: PlanView) -> Iterator[str]:
    """The weeks at a glance."""
    if view.actions:
        yield view.words["headings"]["weeks"]
        yield from (action.name for action in view.actions)


def amended(view: PlanView) -> Iterator[str]:
    """What consultants changed, and who they are."""
    if view.amendments:
        yield from (view.words["headings"]["amended"], view.words["amended"]["note"])
    for amendment in view.amendments:
        yield from (amendment.text, amendment.signed)


def areas(view: PlanView) -> Iterator[str]:
    """How the areas stand."""
    yield from (view.words["headings"]["areas"], view.words["areas_note"])
    for area in view.areas:
        yield from (area.name, area.level, area.score_label, area.confidence, *area.observations)
        yield from filter(None, [area.one_more])


def money(view: PlanView) -> Iterator[str]:
    """The main sums, and where the sources disagree."""
    yield view.words["headings"]["money"]
    yield view.money_note
    for line in view.sums:
        yield from told_of_sum(line)
    if view.dispute:
        yield from (view.words["headings"]["print"], *view.dispute)


def actions(view: PlanView) -> Iterator[str]:
    """The actions in full."""
    if view.actions:
        yield from (view.words["headings"]["actions"], view.words["actions_note"])
    for action in view.actions:
        yield from told_of_action(action, view.words["action"])


def drafts(view: PlanView) -> Iterator[str]:
    """What is ready to send."""
    words = view.words["action"]
    found = [draft for action in view.actions for draft in action.own_drafts]
    if found:
        yield from (words["drafts"], words["drafts_note"])
    for draft in found:
        yield from (draft.name, draft.channel_name, words["draft_checks"], *draft.checks)
        yield from draft.paragraphs
        if draft.subject:
            yield from (words["draft_subject"], draft.subject)


def later(view: PlanView) -> Iterator[str]:
    """What is for later."""
    if view.later:
        yield from (view.words["headings"]["later"], view.words["later_note"])
    for row in view.later:
        yield from (row.name, row.does)


def unknowns(view: PlanView) -> Iterator[str]:
    """What isn't known yet."""
    if view.unknowns:
        yield from (view.words["headings"]["unknowns"], view.words["unknowns_note"])
    for row in view.unknowns:
        yield from (row.title, row.why, *row.effects)


def other_sums(view: PlanView) -> Iterator[str]:
    """The other sums."""
    if view.other_sums:
        yield from (view.words["headings"]["sums"], view.words["sums_note"])
    for line in view.other_sums:
        yield from told_of_sum(line)


def sources(view: PlanView) -> Iterator[str]:
    """What the plan rests on."""
    if view.actions:
        yield from (view.words["headings"]["sources"], view.words["sources_note"])
    for proof in view.sources:
        yield from filter(None, (proof.text.removesuffix("."), proof.status, proof.serves))
    yield from view.origins


def about(view: PlanView) -> Iterator[str]:
    """How the plan was made."""
    yield from (view.words["headings"]["about"], *view.about)


SECTIONS: Mapping[str, Callable[[PlanView], Iterator[str]]] = {
    "beginning": beginning,
    "word": word,
    "insights": insights,
    "start": start,
    "weeks": weeks,
    "amended": amended,
    "areas": areas,
    "money": money,
    "actions": actions,
    "drafts": drafts,
    "later": later,
    "unknowns": unknowns,
    "sums": other_sums,
    "sources": sources,
    "about": about,
}
"""What a document tells, in this order."""


def told_of_sum(line: MoneyLine) -> Iterator[str]:
    """What is told of a sum."""
    formula = line.formula.removesuffix(".")  # a status may stand before the stop
    yield from filter(None, (line.name, line.value, formula, line.interval, line.status))


def told_of_action(action: ActionView, words: Mapping[str, Any]) -> Iterator[str]:
    """What is told of an action."""
    yield from (action.name, action.when, action.hours, action.cost, action.area_name)
    yield from filter(None, (action.does, action.after, *action.changes))
    if action.reasons:
        yield from (words["why"], *action.reasons)
    if action.because:
        yield words["because"]
    yield from (answer.line for answer in action.because)
    if action.gates:
        yield words["gates"]
    for gate in action.gates:
        if gate.earlier is None:
            yield from (gate.name, gate.text)
        else:
            yield words["told_earlier"].format(name=gate.name, number=gate.earlier)
    yield from (words["steps"], *action.steps, words["measure"])
    for label, text in action.measured:
        yield from (words[label], text)
    yield from (draft.name for draft in action.drafts)
