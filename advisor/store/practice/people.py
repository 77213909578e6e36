"""Colleagues of a practice, who was invited, and the filters that they keep, in a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from advisor.store.practice.accounts import read_consultants
from advisor.store.practice.invitations import read as read_invitations
from advisor.store.practice.records import Consultant, Invitation, Role, SavedFilter
from advisor.store.practice.roster import ClientList
from advisor.store.practice.tables import (
    clients,
    consultants,
    invitations,
    practices,
    saved_filters,
)


class People(ClientList):
    """Colleagues, and who was invited."""

    async def name(self) -> str:
        """What the practice is called."""
        found = await self.connection.execute(
            select(practices.c.name).where(practices.c.id == self.practice_id)
        )
        return str(found.scalar_one())

    async def colleagues(self) -> list[Consultant]:
        """Everybody with an account, closed ones too, by name."""
        found = await self.connection.execute(
            read_consultants()
            .where(consultants.c.practice_id == self.practice_id)
            .order_by(consultants.c.id)
        )
        return sorted((Consultant(*row) for row in found), key=lambda colleague: colleague.name)

    async def loads(self) -> Mapping[str, int]:
        """How many clients each colleague looks after."""
        columns = clients.c
        found = await self.connection.execute(
            select(columns.consultant_id, func.count())
            .where(columns.practice_id == self.practice_id, columns.consultant_id.is_not(None))
            .group_by(columns.consultant_id)
        )
        return {row[0]: row[1] for row in found}

    async def invite_owner(
        self, digest: str, consultant_id: str, label: str | None, at: datetime, days: int
    ) -> str:
        """An invitation for an owner, whom a colleague will look after; gives its id."""
        await self.colleague(consultant_id)
        return await self.invite(
            at, days, digest=digest, kind="owner", consultant_id=consultant_id, label=label
        )

    async def invite_colleague(
        self, digest: str, email: str, role: Role, at: datetime, days: int
    ) -> str:
        """An invitation for a colleague; gives its id."""
        if role == "operator":
            raise ValueError("an operator belongs to no practice")
        return await self.invite(
            at, days, digest=digest, kind="colleague", email=email.lower(), role=role
        )

    async def invite(self, at: datetime, days: int, **values: Any) -> str:
        """An invitation that is good for some days."""
        invitation = self.ids()
        await self.connection.execute(
            insert(invitations).values(
                id=invitation,
                practice_id=self.practice_id,
                created_at=at,
                expires_at=at + timedelta(days=days),
                **values,
            )
        )
        return invitation

    async def open_invitations(self, at: datetime) -> list[Invitation]:
        """Those that wait to be used, newest first."""
        columns = invitations.c
        found = await self.connection.execute(
            read_invitations()
            .where(columns.practice_id == self.practice_id)
            .where(columns.used_at.is_(None), columns.revoked_at.is_(None))
            .where(columns.expires_at > at)
            .order_by(columns.created_at.desc(), columns.id)
        )
        return [Invitation(*row) for row in found]

    async def revoke(self, invitation_id: str, at: datetime) -> bool:
        """Take an invitation back; False where it isn't the practice's or was used."""
        columns = invitations.c
        done = await self.connection.execute(
            update(invitations)
            .where(columns.practice_id == self.practice_id, columns.id == invitation_id)
            .where(columns.used_at.is_(None), columns.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return done.rowcount == 1

    async def saved_filters(self, consultant_id: str) -> list[SavedFilter]:
        """The filters that a colleague keeps, by name."""
        await self.colleague(consultant_id)
        columns = saved_filters.c
        found = await self.connection.execute(
            select(columns.id, columns.name, columns.query)
            .where(columns.consultant_id == consultant_id)
            .order_by(columns.name)
        )
        return [SavedFilter(*row) for row in found]

    async def save_filter(
        self, consultant_id: str, name: str, query: dict[str, Any], at: datetime
    ) -> None:
        """Keep a filter; one of the same name is replaced."""
        await self.colleague(consultant_id)
        columns = saved_filters.c
        mine = (columns.consultant_id == consultant_id) & (columns.name == name)
        await self.connection.execute(saved_filters.delete().where(mine))
        await self.connection.execute(
            insert(saved_filters).values(
                id=self.ids(), consultant_id=consultant_id, name=name, query=query, at=at
            )
        )

    async def drop_filter(self, consultant_id: str, filter_id: str) -> None:
        """Keep a filter no longer."""
        await self.colleague(consultant_id)
        columns = saved_filters.c
        mine = (columns.consultant_id == consultant_id) & (columns.id == filter_id)
        await self.connection.execute(saved_filters.delete().where(mine))
