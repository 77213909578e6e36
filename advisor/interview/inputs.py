"""What reaches the interview: a message as understood, or a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model import Answer
from advisor.whatif import Supposition


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message does (`act`, an id of the contract, or None where nothing was understood),
    the answers that it holds, the slot (or language) that it is about, how sure we are (0-1),
    where two readings are as likely, both of them, and the numbers that a correction tells besides
    the new one: what was answered before ("I said 70, it was 75")."""

    act: str | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    target: str | None = None
    confidence: float = 1.0
    alternatives: tuple[Answer, ...] = ()
    told: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A typed message, read."""

    reading: Reading
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: an option of the question, or a control that begins with '/'.

    `question` is the slot that the button belonged to, where the channel knows it; a press that
    belongs to another question than the one that stands is stale and has no effect.
    """

    option: str
    question: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Wondered:
    """A "what if": answered, and nothing of it stored as an answer."""

    supposition: Supposition


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """What changed in the plan, since a version where one is named."""

    since: int | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that holds nothing to understand; `topic` is the reply that says what to do."""

    topic: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that the owner changed after it was read: how it reads now in the light of its own
    `question`, and the slots whose answers came from it as it was."""

    reading: Reading
    question: str | None
    slots: tuple[str, ...]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that asks for a word and holds nothing to read: a photo, an edit of something long
    past. `topic` is the reply; it is no miss, and the question stands."""

    topic: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """A message that can't be read just now, as what reads free text is away: our fault, so it is
    no miss of the owner's, and no question is left open for it."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A message to the consultant: an answer to what they wrote, or what they were asked to be
    told. It isn't read for anything else."""

    message: str


@dataclass(frozen=True, slots=True)
class Silence:
    """The owner stopped in the middle, and a reminder is due: the so-manieth, from 1."""

    step: int


@dataclass(frozen=True, slots=True)
class WeekOver:
    """A week of a plan is over: these of its actions are to be asked about, and `step` is what the
    coming week begins with."""

    plan: str
    week: int
    actions: tuple[str, ...]
    step: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A number, for the measure that was asked for."""

    value: float


@dataclass(frozen=True, slots=True)
class Opened:
    """The owner opened the chat again: a /start, or a program that begins anew."""


Input = (
    Heard
    | Pressed
    | Wondered
    | ChangesAsked
    | Unreadable
    | Edited
    | Noticed
    | Unheard
    | Replied
    | Silence
    | WeekOver
    | Measured
    | Opened
)
