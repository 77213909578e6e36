"""What the store hands out: frozen copies of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from advisor.interview.events import Event
from advisor.interview.state import Interview
from advisor.model import PersonalWord

Direction = Literal["in", "out"]
Silence = Literal["stopped", "muted"]


@dataclass(frozen=True, slots=True)
class StoredChat:
    """An owner's chat; `stopped_at` is set while the owner has blocked us. `silence`: we don't
    write first, until the owner writes again ("stopped") or allows it again ("muted").
    `heard_at`: when they wrote last, to a day; `warned_at`: when they were told that all this will
    be deleted."""

    id: str
    address: str
    language: str | None
    stopped_at: datetime | None = None
    silence: Silence | None = None
    heard_at: datetime | None = None
    warned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredInterview:
    """An interview as it stood after `turns` turns."""

    id: str
    chat_id: str
    state: Interview
    turns: int


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """Something that happened in an interview, in which of its turns, and when."""

    turn: int
    event: Event
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A line of the transcript: typed text or a pressed option in, what we said out."""

    id: str
    direction: Direction
    text: str | None
    option: str | None
    question: str | None
    external: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A version of an interview's plan; never changed once made. `word` is what a consultant wrote
    last on sending it."""

    id: str
    version: int
    document: dict[str, Any]
    cause: str
    made_at: datetime
    word: PersonalWord | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A reply on its way out; `failed_at` is when sending last failed."""

    id: int
    chat_id: str
    address: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """Something that a channel received. `address` is its chat's: the lane that it waits in, and
    how a dead one is found when its owner is forgotten. What is for nobody is done when it comes.
    """

    update_id: int
    payload: dict[str, Any] | None
    address: str | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """Something that a channel received and that isn't finished; `address` is the chat's."""

    bot: str
    update_id: int
    payload: dict[str, Any]
    attempts: int
    address: str | None
    received_at: datetime
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeadUpdate:
    """Something that was received and given up; its number is the reference that its owner got."""

    bot: str
    update_id: int
    dead_at: datetime
    attempts: int
    error: str | None
    whole: bool
    """Whether it can be dealt with once more: of a forgotten owner's, nothing is left."""


@dataclass(frozen=True, slots=True)
class DeadMessage:
    """A reply that couldn't be sent and was given up; `kind` is its type."""

    id: int
    kind: str | None
    dead_at: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A wording of what is kept that an owner was shown; `agreed_at` and `message_id` tell of the
    first message after it."""

    version: str
    shown_at: datetime
    agreed_at: datetime | None
    message_id: str | None


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether misread messages of a chat may be kept; `given` is None until the owner says."""

    asked_at: datetime | None
    given: bool | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Misreading:
    """A message that was read wrongly or not at all, stripped of whatever tells who wrote it.

    `reason` says why it is here, `question` is the slot that was asked about, `read` what was read
    and `corrected` what the owner made of it: {"act", "target", "confidence", "slots"}, values of
    choices as they are and all others as placeholders. `at` is when the message came.
    """

    message_id: str
    reason: str
    language: str
    question: str | None
    text: str
    read: dict[str, Any]
    corrected: dict[str, Any] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredMisreading:
    """A misreading that waits for a person to label it."""

    id: int
    misreading: Misreading


@dataclass(frozen=True, slots=True)
class Queue:
    """How much waits in a queue and since when, and how much of it was given up."""

    length: int
    oldest: datetime | None
    dead: int
