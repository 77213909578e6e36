"""Invitations by their tokens, in a unit: who follows a link isn't known to any practice yet. Only
digests of tokens are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from advisor.store.base import Part
from advisor.store.practice.records import Invitation
from advisor.store.practice.tables import invitations


class Invitations(Part):
    """Invitations from the side of whoever was invited."""

    async def by_digest(self, digest: str) -> Invitation | None:
        """The invitation of a token, used or not."""
        found = await self.connection.execute(read().where(invitations.c.digest == digest))
        row = found.one_or_none()
        return Invitation(*row) if row is not None else None

    async def use(self, invitation_id: str, at: datetime) -> bool:
        """Use it up; False where it was used, revoked or is too old."""
        columns = invitations.c
        done = await self.connection.execute(
            update(invitations)
            .where(
                columns.id == invitation_id,
                columns.used_at.is_(None),
                columns.revoked_at.is_(None),
                columns.expires_at > at,
            )
            .values(used_at=at)
        )
        return done.rowcount == 1


def read() -> Select[Any]:
    """Columns in the order of Invitation."""
    columns = invitations.c
    return select(
        columns.id,
        columns.practice_id,
        columns.kind,
        columns.role,
        columns.email,
        columns.label,
        columns.consultant_id,
        columns.created_at,
        columns.expires_at,
        columns.used_at,
        columns.revoked_at,
    )
