"""Programs of a practice: tokens that they come with, and addresses that are told what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from advisor.store.base import Part
from advisor.store.practice.records import ApiToken, Delivery, Hook
from advisor.store.practice.scope import Scoped
from advisor.store.practice.tables import api_tokens, clients, deliveries, hooks

RETRIES = (10, 60, 300, 1800, 7200, 21600, 43200)
"""Seconds between attempts at a delivery; after the last it is given up, about a day later."""
ON_THE_WAY = timedelta(minutes=1)
"""Before anybody else may tell what somebody is telling."""
KEPT = timedelta(days=30)
"""That the log of deliveries goes back."""


class Programs(Scoped):
    """What a practice gives to programs."""

    async def tokens(self) -> list[ApiToken]:
        """Tokens that can be used or could, newest first."""
        found = await self.connection.execute(
            read_tokens()
            .where(api_tokens.c.practice_id == self.practice_id)
            .order_by(api_tokens.c.created_at.desc(), api_tokens.c.id)
        )
        return [ApiToken(*row) for row in found]

    async def add_token(
        self,
        digest: str,
        consultant_id: str,
        name: str,
        scopes: Sequence[str],
        at: datetime,
        days: int,
    ) -> str:
        """A token of which only the digest is kept; gives its id."""
        token = self.ids()
        await self.connection.execute(
            insert(api_tokens).values(
                id=token,
                practice_id=self.practice_id,
                consultant_id=consultant_id,
                digest=digest,
                name=name,
                scopes=list(scopes),
                created_at=at,
                expires_at=at + timedelta(days=days),
            )
        )
        return token

    async def revoke_token(self, token_id: str, at: datetime) -> bool:
        """Let a token be good for nothing; False where the practice has none such that is."""
        columns = api_tokens.c
        done = await self.connection.execute(
            update(api_tokens)
            .where(columns.practice_id == self.practice_id, columns.id == token_id)
            .where(columns.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return done.rowcount == 1

    async def hooks(self) -> list[Hook]:
        """Addresses that are told what happens, by address."""
        columns = hooks.c
        found = await self.connection.execute(
            select(columns.id, columns.url, columns.secret, columns.events, columns.created_at)
            .where(columns.practice_id == self.practice_id)
            .order_by(columns.url, columns.id)
        )
        return [Hook(*row) for row in found]

    async def add_hook(self, url: str, secret: str, events: Sequence[str], at: datetime) -> str:
        """Tell an address from now on; gives its id."""
        hook = self.ids()
        await self.connection.execute(
            insert(hooks).values(
                id=hook,
                practice_id=self.practice_id,
                url=url,
                secret=secret,
                events=list(events),
                created_at=at,
            )
        )
        return hook

    async def drop_hook(self, hook_id: str) -> bool:
        """Tell it no longer, and forget its log; False where the practice has none such."""
        done = await self.connection.execute(
            delete(hooks).where(hooks.c.practice_id == self.practice_id, hooks.c.id == hook_id)
        )
        return done.rowcount == 1

    async def deliveries(self, hook_id: str, limit: int = 50) -> list[Delivery]:
        """What an address was told, newest first."""
        found = await self.connection.execute(
            read_deliveries()
            .where(hooks.c.practice_id == self.practice_id, hooks.c.id == hook_id)
            .order_by(deliveries.c.id.desc())
            .limit(limit)
        )
        return [Delivery(*row) for row in found]


class Announcing(Part):
    """What happens with plans, for whoever wants to be told: written in the unit in which it
    happens, and delivered later."""

    async def announce(self, chat_id: str, event: str, version: int | None, at: datetime) -> None:
        """Have the addresses of a client's practice told of an event. Nothing of what an owner said
        goes out: whoever is told asks for it with a token."""
        mine = clients.c.practice_id == hooks.c.practice_id
        found = await self.connection.execute(
            select(hooks.c.id, hooks.c.events)
            .join_from(hooks, clients, mine)
            .where(clients.c.chat_id == chat_id)
        )
        rows = [
            {
                "hook_id": hook,
                "chat_id": chat_id,
                "event": event,
                "payload": {"client": chat_id, "version": version},
                "created_at": at,
                "next_at": at,
                "attempts": 0,
            }
            for hook, events in found
            if event in events
        ]
        if rows:
            await self.connection.execute(insert(deliveries), rows)

    async def token_by_digest(self, digest: str, at: datetime) -> ApiToken | None:
        """The token that a program came with, if it is good; notes that it was used, to the
        minute."""
        columns = api_tokens.c
        found = await self.connection.execute(
            read_tokens().where(
                columns.digest == digest, columns.revoked_at.is_(None), columns.expires_at > at
            )
        )
        row = found.one_or_none()
        if row is None:
            return None
        token = ApiToken(*row)
        if token.used_at is None or at - token.used_at > timedelta(minutes=1):
            await self.connection.execute(
                update(api_tokens).where(columns.id == token.id).values(used_at=at)
            )
        return token

    async def due_deliveries(self, at: datetime, limit: int = 20) -> list[Delivery]:
        """What is to be told now, the oldest first, for this unit alone: it is put off in the same
        breath, so that nobody else tells it while it is on its way."""
        columns = deliveries.c
        due = (columns.done_at.is_(None), columns.dead_at.is_(None), columns.next_at <= at)
        found = await self.connection.execute(
            read_deliveries()
            .where(*due)
            .order_by(columns.next_at, columns.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
        )
        taken = [Delivery(*row) for row in found]
        for one in taken:
            await self.change_delivery(one.id, next_at=at + ON_THE_WAY)
        return taken

    async def note_delivery(self, one: Delivery, status: int | None, at: datetime) -> None:
        """How telling it went: `status` is that of HTTP, None where nobody answered. Another try is
        due later, or it is given up."""
        attempts = one.attempts + 1
        done = status is not None and 200 <= status < 300
        dead = not done and attempts > len(RETRIES)
        wait = RETRIES[min(attempts, len(RETRIES)) - 1]
        await self.change_delivery(
            one.id,
            attempts=attempts,
            status=status,
            done_at=at if done else None,
            dead_at=at if dead else None,
            next_at=at + timedelta(seconds=wait),
        )

    async def drop_deliveries(self, at: datetime) -> None:
        """Forget what was told long ago."""
        await self.connection.execute(delete(deliveries).where(deliveries.c.created_at < at - KEPT))

    async def change_delivery(self, delivery_id: int, **values: object) -> None:
        """Change a row of the log."""
        await self.connection.execute(
            update(deliveries).where(deliveries.c.id == delivery_id).values(**values)
        )


def read_tokens() -> Select[Any]:
    """Columns in the order of ApiToken."""
    columns = api_tokens.c
    return select(
        columns.id,
        columns.practice_id,
        columns.consultant_id,
        columns.name,
        columns.scopes,
        columns.created_at,
        columns.expires_at,
        columns.used_at,
        columns.revoked_at,
    )


def read_deliveries() -> Select[Any]:
    """Columns in the order of Delivery."""
    columns = deliveries.c
    return select(
        columns.id,
        hooks.c.url,
        hooks.c.secret,
        columns.event,
        columns.payload,
        columns.created_at,
        columns.next_at,
        columns.attempts,
        columns.status,
        columns.done_at,
        columns.dead_at,
    ).join_from(deliveries, hooks, deliveries.c.hook_id == hooks.c.id)
