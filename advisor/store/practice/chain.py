"""The audit log as a chain: each line holds a hash of itself and of the line before it in its
practice, so that a line which somebody took out or changed past the database shows.

A cut at the end shows to whoever kept an earlier line: exports hold the hashes.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select

from advisor.store.practice.tables import audit
from advisor.store.transaction import Connected

LOCKS = 4711
"""What the locks of chains are told by, among PostgreSQL's advisory locks."""
BATCH = 2000
TOLD = ("practice_id", "consultant_id", "chat_id", "act", "detail", "address", "at")
"""Columns that a hash stands for."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A practice's log, looked through: how many lines it has; how many of them, from before there
    were chains, are in none; the first that doesn't follow the one before it, if any; and the hash
    of the last."""

    lines: int
    loose: int
    broken: int | None
    last: str | None


async def append(connection: Connected, **values: Any) -> None:
    """Add a line behind the last one of its practice (None: nobody's). On PostgreSQL others who add
    to that log wait until the transaction ends, so this is best done last in it."""
    practice_id: str | None = values.get("practice_id")
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock(LOCKS, func.hashtext(practice_id or ""))
        await connection.execute(select(lock))
    last = await connection.execute(
        select(audit.c.chain)
        .where(of(practice_id), audit.c.chain.is_not(None))
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    chain = hashed(last.scalar_one_or_none(), values)
    await connection.execute(insert(audit).values(**values, chain=chain))


async def checked(connection: Connected, practice_id: str | None) -> Chain:
    """Look through the log of a practice, or (None) of what belongs to none."""
    lines, loose, last = 0, 0, None
    broken: int | None = None
    async for row in rows(connection, practice_id):
        lines += 1
        if row.chain is None:
            loose += 1
            continue
        if broken is None and row.chain != hashed(last, row._asdict()):
            broken = row.id
        last = row.chain
    return Chain(lines, loose, broken, last)


async def rows(connection: Connected, practice_id: str | None) -> AsyncIterator[Row[Any]]:
    """All lines, oldest first."""
    after = 0
    while True:
        found = await connection.execute(
            select(audit)
            .where(of(practice_id), audit.c.id > after)
            .order_by(audit.c.id)
            .limit(BATCH)
        )
        batch = found.all()
        for row in batch:
            yield row
        if len(batch) < BATCH:
            return
        after = batch[-1].id


def of(practice_id: str | None) -> ColumnElement[bool]:
    """The lines of one practice, or of none."""
    column = audit.c.practice_id
    return column.is_(None) if practice_id is None else column == practice_id


def hashed(before: str | None, values: Mapping[str, Any]) -> str:
    """The hash of a line that follows another."""
    told = [before, *(plain(values.get(name)) for name in TOLD)]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON, the same on its way in and out of any database."""
    if isinstance(value, datetime):
        return f"{value.timestamp():.6f}"
    return value
