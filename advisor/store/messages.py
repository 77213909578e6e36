"""The transcript, in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from advisor.store.base import Part
from advisor.store.records import Direction, StoredMessage
from advisor.store.tables import events, messages


class Messages(Part):
    """What was said, by whom and when."""

    async def add_message(
        self,
        chat_id: str,
        interview_id: str | None,
        direction: Direction,
        text: str | None,
        option: str | None,
        question: str | None,
        external: str | None,
        at: datetime,
    ) -> str:
        """Add to the transcript; gives the message's id. `external` is the channel's own id."""
        message_id = self.ids()
        row = {
            "id": message_id,
            "chat_id": chat_id,
            "interview_id": interview_id,
            "direction": direction,
            "text": text,
            "option": option,
            "question": question,
            "external": external,
            "at": at,
        }
        self.connection.add(messages, row)
        return message_id

    async def transcript(self, interview_id: str) -> list[StoredMessage]:
        """An interview's messages, in order."""
        found = await self.connection.execute(
            stored().where(messages.c.interview_id == interview_id).order_by(messages.c.number)
        )
        return [StoredMessage(*row) for row in found]

    async def said(self, chat_id: str, external: str) -> list[StoredMessage]:
        """What the owner sent under one of the channel's ids: first as it was, then its edits."""
        found = await self.connection.execute(
            stored()
            .where(from_owner(chat_id), messages.c.external == external)
            .order_by(messages.c.number)
        )
        return [StoredMessage(*row) for row in found]

    async def last_said(self, chat_id: str) -> StoredMessage | None:
        """The last thing that the owner sent or pressed."""
        found = await self.connection.execute(
            stored().where(from_owner(chat_id)).order_by(messages.c.number.desc()).limit(1)
        )
        row = found.one_or_none()
        return StoredMessage(*row) if row is not None else None

    async def question_of(self, interview_id: str, message_ids: Sequence[str]) -> str | None:
        """The slot in whose light a message was read first; None where it was none."""
        found = await self.connection.execute(
            select(events.c.payload)
            .where(events.c.interview_id == interview_id)
            .order_by(events.c.turn, events.c.position)
        )
        read = (each for each in found.scalars() if each["type"] == "message_read")
        question: str | None = next(
            (each["question"] for each in read if each["message"] in message_ids), None
        )
        return question


def from_owner(chat_id: str) -> ColumnElement[bool]:
    """Messages that came in."""
    return and_(messages.c.chat_id == chat_id, messages.c.direction == "in")


def stored() -> Select[Any]:
    """Columns in the order of StoredMessage."""
    columns = messages.c
    return select(
        columns.id,
        columns.direction,
        columns.text,
        columns.option,
        columns.question,
        columns.external,
        columns.at,
    )
