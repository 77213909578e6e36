"""The list of a practice's clients: filtered, sorted, and paged by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from advisor.clients import DANGEROUS, SILENT, SILENT_DAYS
from advisor.store.practice.tables import client_tokens, clients

Order = Literal["attention", "runway", "severity", "contact", "started"]
ORDERS: tuple[Order, ...] = ("attention", "runway", "severity", "contact", "started")
NEVER_ENDS = 1_000_000
"""Days of cash that stand for "not known" when clients are sorted."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which clients, in which order. `sought` is what `searching.sought` gives: for each word,
    tokens of which one must be there; `widely` is what is looked for on a page where that finds
    nobody. `dangerous` leaves out whoever isn't in danger."""

    status: str | None = None
    sector: str | None = None
    consultant_id: str | None = None
    dangerous: bool = False
    sought: Sequence[frozenset[str]] = ()
    widely: Sequence[frozenset[str]] = ()
    order: Order = "attention"


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page begins: after a client, as the list stood at `at`."""

    at: datetime
    after: str | None = None
    size: int = 50


def is_silent(at: datetime) -> ColumnElement[bool]:
    """Whether nothing was heard for long of an owner who is to say something."""
    long_ago = clients.c.contact_at < at - timedelta(days=SILENT_DAYS)
    return and_(long_ago, clients.c.status != "waiting")


def attention(at: datetime) -> ColumnElement[int]:
    """How much a client needs a person: 6 asked for one; 5 answered their consultant; 4 a plan
    waits for a business in danger; 3 a plan waits; 2 in danger and silent; 1 silent; 0 nothing."""
    columns = clients.c
    dangerous, waits = columns.danger >= DANGEROUS, columns.status == "waiting"
    return case(
        (columns.person_at.is_not(None), literal(6)),
        (columns.replied_at.is_not(None), literal(5)),
        (and_(waits, dangerous), literal(4)),
        (waits, literal(3)),
        (and_(is_silent(at), dangerous), literal(2)),
        (is_silent(at), literal(1)),
        else_=literal(0),
    )


def keys(order: Order, at: datetime) -> list[tuple[ColumnElement[Any], bool]]:
    """What an order sorts by, and whether from the top down. The id makes it whole."""
    columns = clients.c
    runway = func.coalesce(columns.runway, NEVER_ENDS)
    last = (columns.chat_id, False)
    match order:
        case "runway":
            return [(runway, False), (columns.danger, True), last]
        case "severity":
            return [(func.coalesce(columns.severity, -1), True), (runway, False), last]
        case "contact":
            return [(columns.contact_at, True), last]
        case "started":
            return [(columns.started_at, True), last]
    return [
        (attention(at), True),
        (columns.danger, True),
        (columns.contact_at, False),
        last,
    ]


def matching(practice_id: str, wanted: Filter, at: datetime) -> ColumnElement[bool]:
    """The clients of a practice that a filter lets through."""
    columns = clients.c
    conditions = [columns.practice_id == practice_id]
    if wanted.status == SILENT:
        conditions.append(is_silent(at))
    elif wanted.status is not None:
        conditions += [columns.status == wanted.status, ~is_silent(at)]
    if wanted.sector is not None:
        conditions.append(columns.sector == wanted.sector)
    if wanted.consultant_id is not None:
        conditions.append(columns.consultant_id == wanted.consultant_id)
    if wanted.dangerous:
        conditions.append(columns.danger >= DANGEROUS)
    conditions += [found_by(tokens) for tokens in wanted.sought]
    return and_(*conditions)


def found_by(tokens: frozenset[str]) -> ColumnElement[bool]:
    """Clients that have one of some tokens."""
    held = select(client_tokens.c.chat_id).where(client_tokens.c.token.in_(sorted(tokens)))
    return clients.c.chat_id.in_(held)


def listed(practice_id: str, wanted: Filter, page: Page, last: Sequence[Any]) -> Select[Any]:
    """The statement for one page; `last` are the sorting keys of the client before it."""
    sorting = keys(wanted.order, page.at)
    statement = read(page.at).where(matching(practice_id, wanted, page.at))
    if last:
        statement = statement.where(beyond(sorting, last))
    return statement.order_by(*ordered(sorting)).limit(page.size + 1)


def listed_all(practice_id: str, wanted: Filter, at: datetime) -> Select[Any]:
    """The statement for every client that a filter lets through, in its order."""
    sorting = keys(wanted.order, at)
    statement = read(at).where(matching(practice_id, wanted, at))
    return statement.order_by(*ordered(sorting))


def ordered(sorting: list[tuple[ColumnElement[Any], bool]]) -> list[ColumnElement[Any]]:
    """Sorting keys as SQL has them."""
    return [key.desc() if down else key.asc() for key, down in sorting]


def keys_of(practice_id: str, wanted: Filter, page: Page) -> Select[Any]:
    """The statement for the sorting keys of the client before a page."""
    columns = clients.c
    mine = and_(columns.practice_id == practice_id, columns.chat_id == page.after)
    return select(*(key for key, _ in keys(wanted.order, page.at))).where(mine)


def beyond(
    sorting: list[tuple[ColumnElement[Any], bool]], last: Sequence[Any]
) -> ColumnElement[bool]:
    """Whatever comes after those keys."""
    conditions: list[ColumnElement[bool]] = []
    for n, ((key, down), value) in enumerate(zip(sorting, last, strict=True)):
        same = [k == v for (k, _), v in zip(sorting[:n], last, strict=False)]
        conditions.append(and_(*same, key < value if down else key > value))
    return or_(*conditions)


def read(at: datetime) -> Select[Any]:
    """Columns in the order of Client."""
    columns = clients.c
    return select(
        columns.chat_id,
        columns.consultant_id,
        columns.interview_id,
        columns.label,
        columns.name,
        columns.language,
        columns.status,
        columns.sector,
        columns.severity,
        columns.worst_area,
        columns.runway,
        columns.danger,
        columns.answered,
        columns.plan_version,
        columns.sent_version,
        columns.plan_at,
        columns.sent_at,
        columns.progress_at,
        columns.person_at,
        columns.replied_at,
        columns.started_at,
        columns.contact_at,
        is_silent(at).label("silent"),
        attention(at).label("attention"),
    )
