"""The keys that a database was sealed with: it knows their ids, so a wrong one is told at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from advisor.errors import KeyMissingError
from advisor.store.base import insert_unless_there
from advisor.store.columns import keys_of
from advisor.store.tables import sealing_keys


async def register(connection: AsyncConnection) -> None:
    """See that every key in use is among ours, and note the one that seals from now on. Raises
    KeyMissingError."""
    keys = keys_of(connection.dialect)
    used = await ids_of(connection)
    missing = [each for each in used if each not in keys.keys]
    if missing:
        raise KeyMissingError(missing[0])
    if keys.newest is not None and keys.newest.id not in used:
        await insert_unless_there(connection, sealing_keys, id=keys.newest.id)


async def ids_of(connection: AsyncConnection) -> list[str]:
    """The ids of all keys that something is sealed with."""
    found = await connection.execute(select(sealing_keys.c.id).order_by(sealing_keys.c.id))
    return list(found.scalars())


async def drop_keys(connection: AsyncConnection, ids: Iterable[str]) -> None:
    """Nothing is sealed with these any more."""
    await connection.execute(delete(sealing_keys).where(sealing_keys.c.id.in_(list(ids))))
