"""The clients of a practice: the list, and one line of it, in a unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from advisor.clients import DANGEROUS, SILENT
from advisor.errors import NotStoredError
from advisor.store.practice.accounts import read_consultants
from advisor.store.practice.listing import Filter, Page, is_silent, keys_of, listed, matching, read
from advisor.store.practice.records import Client, Consultant
from advisor.store.practice.scope import Scoped
from advisor.store.practice.tables import clients, consultants

GONE = "There is no such client here; the list shows those that there are."


class ClientList(Scoped):
    """The clients of a practice."""

    async def page(self, wanted: Filter, page: Page) -> tuple[list[Client], bool]:
        """A page of the list, and whether there is another. Where a search finds nobody, what it
        finds `widely`."""
        shown, more = await self._page(self.keyed(wanted), page)
        if not shown and wanted.widely not in ((), wanted.sought):
            shown, more = await self._page(self.keyed(replace(wanted, sought=wanted.widely)), page)
        return shown, more

    async def _page(self, wanted: Filter, page: Page) -> tuple[list[Client], bool]:
        """A page of just those that a filter with its keys lets through."""
        last: tuple[Any, ...] = ()
        if page.after is not None:
            found = await self.connection.execute(keys_of(self.practice_id, wanted, page))
            row = found.one_or_none()
            if row is None:
                return [], False
            last = tuple(row)
        rows = await self.connection.execute(listed(self.practice_id, wanted, page, last))
        shown = [Client(*row) for row in rows]
        return shown[: page.size], len(shown) > page.size

    async def count(self, wanted: Filter, at: datetime) -> int:
        """How many a filter lets through."""
        found = matching(self.practice_id, self.keyed(wanted), at)
        statement = select(func.count()).where(found)
        return (await self.connection.execute(statement)).scalar_one()

    async def counts(self, at: datetime) -> Mapping[str, int]:
        """How many there are of each status, in danger, and in all."""
        columns = clients.c
        mine = columns.practice_id == self.practice_id
        silent, dangerous = is_silent(at), columns.danger >= DANGEROUS
        number = func.count()
        rows = await self.connection.execute(
            select(columns.status, silent, dangerous, number)
            .where(mine)
            .group_by(columns.status, silent, dangerous)
        )
        found: dict[str, int] = {"all": 0, "danger": 0}
        for status, quiet, danger, count in rows:
            name = SILENT if quiet else status
            found[name] = found.get(name, 0) + count
            found["all"] += count
            found["danger"] += count if danger else 0
        return found

    async def client(self, chat_id: str, at: datetime) -> Client:
        """A client. Raises NotStoredError where the practice has none such."""
        wanted = read(at).where(self.this(chat_id))
        row = (await self.connection.execute(wanted)).one_or_none()
        if row is None:
            raise NotStoredError(GONE)
        return Client(*row)

    async def names_of(self, chat_ids: Collection[str]) -> Mapping[str, str | None]:
        """What some clients are called."""
        columns = clients.c
        found = await self.connection.execute(
            select(columns.chat_id, func.coalesce(columns.name, columns.label)).where(
                columns.practice_id == self.practice_id, columns.chat_id.in_(sorted(chat_ids))
            )
        )
        return {row[0]: row[1] for row in found}

    async def hand_over(self, chat_id: str, consultant_id: str) -> None:
        """Give a client to a colleague. Raises NotStoredError where either isn't the practice's."""
        await self.colleague(consultant_id)
        await self.change(chat_id, consultant_id=consultant_id)

    async def attended(self, chat_id: str) -> None:
        """A person got in touch with the owner who had asked for one."""
        await self.change(chat_id, person_at=None)

    async def read_answer_of(self, chat_id: str) -> None:
        """Somebody read what the owner answered."""
        await self.change(chat_id, replied_at=None)

    async def change(self, chat_id: str, **values: object) -> None:
        """Change a client's line."""
        done = await self.connection.execute(
            update(clients).where(self.this(chat_id)).values(**values)
        )
        if done.rowcount != 1:
            raise NotStoredError(GONE)

    def this(self, chat_id: str) -> Any:
        """The line of one client of the practice."""
        return (clients.c.practice_id == self.practice_id) & (clients.c.chat_id == chat_id)

    async def colleague(self, consultant_id: str) -> Consultant:
        """Someone of the practice. Raises NotStoredError."""
        wanted = read_consultants().where(
            consultants.c.practice_id == self.practice_id, consultants.c.id == consultant_id
        )
        row = (await self.connection.execute(wanted)).one_or_none()
        if row is None:
            raise NotStoredError("There is no such colleague in this practice.")
        return Consultant(*row)
