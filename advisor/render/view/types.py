"""A plan as structured text, worded and formatted once; every renderer reads this and nothing else.

Texts are plain, with the isolates of `advisor.render.direction`; renderers escape them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.model import PersonalWord

BETWEEN = "\u00a0\u00a0·\u00a0 "
"""Between the parts of a line that lists things; no line begins with it."""
OWN_MEANS = frozenset({"plan_hours", "plan_budget"})
"""Sums of what the owner puts in, which say nothing of the business."""
LISTED = re.compile(r"•|\d+\)")
"""How a line of a list begins."""


def marked(text: str, status: str | None) -> str:
    """A sentence with what kind of figure it is, before its full stop where it has one."""
    end = "." if text.endswith(".") else ""
    return f"{text.removesuffix('.')} ({status}){end}" if status else text


@dataclass(frozen=True, slots=True)
class Answered:
    """What the owner said about one thing; `line` is both in one."""

    slot: str
    label: str
    value: str
    line: str


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area: how urgent it is, how sure that is, on what evidence. The label of its score is
    empty where nothing is known."""

    id: str
    name: str
    score: int
    score_label: str
    level: str
    confidence: str
    observations: tuple[str, ...]
    one_more: str | None


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A sum or a ratio with its formula in words; `interval` where its inputs have one. The `main`
    ones are told early, the others at the end."""

    id: str
    name: str
    value: str
    formula: str
    interval: str | None
    status: str | None
    main: bool

    @property
    def reckoning(self) -> str:
        """The formula, marked where it rests on a prior."""
        return marked(self.formula, self.status)


@dataclass(frozen=True, slots=True)
class Gate:
    """What the law asks for before an action; `earlier` is the number of an action before it that
    the same is told with, so that a document tells it once."""

    id: str
    name: str
    text: str
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence of published evidence, with what kind of figure it is where it isn't measured."""

    id: str
    text: str
    status: str | None

    @property
    def told(self) -> str:
        """The sentence, marked."""
        return marked(self.text, self.status)


@dataclass(frozen=True, slots=True)
class Measure:
    """How to tell that an action works."""

    what: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """Words ready to send or to say; `checks` is what to see to before that, `channel` an id
    with its name in words. Only letters and e-mails have a subject. `earlier` is the number of an
    action before that has the same draft, so that a document tells it once."""

    id: str
    name: str
    channel: str
    channel_name: str
    subject: str | None
    paragraphs: tuple[str, ...]
    checks: tuple[str, ...]
    earlier: int | None = None

    @property
    def text(self) -> str:
        """All of it, as it is pasted: text messages and lists without blank lines."""
        text = ""
        for paragraph in self.paragraphs:
            close = self.channel == "sms" or LISTED.match(paragraph)
            text += ("\n" if close else "\n\n") + paragraph
        return text.strip("\n")


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action of the plan, in full."""

    id: str
    number: int
    name: str
    area: str
    area_name: str
    first: bool
    start_week: int
    weeks: int
    does: str
    when: str
    hours: str
    cost: str
    after: str | None
    reasons: tuple[str, ...]
    because: tuple[Answered, ...]
    rows: tuple[str, ...]
    rows_line: str
    evidence: tuple[Proof, ...]
    gates: tuple[Gate, ...]
    steps: tuple[str, ...]
    measure: Measure
    stop: str
    drafts: tuple[DraftView, ...] = ()
    changes: tuple[str, ...] = ()
    """What was changed by hand in it, by whom and why."""

    @property
    def end_week(self) -> int:
        """The last week."""
        return self.start_week + self.weeks - 1

    @property
    def measured(self) -> tuple[tuple[str, str], ...]:
        """What to measure, from where to where, and when to stop: names of labels with texts."""
        rows = (
            ("measured", self.measure.what),
            ("baseline", self.measure.baseline),
            ("target", self.measure.target),
            ("stop", self.stop),
        )
        return tuple((label, text) for label, text in rows if text)

    @property
    def answers(self) -> str:
        """The answers that it rests on, on one line."""
        return BETWEEN.join(answer.line for answer in self.because)

    @property
    def own_drafts(self) -> tuple[DraftView, ...]:
        """The drafts that no action before it has."""
        return tuple(draft for draft in self.drafts if draft.earlier is None)


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """Something that a consultant changed in the plan: what, then by whom, when and why. `idle`
    where its action isn't in the plan, so that it changes nothing."""

    id: str
    action: str
    text: str
    signed: str
    idle: bool

    @property
    def line(self) -> str:
        """All of it."""
        return f"{self.text} {self.signed}"


@dataclass(frozen=True, slots=True)
class WordView:
    """What a consultant wrote to the owner with this version, then who and when; and all that as
    it was `given`."""

    paragraphs: tuple[str, ...]
    signed: str
    given: PersonalWord


@dataclass(frozen=True, slots=True)
class LaterView:
    """An action that fits the answers but not the hours or the budget."""

    id: str
    name: str
    does: str


@dataclass(frozen=True, slots=True)
class UnknownView:
    """What isn't known, and what knowing it would change."""

    slot: str
    title: str
    why: str
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A sentence of published evidence, what kind of figure it is where it isn't measured, and the
    actions that it stands behind."""

    text: str
    status: str | None
    serves: str

    @property
    def told(self) -> str:
        """All of it."""
        return f"{marked(self.text, self.status)} {self.serves}"


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan; `words` are the headings and labels of the frame."""

    language: str
    title: str
    prepared: str
    made_on: str | None
    size: str
    insights: tuple[str, ...]
    areas: tuple[AreaView, ...]
    money: tuple[MoneyLine, ...]
    dispute: tuple[str, ...]
    actions: tuple[ActionView, ...]
    later: tuple[LaterView, ...]
    unknowns: tuple[UnknownView, ...]
    sources: tuple[SourceView, ...]
    origins: tuple[str, ...]
    """Each action's number with the rows of the articles that it comes from."""
    about: tuple[str, ...]
    words: Mapping[str, Any]
    amendments: tuple[AmendmentView, ...] = ()
    """What was changed by hand."""
    changed_by: str | None = None
    """Who changed it, in a sentence for where the changes themselves aren't told."""
    word: WordView | None = None
    """A personal word of the consultant who sent it."""

    @property
    def sums(self) -> tuple[MoneyLine, ...]:
        """The sums that matter most."""
        return tuple(line for line in self.money if line.main)

    @property
    def other_sums(self) -> tuple[MoneyLine, ...]:
        """All other sums."""
        return tuple(line for line in self.money if not line.main)

    @property
    def money_note(self) -> str:
        """How to read the sums, or why there are none."""
        told = any(line.id not in OWN_MEANS for line in self.money)
        note = "money_note" if self.sums else "money_quiet" if told else "money_none"
        return str(self.words[note])

    @property
    def start_note(self) -> str:
        """What speaks for the free action that the plan begins with."""
        brief = self.first is not None and self.first.weeks == 1
        return str(self.words["start_note" if brief else "start_routine"])

    @property
    def first(self) -> ActionView | None:
        """The action to begin with."""
        chosen = [action for action in self.actions if action.first] or self.actions
        return chosen[0] if chosen else None

    def action(self, action: str) -> ActionView:
        """An action by its id. Raises KeyError."""
        for row in self.actions:
            if row.id == action:
                return row
        raise KeyError(action)
