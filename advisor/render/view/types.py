"""A plan as structured text, worded and formatted once; every renderer reads this and nothing else.

Texts are plain, with the isolates of `advisor.render.direction`; renderers escape them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LISTED = re.compile(r"•|\d+\)")
"""How a line of a list begins."""


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
    """A sum or a ratio with its formula in words; `interval` where its inputs have one."""

    id: str
    name: str
    value: str
    formula: str
    interval: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Gate:
    """What the law asks for before an action."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence of published evidence, with what kind of figure it is where it isn't measured."""

    id: str
    text: str
    status: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """How to tell that an action works."""

    what: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """Words ready to send or to say; `checks` is what to see to before that, `channel` an id
    with its name in words. Only letters and e-mails have a subject."""

    id: str
    name: str
    channel: str
    channel_name: str
    subject: str | None
    paragraphs: tuple[str, ...]
    checks: tuple[str, ...]

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

    @property
    def end_week(self) -> int:
        """The last week."""
        return self.start_week + self.weeks - 1


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
    about: tuple[str, ...]
    words: Mapping[str, Any]

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
