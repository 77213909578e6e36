"""Everything that a practice can ask for and change, in a unit. It can't be made without a practice
and asks for nothing without it, so that no practice sees what another one has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from advisor.clients import DANGEROUS, SILENT
from advisor.errors import NotStoredError
from advisor.model import Answer, AnswerState
from advisor.store.codec import event_from_json, interview_from_json, value_from_json
from advisor.store.practice.accounts import read_consultants
from advisor.store.practice.invitations import read as read_invitations
from advisor.store.practice.listing import (
    Filter,
    Page,
    is_silent,
    keys_of,
    listed,
    matching,
)
from advisor.store.practice.listing import read as read_clients
from advisor.store.practice.programs import Programs
from advisor.store.practice.records import (
    Client,
    Consultant,
    Entry,
    Invitation,
    Note,
    Role,
    SavedFilter,
    StoredAnswer,
)
from advisor.store.practice.scope import Scoped
from advisor.store.practice.surveying import Survey
from advisor.store.practice.tables import (
    audit,
    clients,
    consultants,
    invitations,
    notes,
    practices,
    saved_filters,
)
from advisor.store.records import StoredEvent, StoredInterview, StoredMessage, StoredPlan
from advisor.store.tables import answers, events, interviews, messages, plans

GONE = "There is no such client here; the list shows those that there are."


class ClientList(Scoped):
    """The clients of a practice."""

    async def page(self, wanted: Filter, page: Page) -> tuple[list[Client], bool]:
        """A page of the list, and whether there is another."""
        wanted = self.keyed(wanted)
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
        wanted = read_clients(at).where(self.this(chat_id))
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


class Records(ClientList):
    """What was said and made with a client."""

    def interview_of(self, chat_id: str) -> Any:
        """The interview that a client's line tells of: nothing for another practice's client."""
        return select(clients.c.interview_id).where(self.this(chat_id)).scalar_subquery()

    async def answers(self, chat_id: str) -> list[StoredAnswer]:
        """Every answer of the client's interview, also replaced ones, oldest first."""
        columns = answers.c
        found = await self.connection.execute(
            select(
                columns.slot,
                columns.state,
                columns.value,
                columns.bounds,
                columns.low,
                columns.high,
                columns.approximate,
                columns.message_id,
                columns.at,
                columns.replaced_at,
            )
            .where(columns.interview_id == self.interview_of(chat_id))
            .order_by(columns.id)
        )
        return [StoredAnswer(answer_from(row), row.at, row.replaced_at) for row in found]

    async def interview(self, chat_id: str) -> StoredInterview | None:
        """The client's interview as it stands; None where it is gone."""
        columns = interviews.c
        found = await self.connection.execute(
            select(columns.id, columns.chat_id, columns.state, columns.turns).where(
                columns.id == self.interview_of(chat_id)
            )
        )
        row = found.one_or_none()
        if row is None:
            return None
        return StoredInterview(row.id, row.chat_id, interview_from_json(row.state), row.turns)

    async def happened_since(self, chat_id: str, turns: int) -> list[StoredEvent]:
        """What happened in the client's interview after so many of its turns, in order."""
        return await self.happened(chat_id, events.c.turn > turns)

    async def happened_of(self, chat_id: str, types: Sequence[str]) -> list[StoredEvent]:
        """What happened of some types, in order."""
        every = await self.happened(chat_id, events.c.turn > 0)
        return [stored for stored in every if stored.event.type in types]

    async def happened(self, chat_id: str, which: ColumnElement[bool]) -> list[StoredEvent]:
        """Some of what happened in the client's interview, in order."""
        columns = events.c
        found = await self.connection.execute(
            select(columns.turn, columns.payload, columns.at)
            .where(columns.interview_id == self.interview_of(chat_id), which)
            .order_by(columns.turn, columns.position)
        )
        return [StoredEvent(row.turn, event_from_json(row.payload), row.at) for row in found]

    async def transcript(self, chat_id: str) -> list[StoredMessage]:
        """What was said in the client's interview, in order."""
        columns = messages.c
        found = await self.connection.execute(
            select(
                columns.id,
                columns.direction,
                columns.text,
                columns.option,
                columns.question,
                columns.external,
                columns.at,
            )
            .where(columns.interview_id == self.interview_of(chat_id))
            .order_by(columns.number)
        )
        return [StoredMessage(*row) for row in found]

    async def versions(self, chat_id: str) -> list[tuple[int, str, datetime]]:
        """The plan's versions, newest first: number, cause, time."""
        found = await self.connection.execute(
            select(plans.c.version, plans.c.cause, plans.c.made_at)
            .where(plans.c.interview_id == self.interview_of(chat_id))
            .order_by(plans.c.version.desc())
        )
        return [(row.version, row.cause, row.made_at) for row in found]

    async def plan(self, chat_id: str, version: int | None = None) -> StoredPlan | None:
        """A version of the client's plan, the newest unless one is named; None where there is no
        such one."""
        columns = plans.c
        wanted = select(
            columns.id, columns.version, columns.document, columns.cause, columns.made_at
        ).where(columns.interview_id == self.interview_of(chat_id))
        if version is not None:
            wanted = wanted.where(columns.version == version)
        found = await self.connection.execute(wanted.order_by(columns.version.desc()).limit(1))
        row = found.one_or_none()
        return StoredPlan(*row) if row is not None else None

    async def plan_by_id(self, chat_id: str, plan_id: str) -> StoredPlan | None:
        """A version of the client's plan by its id; None where it isn't one of theirs."""
        columns = plans.c
        found = await self.connection.execute(
            select(
                columns.id, columns.version, columns.document, columns.cause, columns.made_at
            ).where(columns.interview_id == self.interview_of(chat_id), columns.id == plan_id)
        )
        row = found.one_or_none()
        return StoredPlan(*row) if row is not None else None

    async def notes(self, chat_id: str) -> list[Note]:
        """What colleagues noted about a client, newest first."""
        columns = notes.c
        found = await self.connection.execute(
            select(columns.id, columns.consultant_id, columns.text, columns.at)
            .where(columns.practice_id == self.practice_id, columns.chat_id == chat_id)
            .order_by(columns.at.desc(), columns.id)
        )
        return [Note(*row) for row in found]

    async def add_note(self, chat_id: str, consultant_id: str, text: str, at: datetime) -> str:
        """Note something about a client. Raises NotStoredError where the practice has none such."""
        await self.client(chat_id, at)
        note = self.ids()
        await self.connection.execute(
            insert(notes).values(
                id=note,
                chat_id=chat_id,
                practice_id=self.practice_id,
                consultant_id=consultant_id,
                text=text,
                at=at,
            )
        )
        return note


def answer_from(row: Any) -> Answer:
    """An answer of a row; older ones have their interval in two columns."""
    low, high = row.bounds or (row.low, row.high)
    return Answer(
        slot=row.slot,
        state=AnswerState(row.state),
        value=value_from_json(row.value),
        low=low,
        high=high,
        approximate=row.approximate,
        message=row.message_id,
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


class Practice(Records, People, Survey, Programs, Log):
    """One practice, in a unit; see `Unit.practice`."""
