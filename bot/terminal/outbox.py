"""Takes replies from the outbox for a channel that shows them at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from advisor.store import Store
from bot.messages import Option, Reply


async def waiting_replies(
    store: Store, address: str, clock: Callable[[], datetime]
) -> AsyncIterator[Reply]:
    """Replies to one chat in order; each is marked as shown once the caller has shown it. A
    question left over from a run that was cut off is dropped where a newer one waits."""
    async with store.unit() as unit:
        rows = [row for row in await unit.unsent(address) if row.address == address]
    replies = [reply_from(row.payload) for row in rows]
    standing = [reply for reply in replies if reply.type in ("ask", "wait")][-1:]
    for row, reply in zip(rows, replies, strict=True):
        if reply.type not in ("ask", "wait") or reply in standing:
            yield reply
        async with store.unit() as unit:
            await unit.mark_sent(row.id, clock())


def reply_from(payload: dict[str, Any]) -> Reply:
    """A reply as it was queued."""
    options = tuple(Option(**option) for option in payload["options"])
    progress = payload["progress"]
    return Reply(
        **{
            **payload,
            "options": options,
            "done": tuple(payload.get("done", ())),
            "progress": (progress[0], progress[1]) if progress else None,
        }
    )
