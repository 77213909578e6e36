"""What goes in and out, as the OpenAPI document tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, StringConstraints

from advisor.announced import ANNOUNCED, Announced
from advisor.store.practice import Client, Delivery, Hook, Note

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Shape(BaseModel):
    """Takes no field that it doesn't know."""

    model_config = ConfigDict(extra="forbid")


class ClientOut(Shape):
    """A client as the list has them. `severity` and `danger` go from 0 to 100, `runway` is in days,
    `attention` from 0 (nothing) to the highest need."""

    id: str
    name: str | None
    language: str | None
    status: str
    sector: str | None
    severity: int | None
    worst_area: str | None
    runway: int | None
    danger: int
    attention: int
    need: str
    answered: int
    consultant: str | None
    plan_version: int
    sent_version: int
    started_at: datetime
    contact_at: datetime

    @classmethod
    def of(cls, client: Client) -> ClientOut:
        """A line of the list."""
        return cls(
            id=client.chat_id,
            name=client.name or client.label,
            language=client.language,
            status=client.standing,
            sector=client.sector,
            severity=client.severity,
            worst_area=client.worst_area,
            runway=client.runway,
            danger=client.danger,
            attention=client.attention,
            need=client.need,
            answered=client.answered,
            consultant=client.consultant_id,
            plan_version=client.plan_version,
            sent_version=client.sent_version,
            started_at=client.started_at,
            contact_at=client.contact_at,
        )


class ClientsOut(Shape):
    """A page of the list; `next` is what to ask for `after`, absent on the last page."""

    items: list[ClientOut]
    next: str | None = None


class AnswerOut(Shape):
    """An answer that stands: known, unknown or skipped; the value as the contract's types have it,
    with the ends of its range where one was given."""

    slot: str
    state: str
    value: Any
    low: float | None
    high: float | None
    at: datetime


class VersionOut(Shape):
    """A version of a plan: why it was made, and when."""

    version: int
    cause: str
    made_at: datetime


class NoteIn(Shape):
    """What a colleague is to know."""

    text: Annotated[Words, Field(max_length=4000)]


class NoteOut(Shape):
    """A note; `consultant` is the id of whoever wrote it, or gave out the token that did."""

    id: str
    text: str
    consultant: str | None
    at: datetime

    @classmethod
    def of(cls, note: Note) -> NoteOut:
        """A stored note."""
        return cls(id=note.id, text=note.text, consultant=note.consultant_id, at=note.at)


class InvitationIn(Shape):
    """Whom an invitation is meant for, and which colleague (by e-mail) will look after them."""

    label: Annotated[str, Field(max_length=80)] = ""
    consultant: Annotated[Words, Field(max_length=200)]


class InvitationOut(Shape):
    """An invitation. The link is told once, as only its digest is kept; it is absent where the
    installation has no bot, and then the owner sends `/start TOKEN`."""

    id: str
    token: str
    link: str | None
    expires_at: datetime


class HookIn(Shape):
    """An https address, and what it is to be told."""

    url: Annotated[AnyHttpUrl, Field(max_length=500)]
    events: Annotated[list[Announced], Field(min_length=1, max_length=len(ANNOUNCED))]


class HookOut(Shape):
    """An address that is told what happens."""

    id: str
    url: str
    events: list[str]
    created_at: datetime

    @classmethod
    def of(cls, hook: Hook) -> HookOut:
        """A stored one."""
        return cls(id=hook.id, url=hook.url, events=hook.events, created_at=hook.created_at)


class NewHookOut(HookOut):
    """A new one, with the secret that its messages are signed with: it is told once."""

    secret: str


class DeliveryOut(Shape):
    """Something that an address was told, or is to be. `answer` is its last status by HTTP."""

    id: int
    event: str
    payload: dict[str, Any]
    state: Literal["waiting", "delivered", "given_up"]
    attempts: int
    answer: int | None
    created_at: datetime
    next_at: datetime | None

    @classmethod
    def of(cls, one: Delivery) -> DeliveryOut:
        """A row of the log."""
        waits = one.done_at is None and one.dead_at is None
        return cls(
            id=one.id,
            event=one.event,
            payload=one.payload,
            state="waiting" if waits else "delivered" if one.done_at else "given_up",
            attempts=one.attempts,
            answer=one.status,
            created_at=one.created_at,
            next_at=one.next_at if waits else None,
        )


class PortfolioOut(Shape):
    """All clients counted; see the page of the same name."""

    total: int
    statuses: dict[str, int]
    areas: dict[str, dict[str, int]]
    findings: dict[str, int]
    actions: dict[str, int]
    questions: list[dict[str, Any]]
    hours_to_plan: dict[str, float] | None
