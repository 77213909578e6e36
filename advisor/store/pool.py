"""Whether a connection to PostgreSQL can still be used, without a way to the server and back."""

from __future__ import annotations

import select
from typing import Any

from psycopg import AsyncConnection, Error
from psycopg_pool import AsyncConnectionPool


def is_quiet(connection: AsyncConnection[Any]) -> bool:
    """Whether nothing was heard of the server since the last statement: it says so, or hangs up,
    where it ends a connection."""
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        return not poll.poll(0)
    except (Error, OSError, ValueError):  # it is closed
        return False


def pool(**options: Any) -> AsyncConnectionPool[Any]:
    """A pool that asks the server how it is only where something was heard of it."""
    return AsyncConnectionPool(**options | {"check": check})


async def check(connection: AsyncConnection[Any]) -> None:
    """Raises where a connection is dead, so that it is replaced."""
    if not is_quiet(connection):
        await AsyncConnectionPool.check_connection(connection)
