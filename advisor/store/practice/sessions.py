"""Sign-ins, in a unit. Only digests of their tokens are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, Update, insert, select, update

from advisor.store.base import Part
from advisor.store.practice.accounts import read_consultants
from advisor.store.practice.records import Consultant, StoredSession
from advisor.store.practice.tables import consultants, sessions


class Sessions(Part):
    """Sessions from sign-in to their end."""

    async def start(
        self,
        consultant_id: str,
        digest: str,
        factors: int,
        at: datetime,
        expires_at: datetime,
        address: str | None,
        agent: str | None,
    ) -> str:
        """A new session; gives its id."""
        session = self.ids()
        await self.connection.execute(
            insert(sessions).values(
                id=session,
                digest=digest,
                consultant_id=consultant_id,
                factors=factors,
                address=address,
                agent=agent,
                created_at=at,
                seen_at=at,
                expires_at=expires_at,
            )
        )
        return session

    async def by_digest(self, digest: str, at: datetime) -> tuple[StoredSession, Consultant] | None:
        """The session of a token with its account, unless either has ended."""
        columns = sessions.c
        live = (columns.digest == digest) & columns.ended_at.is_(None) & (columns.expires_at > at)
        found = (await self.connection.execute(read().where(live))).one_or_none()
        if found is None:
            return None
        session = StoredSession(*found)
        wanted = read_consultants().where(
            consultants.c.id == session.consultant_id, consultants.c.disabled_at.is_(None)
        )
        account = (await self.connection.execute(wanted)).one_or_none()
        return (session, Consultant(*account)) if account is not None else None

    async def touch(self, session_id: str, at: datetime, expires_at: datetime) -> None:
        """It is in use."""
        await self.connection.execute(
            update(sessions)
            .where(sessions.c.id == session_id)
            .values(seen_at=at, expires_at=expires_at)
        )

    async def of(self, consultant_id: str, at: datetime) -> list[StoredSession]:
        """An account's sessions that haven't ended, the last used first."""
        columns = sessions.c
        found = await self.connection.execute(
            read()
            .where(columns.consultant_id == consultant_id)
            .where(columns.ended_at.is_(None), columns.expires_at > at)
            .order_by(columns.seen_at.desc())
        )
        return [StoredSession(*row) for row in found]

    async def end(self, consultant_id: str, session_id: str, at: datetime) -> bool:
        """End one session of an account; False where it has none such."""
        done = await self.connection.execute(
            ending(consultant_id, at).where(sessions.c.id == session_id)
        )
        return done.rowcount == 1

    async def end_all(self, consultant_id: str, at: datetime, but: str | None = None) -> int:
        """End an account's sessions, all or all but one; how many."""
        statement = ending(consultant_id, at)
        if but is not None:
            statement = statement.where(sessions.c.id != but)
        return (await self.connection.execute(statement)).rowcount


def ending(consultant_id: str, at: datetime) -> Update:
    """The statement that ends sessions of an account."""
    columns = sessions.c
    return (
        update(sessions)
        .where(columns.consultant_id == consultant_id, columns.ended_at.is_(None))
        .values(ended_at=at)
    )


def read() -> Select[Any]:
    """Columns in the order of StoredSession."""
    columns = sessions.c
    return select(
        columns.id,
        columns.consultant_id,
        columns.factors,
        columns.address,
        columns.agent,
        columns.created_at,
        columns.seen_at,
        columns.expires_at,
    )
