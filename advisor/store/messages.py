"""The transcript, in a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from advisor.store.base import Part
from advisor.store.records import Direction, StoredMessage
from advisor.store.tables import messages


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
        await self.connection.execute(
            insert(messages).values(
                id=message_id,
                chat_id=chat_id,
                interview_id=interview_id,
                direction=direction,
                text=text,
                option=option,
                question=question,
                external=external,
                at=at,
            )
        )
        return message_id

    async def transcript(self, interview_id: str) -> list[StoredMessage]:
        """An interview's messages, in order."""
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
            .where(columns.interview_id == interview_id)
            .order_by(columns.number)
        )
        return [StoredMessage(*row) for row in found]
