"""Learning from use, in a unit: who allowed it, and the queue of misread messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, func, select, update

from advisor.interview.events import Event
from advisor.store.base import Part
from advisor.store.codec import event_from_json
from advisor.store.records import Consent, Misreading, StoredMisreading
from advisor.store.tables import answers, consents, interviews, messages, misreadings
from advisor.store.tables import events as event_rows


class Learning(Part):
    """Consents, and misreadings from the moment they are kept until a person has labelled them.
    All of it is owned by the chat and goes with it."""

    async def consent(self, chat_id: str) -> Consent:
        """What the owner was asked and said; not asked for again where it is known."""
        if chat_id in self.consents:
            return self.consents[chat_id]
        wanted = select(consents.c.asked_at, consents.c.given, consents.c.answered_at)
        row = (await self.connection.execute(wanted.where(consents.c.chat_id == chat_id))).first()
        return Consent(*row) if row is not None else Consent(None, None, None)

    async def note_consent_asked(self, chat_id: str, at: datetime) -> None:
        """The owner was asked; that stands, so that nobody is asked again."""
        self.consents.pop(chat_id, None)
        await self.insert_unless_there(consents, chat_id=chat_id)
        await self.connection.execute(
            update(consents).where(consents.c.chat_id == chat_id).values(asked_at=at)
        )

    async def set_consent(self, chat_id: str, given: bool, at: datetime) -> None:
        """The owner said yes or no. A no takes everything along that was kept before."""
        self.consents.pop(chat_id, None)
        await self.insert_unless_there(consents, chat_id=chat_id)
        await self.connection.execute(
            update(consents)
            .where(consents.c.chat_id == chat_id)
            .values(given=given, answered_at=at)
        )
        if not given:
            gone = await self.connection.execute(
                delete(misreadings).where(misreadings.c.chat_id == chat_id)
            )
            self.forgot = self.forgot or gone.rowcount > 0

    async def interview_ids(self, chat_id: str) -> list[str]:
        """All interviews of a chat, oldest first."""
        found = await self.connection.execute(
            select(interviews.c.id)
            .where(interviews.c.chat_id == chat_id)
            .order_by(interviews.c.started_at, interviews.c.id)
        )
        return list(found.scalars())

    async def past_turns(self, interview_id: str) -> list[list[Event]]:
        """What each turn of an interview did, in order."""
        columns = event_rows.c
        found = await self.connection.execute(
            select(columns.turn, columns.payload)
            .where(columns.interview_id == interview_id)
            .order_by(columns.turn, columns.position)
        )
        turns = groupby(found.all(), key=lambda row: row.turn)
        return [[event_from_json(row.payload) for row in rows] for _, rows in turns]

    async def texts_of(self, message_ids: Iterable[str]) -> dict[str, tuple[str, datetime]]:
        """What messages said, and when, by their ids."""
        found = await self.connection.execute(
            select(messages.c.id, messages.c.text, messages.c.at).where(
                messages.c.id.in_(list(message_ids)), messages.c.text.is_not(None)
            )
        )
        return {row.id: (row.text, row.at) for row in found}

    async def texts_answered(self, chat_id: str, slots: Iterable[str]) -> list[str]:
        """Every value that slots of type text ever had in a chat."""
        found = await self.connection.execute(
            select(answers.c.value)
            .join(interviews, interviews.c.id == answers.c.interview_id)
            .where(interviews.c.chat_id == chat_id, answers.c.slot.in_(list(slots)))
            .order_by(answers.c.id)
        )
        return [value for value in found.scalars() if isinstance(value, str)]

    async def keep_misreading(self, chat_id: str, kept: Misreading) -> None:
        """Add to the queue, once for each message; what is there already and still waits learns
        what became of the message since."""
        await self.insert_unless_there(
            misreadings,
            chat_id=chat_id,
            message_id=kept.message_id,
            reason=kept.reason,
            language=kept.language,
            question=kept.question,
            text=kept.text,
            read=kept.read,
            corrected=kept.corrected,
            at=kept.at,
        )
        await self.connection.execute(
            update(misreadings)
            .where(
                misreadings.c.message_id == kept.message_id,
                misreadings.c.done_at.is_(None),
            )
            .values(reason=kept.reason, read=kept.read, corrected=kept.corrected)
        )

    async def waiting_misreadings(self, limit: int | None = None) -> list[StoredMisreading]:
        """What nobody has labelled yet, oldest first."""
        columns = misreadings.c
        found = await self.connection.execute(
            select(
                columns.id,
                columns.message_id,
                columns.reason,
                columns.language,
                columns.question,
                columns.text,
                columns.read,
                columns.corrected,
                columns.at,
            )
            .where(columns.done_at.is_(None))
            .order_by(columns.at, columns.id)
            .limit(limit)
        )
        return [StoredMisreading(row[0], Misreading(*row[1:])) for row in found]

    async def count_misreadings(self) -> dict[str, int]:
        """How many wait, by reason, most first."""
        number = func.count()
        found = await self.connection.execute(
            select(misreadings.c.reason, number)
            .where(misreadings.c.done_at.is_(None))
            .group_by(misreadings.c.reason)
            .order_by(number.desc(), misreadings.c.reason)
        )
        return {row[0]: row[1] for row in found}

    async def finish_misreading(self, row_id: int, label: str | None, at: datetime) -> bool:
        """A person labelled it, or (None) put it aside; False where its owner took it back."""
        done = await self.connection.execute(
            update(misreadings).where(misreadings.c.id == row_id).values(done_at=at, label=label)
        )
        return done.rowcount == 1
