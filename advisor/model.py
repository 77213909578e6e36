"""The words of the domain as frozen types: slot, answer, fact, finding, action, plan.

Units are those of the contract: percent 0-100, money with its ISO 4217 currency, durations in
days (week 7, month 30, year 365). A set of options is a sorted tuple.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from advisor.amendments import Amendment, Wording

Condition = Mapping[str, Any]
"""A condition as content writes it; see `advisor.conditions`."""


class Kind(StrEnum):
    """Types of slots, as the contract names them."""

    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"
    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    DURATION = "duration"
    TEXT = "text"


NUMERIC = frozenset({Kind.PERCENT, Kind.MONEY, Kind.COUNT, Kind.DURATION})
WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YESNO})


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217)."""

    amount: float
    currency: str


Value = bool | int | float | str | Money | tuple[str, ...]


class AnswerState(StrEnum):
    """Whether a slot was answered, not known to the owner, or passed over."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the owner said about one slot, with the message that it came from.

    `low` and `high` are the ends of a range in the unit of the slot (either may be absent for a
    bound); `approximate` marks a guess. `message` names the message in the transcript.
    """

    slot: str
    state: AnswerState
    value: Value | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    message: str | None = None

    @property
    def known(self) -> bool:
        """Whether it holds a value."""
        return self.state is AnswerState.KNOWN


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Slot:
    """A thing to know: id, area and type are the contract's, the rest is the content's."""

    id: str
    area: str
    kind: Kind
    options: tuple[str, ...]
    core: int | None
    rows: tuple[str, ...]
    when: Condition
    depends_on: tuple[str, ...]
    range: tuple[float, float] | None
    exclusive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an action is advised to this owner: true when its condition is."""

    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Boost:
    """Points added to an action's impact where the condition holds."""

    when: Condition
    add: int


@dataclass(frozen=True, slots=True)
class Worth:
    """An action in money: a fact, and whether it is what may be gained in a month, what is at
    stake or lost already in a month, or what one mishap costs once."""

    fact: str
    kind: Literal["gain", "stake", "lost", "once"]


@dataclass(frozen=True, slots=True)
class Action:
    """A row of the catalogue. Hours are the owner's, in all; cost is money in all, in shekels."""

    id: str
    area: str
    rows: tuple[str, ...]
    evidence: tuple[str, ...]
    when: Condition
    reasons: tuple[Reason, ...]
    impact: int
    boosts: tuple[Boost, ...]
    hours: float
    weeks: int
    cost: float
    requires: tuple[str, ...]
    gates: tuple[str, ...]
    quick: bool
    urgent: Condition | None
    worth: Worth | None = None
    only_when: Mapping[str, Condition] = field(default_factory=dict)
    """Of what it requires, that which it requires only for some businesses."""
    gated_when: Mapping[str, Condition] = field(default_factory=dict)
    """Of its legal gates, those that only some businesses pass through."""
    baseline: tuple[str, ...] = ()
    """Slots or facts that say where its measure starts from; the first that is known does."""


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A paragraph of a draft by its id, and when it is said."""

    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Draft:
    """Words for an action, ready to send or to say. `advertising` is what the law holds it for
    (E10, E11); `checks` are ids of what to see to first. It is offered where `when` holds."""

    id: str
    actions: tuple[str, ...]
    channel: str
    advertising: bool
    when: Condition
    checks: tuple[str, ...]
    parts: tuple[DraftPart, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value derived from answers. `low` and `high` bound it where an input is a range,
    a guess or a prior; `slots` are the answers that it stands on, `unit` how to print it."""

    name: str
    value: bool | float | Money
    unit: Literal["percent", "points", "money", "count", "duration", "flag"]
    slots: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    prior: bool = False


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the facts say about an area: severity 0 (sound) to 100 (in danger), evidence as ids of
    texts with the slots that they rest on, and confidence 0-1 from what was answered."""

    area: str
    score: int
    confidence: float
    evidence: tuple[Evidence, ...]
    missing: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation behind a finding: a text key, points, and the slots that it rests on."""

    id: str
    points: int
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action in the plan: when, and why for this owner."""

    id: str
    area: str
    start_week: int
    weeks: int
    hours: float
    cost: Money
    impact: int
    reasons: tuple[str, ...]
    because: tuple[str, ...]
    """Slots whose answers made it apply."""
    rows: tuple[str, ...]
    evidence: tuple[str, ...]
    requires: tuple[str, ...]
    gates: tuple[str, ...]
    first: bool = False
    worth: Worth | None = None
    """Where the answers allow it."""
    wording: Wording | None = None
    """A consultant's words for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Findings, money and scheduled actions for 13 weeks; immutable, a pure function of answers and
    of what consultants changed: `amendments` are those in force, `idle` the ids of those whose
    action isn't in the plan, so that they change nothing."""

    answers: Answers
    facts: Facts
    findings: tuple[Finding, ...]
    insights: tuple[str, ...]
    actions: tuple[PlannedAction, ...]
    later: tuple[str, ...] = field(default=())
    """Actions that apply but don't fit the owner's hours or budget."""
    amendments: tuple[Amendment, ...] = ()
    idle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalWord:
    """What a consultant wrote to the owner on sending a version of a plan; `at` is in ISO 8601."""

    by: str
    practice: str
    text: str
    at: str


WEEKS = 13
AREAS = ("profile", "churn", "pricing", "habits", "supply", "trust", "skills", "digital")
PLAN_AREAS = AREAS[1:]
LANGUAGES = ("he", "en")
DEFAULT_LANGUAGE = "he"
