"""The audit log, written: in the unit of whatever it tells of. Nothing in it can be changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from advisor.store.base import Part
from advisor.store.practice import chain
from advisor.store.practice.chain import Chain


class Auditing(Part):
    """Adds lines to the audit log."""

    async def note_act(
        self,
        act: str,
        at: datetime,
        practice_id: str | None = None,
        consultant_id: str | None = None,
        chat_id: str | None = None,
        detail: dict[str, Any] | None = None,
        address: str | None = None,
    ) -> None:
        """Someone did something. `detail` holds ids and numbers, never what an owner said."""
        await chain.append(
            self.connection,
            practice_id=practice_id,
            consultant_id=consultant_id,
            chat_id=chat_id,
            act=act,
            detail=detail,
            address=address,
            at=at,
        )

    async def check_log(self, practice_id: str | None) -> Chain:
        """Look through the audit log of a practice, or (None) of what belongs to none."""
        return await chain.checked(self.connection, practice_id)
