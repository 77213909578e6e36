"""The lines of the list of clients, kept up to date in the unit of the turn that changes them."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, case, delete, func, literal, select, update

from advisor.clients import Summary, status_of
from advisor.store.base import Part
from advisor.store.columns import keys_of
from advisor.store.practice.records import Invitation
from advisor.store.practice.tables import client_tokens, clients, invitations, practices
from advisor.store.tables import plans

HELD = select(client_tokens.c.token).where(client_tokens.c.chat_id == bindparam("chat"))
"""For every turn, and so made once."""


class ClientLines(Part):
    """Writes what a list of clients shows; reading it is for a practice alone."""

    async def note_client(
        self,
        chat_id: str,
        interview_id: str,
        summary: Summary,
        language: str,
        at: datetime,
        asked_for_person: bool = False,
        by_owner: bool = True,
    ) -> None:
        """A turn was saved, the owner's or (not `by_owner`) a consultant's: bring the line up to
        date. Most turns make no plan; what the line says of it stands."""
        values: dict[str, Any] = {
            "name": summary.name,
            "language": language,
            "sector": summary.sector,
            "severity": summary.severity,
            "worst_area": summary.worst_area,
            "runway": summary.runway,
            "danger": summary.danger,
            "answered": summary.answered,
            "areas": dict(summary.areas),
            "observed": list(summary.observed),
            "asking": summary.asking,
            **seen(at, asked_for_person, by_owner),
        }
        if not await self.go_on_line(chat_id, interview_id, values):
            await self.begin_line(chat_id, interview_id, at)
            await self.set_line(chat_id, values | await self.planning(chat_id, interview_id, at))

    async def touch_client(
        self,
        chat_id: str,
        interview_id: str,
        asking: str | None,
        language: str,
        at: datetime,
        asked_for_person: bool = False,
        by_owner: bool = True,
    ) -> bool:
        """The same for a turn that changed no answer; False where the whole line has to be written
        all the same."""
        values = {"asking": asking, "language": language, **seen(at, asked_for_person, by_owner)}
        return await self.go_on_line(chat_id, interview_id, values)

    async def go_on_line(self, chat_id: str, interview_id: str, values: dict[str, Any]) -> bool:
        """Change a line that tells of this interview, as long as its plan stands; False where there
        is none."""
        if interview_id in self.planned:
            return False
        filled = {f"line_{name}": value for name, value in values.items()}
        this = {"line_chat": chat_id, "line_interview": interview_id}
        line = changed_line(tuple(values))
        if interview_id in self.on_line:
            await self.connection.put_off(line, **this, **filled)
            return True
        return (await self.connection.execute(line, this | filled)).rowcount == 1

    async def planning(self, chat_id: str, interview_id: str, at: datetime) -> dict[str, Any]:
        """What a line says of the interview's plan, and whether that is new."""
        columns = clients.c
        last = select(func.max(plans.c.version)).where(plans.c.interview_id == interview_id)
        row = (
            await self.connection.execute(
                select(
                    columns.plan_version,
                    columns.sent_version,
                    columns.progress_at,
                    func.coalesce(last.scalar_subquery(), 0).label("version"),
                ).where(columns.chat_id == chat_id)
            )
        ).one()
        status = status_of(row.version, row.sent_version, row.progress_at is not None)
        found = {"plan_version": row.version, "status": status}
        if row.version > row.plan_version:
            found |= {"plan_at": at, "actions": await self.actions_of(interview_id, row.version)}
        return found

    async def actions_of(self, interview_id: str, version: int) -> list[str]:
        """What a version of a plan asks for, in its order."""
        found = await self.connection.execute(
            select(plans.c.document).where(
                plans.c.interview_id == interview_id, plans.c.version == version
            )
        )
        return [action["id"] for action in found.scalar_one().get("actions", ())]

    async def begin_line(self, chat_id: str, interview_id: str | None, at: datetime) -> None:
        """See that there is a line, and that it tells of this interview."""
        await self.insert_unless_there(
            clients,
            chat_id=chat_id,
            interview_id=interview_id,
            status="interviewing",
            danger=0,
            answered=0,
            plan_version=0,
            sent_version=0,
            started_at=at,
            contact_at=at,
        )
        if interview_id is None:
            return
        other = func.coalesce(clients.c.interview_id, "") != interview_id
        await self.connection.execute(
            update(clients)
            .where(clients.c.chat_id == chat_id, other)
            .values(
                interview_id=interview_id,
                plan_version=0,
                sent_version=0,
                plan_at=None,
                sent_at=None,
                progress_at=None,
                actions=None,
                started_at=at,
            )
        )

    async def note_tokens(self, chat_id: str, tokens: Set[str]) -> None:
        """What an owner is found by from now on."""
        tokens = {self.search_key(token) for token in tokens}
        found = await self.connection.execute(HELD, {"chat": chat_id}, about=[client_tokens])
        held = set(found.scalars())
        if gone := held - tokens:
            mine = client_tokens.c.chat_id == chat_id
            await self.connection.execute(
                delete(client_tokens).where(mine, client_tokens.c.token.in_(gone))
            )
        if new := tokens - held:
            rows = [{"chat_id": chat_id, "token": token} for token in sorted(new)]
            self.connection.add(client_tokens, *rows)

    async def found_otherwise(self, limit: int) -> list[str]:
        """Clients who are found by words that the newest key didn't hash."""
        prefix = keys_of(self.connection.dialect).search_prefix
        token = client_tokens.c.token
        found = await self.connection.execute(
            select(client_tokens.c.chat_id)
            .where(func.substr(token, 1, len(prefix)) != prefix)
            .distinct()
            .limit(limit)
        )
        return list(found.scalars())

    async def note_sent(self, chat_id: str, version: int, at: datetime) -> None:
        """A consultant sent a version of the plan to its owner."""
        columns = clients.c
        status = case((columns.plan_version > version, literal("waiting")), else_=literal("sent"))
        await self.set_line(
            chat_id,
            {"sent_version": version, "sent_at": at, "progress_at": None, "status": status},
        )

    async def note_progress(self, chat_id: str, at: datetime) -> None:
        """The owner told of progress with the plan that was sent."""
        columns = clients.c
        status = case((columns.status == "sent", literal("progress")), else_=columns.status)
        await self.set_line(chat_id, {"progress_at": at, "contact_at": at, "status": status})

    async def note_answered(self, chat_id: str, at: datetime) -> None:
        """The owner answered a consultant, who hasn't read it yet."""
        await self.set_line(chat_id, {"replied_at": at})

    async def tie(self, chat_id: str, invitation: Invitation, at: datetime) -> None:
        """The owner followed an invitation: they are a client of its practice from now on."""
        await self.begin_line(chat_id, None, at)
        await self.set_line(
            chat_id,
            {
                "practice_id": invitation.practice_id,
                "consultant_id": invitation.consultant_id,
                "label": invitation.label,
            },
        )
        # From here on the name stands with the owner, and is deleted with them.
        await self.connection.execute(
            update(invitations).where(invitations.c.id == invitation.id).values(label=None)
        )

    async def take_in(self, chat_id: str, practice_id: str, at: datetime) -> bool:
        """The owner came without an invitation: a client of this practice, whom nobody looks after
        yet. False where the owner is some practice's client already."""
        await self.begin_line(chat_id, None, at)
        columns = clients.c
        taken = await self.connection.execute(
            update(clients)
            .where(columns.chat_id == chat_id, columns.practice_id.is_(None))
            .values(practice_id=practice_id)
        )
        return taken.rowcount == 1

    async def is_tied(self, chat_id: str, invitation: Invitation) -> bool:
        """Whether a chat is a client of the practice that an invitation came from."""
        columns = clients.c
        found = await self.connection.execute(
            select(columns.chat_id).where(
                columns.chat_id == chat_id, columns.practice_id == invitation.practice_id
            )
        )
        return found.first() is not None

    async def practice_of(self, chat_id: str) -> str | None:
        """What the practice is called whose client a chat is; None where it is nobody's."""
        found = await self.connection.execute(
            select(practices.c.name)
            .join(clients, clients.c.practice_id == practices.c.id)
            .where(clients.c.chat_id == chat_id)
        )
        return found.scalar_one_or_none()

    async def set_line(self, chat_id: str, values: dict[str, Any]) -> None:
        """Change a line."""
        await self.connection.execute(
            update(clients).where(clients.c.chat_id == chat_id).values(**values)
        )


@cache
def changed_line(names: tuple[str, ...]) -> Update:
    """The statement that changes some columns of a line, made once for each choice of them."""
    return (
        update(clients)
        .where(
            clients.c.chat_id == bindparam("line_chat"),
            clients.c.interview_id == bindparam("line_interview"),
        )
        .values({name: bindparam(f"line_{name}") for name in names})
    )


def seen(at: datetime, asked_for_person: bool, by_owner: bool) -> dict[str, Any]:
    """When an owner was heard of, and asked for a person."""
    moments = {"contact_at": by_owner, "person_at": asked_for_person}
    return {name: at for name, happened in moments.items() if happened}
