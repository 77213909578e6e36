"""A practice's lines of the audit log, in a unit."""

from __future__ import annotations

from sqlalchemy import select

from advisor.store.practice.chain import Chain, checked
from advisor.store.practice.records import Entry
from advisor.store.practice.scope import Scoped
from advisor.store.practice.tables import audit


class Log(Scoped):
    """The practice's lines of the audit log."""

    async def entries(
        self, before: int | None = None, chat_id: str | None = None, size: int = 100
    ) -> list[Entry]:
        """Lines, newest first: those before one, and those about one client."""
        columns = audit.c
        statement = (
            select(
                columns.id,
                columns.consultant_id,
                columns.chat_id,
                columns.act,
                columns.detail,
                columns.address,
                columns.at,
                columns.chain,
            )
            .where(columns.practice_id == self.practice_id)
            .order_by(columns.id.desc())
            .limit(size)
        )
        if before is not None:
            statement = statement.where(columns.id < before)
        if chat_id is not None:
            statement = statement.where(columns.chat_id == chat_id)
        return [Entry(*row) for row in await self.connection.execute(statement)]

    async def check(self) -> Chain:
        """Look through all lines: whether one was taken out, or changed."""
        return await checked(self.connection, self.practice_id)
