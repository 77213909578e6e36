"""All clients of a practice at once, in a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from advisor.clients import SILENT
from advisor.portfolio import Line
from advisor.store.practice.listing import Filter, is_silent, listed_all
from advisor.store.practice.records import Client
from advisor.store.practice.scope import Scoped
from advisor.store.practice.tables import clients
from advisor.store.tables import answers, plans


class Survey(Scoped):
    """Counts for the portfolio, and whole lists to take away."""

    async def lines(self, at: datetime) -> list[Line]:
        """Every client in the few columns that a portfolio counts."""
        columns = clients.c
        first = (plans.c.interview_id == columns.interview_id) & (plans.c.version == 1)
        standing: ColumnElement[Any] = case((is_silent(at), literal(SILENT)), else_=columns.status)
        found = await self.connection.execute(
            select(
                standing,
                columns.areas,
                columns.observed,
                columns.actions,
                columns.asking,
                columns.started_at,
                plans.c.made_at,
            )
            .join_from(clients, plans, first, isouter=True)
            .where(columns.practice_id == self.practice_id)
        )
        return [Line(row[0], row[1] or {}, row[2] or (), row[3] or (), *row[4:]) for row in found]

    async def answer_counts(self) -> Mapping[tuple[str, str], int]:
        """How many standing answers there are, by slot and state."""
        columns = answers.c
        found = await self.connection.execute(
            select(columns.slot, columns.state, func.count())
            .join_from(clients, answers, columns.interview_id == clients.c.interview_id)
            .where(clients.c.practice_id == self.practice_id, columns.replaced_at.is_(None))
            .group_by(columns.slot, columns.state)
        )
        return {(slot, state): count for slot, state, count in found}

    async def every(self, wanted: Filter, at: datetime) -> list[Client]:
        """All clients that a filter lets through, in its order."""
        found = await self.connection.execute(listed_all(self.practice_id, self.keyed(wanted), at))
        return [Client(*row) for row in found]
