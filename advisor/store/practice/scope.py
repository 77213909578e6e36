"""What keeps practices apart."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from advisor.store.base import Part


class Scoped(Part):
    """A part that belongs to one practice."""

    def __init__(
        self, connection: AsyncConnection, ids: Callable[[], str], practice_id: str
    ) -> None:
        super().__init__(connection, ids)
        if not practice_id:
            raise ValueError("a practice is needed")
        self.practice_id = practice_id
