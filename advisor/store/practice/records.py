"""What the parts of a practice hand out: frozen copies of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from advisor.clients import SILENT
from advisor.model import Answer

Role = Literal["consultant", "lead", "operator"]
ROLES: tuple[Role, ...] = ("consultant", "lead", "operator")
"""Looks after owners; and after the practice, too; after the installation, and sees no owner."""


NEEDS = ("nothing", "silent", "danger_silent", "waits", "danger_waits", "answered", "person")
"""What a client needs a person for, the least urgent first."""


@dataclass(frozen=True, slots=True)
class StoredPractice:
    """A consultancy."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Consultant:
    """Someone who signs in. Operators belong to no practice. `password` is a hash; `secret` is
    what the second factor counts with, and `confirmed_at` when it was first shown to work."""

    id: str
    practice_id: str | None
    email: str
    name: str
    role: Role
    language: str
    password: str
    secret: str | None
    confirmed_at: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A sign-in on one device; `factors` is how many were shown, of two."""

    id: str
    consultant_id: str
    factors: int
    address: str | None
    agent: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that was given out: to an owner, or to a colleague with a role. For an owner
    `label` is whom it is meant for, and `consultant_id` who will look after them."""

    id: str
    practice_id: str | None
    kind: Literal["owner", "colleague"]
    role: Role | None
    email: str | None
    label: str | None
    consultant_id: str | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def open(self, at: datetime) -> bool:
        """Whether it can be used."""
        return self.used_at is None and self.revoked_at is None and at < self.expires_at


@dataclass(frozen=True, slots=True)
class Client:
    """An owner as the list shows them; see `advisor.clients.Summary` for what the numbers mean.

    `label` is what the practice called them when it invited them, `person_at` when they asked for a
    person, `replied_at` when they wrote to their consultant, who hasn't read it, `attention` how
    much they need a person (6 most, 0 nothing), `silent` whether nothing was
    heard of them for long.
    """

    chat_id: str
    consultant_id: str | None
    interview_id: str | None
    label: str | None
    name: str | None
    language: str | None
    status: str
    sector: str | None
    severity: int | None
    worst_area: str | None
    runway: int | None
    danger: int
    answered: int
    plan_version: int
    sent_version: int
    plan_at: datetime | None
    sent_at: datetime | None
    progress_at: datetime | None
    person_at: datetime | None
    replied_at: datetime | None
    started_at: datetime
    contact_at: datetime
    silent: bool
    attention: int

    @property
    def need(self) -> str:
        """What `attention` means."""
        return NEEDS[self.attention]

    @property
    def state(self) -> int | None:
        """How dangerous the business's state is; None while nothing is known of it."""
        return None if self.severity is None and self.runway is None else self.danger

    @property
    def cash_first(self) -> bool:
        """Whether the cash is what is most dangerous."""
        return self.danger > (self.severity or 0)

    @property
    def standing(self) -> str:
        """The status as the list shows it."""
        return SILENT if self.silent else self.status


@dataclass(frozen=True, slots=True)
class Note:
    """What a colleague wrote about an owner, for colleagues."""

    id: str
    consultant_id: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter of the list that a consultant keeps under a name."""

    id: str
    name: str
    query: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log."""

    id: int
    consultant_id: str | None
    chat_id: str | None
    act: str
    detail: dict[str, Any] | None
    address: str | None
    at: datetime
    chain: str | None
    """A hash of the line and of the one before it; None in lines from before there were any."""


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it was given, and when; `replaced_at` is when another took its place."""

    answer: Answer
    at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What a program of a practice comes with; `scopes` are what it may do, and `consultant_id` is
    who gave it out."""

    id: str
    practice_id: str
    consultant_id: str | None
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hook:
    """An address that a practice has told what happens; `secret` signs what it gets."""

    id: str
    url: str
    secret: str
    events: list[str]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that an address is told. `status` is what it answered last, by HTTP."""

    id: int
    url: str
    secret: str
    event: str
    payload: dict[str, Any]
    created_at: datetime
    next_at: datetime
    attempts: int
    status: int | None
    done_at: datetime | None
    dead_at: datetime | None
