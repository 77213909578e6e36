"""The channel by webhook: what Telegram calls. It hears 200 once the update is written down."""

from __future__ import annotations

import asyncio
import json
from hmac import compare_digest
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import Response
from telegram import Update

from advisor.errors import StoreAwayError, cause
from bot import measures
from bot.telegram.gathering import Gathering
from bot.telegram.post import Post
from bot.telegram.receiver import Receiver

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 2**20
"""Bytes of one call; the longest message with all its marks takes some 100 kB."""
LAST = 2**63 - 1
"""No number of an update is higher."""
RETRY = {"Retry-After": "2"}
PATIENCE = 5.0
"""Seconds that acknowledgements get when we stop."""

log = structlog.get_logger(__name__)


class Webhook:
    """Answers Telegram's calls. `secret` is what `setWebhook` was given."""

    def __init__(self, receiver: Receiver, post: Post, secret: str) -> None:
        self.gathering = Gathering(receiver)
        self.post = post
        self.secret = secret.encode()
        self.acknowledging: set[asyncio.Task[None]] = set()
        measures.begin()

    async def __call__(self, request: Request) -> Response:
        """One call. Whatever we can't use is accepted all the same: refused, it would come again
        for a day, and hold up others."""
        if not compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self.secret):
            return refused(403, "secret")
        body = await read(request)
        if body is None:
            return refused(413, "size")
        update = parsed(body)
        if update is None:
            return refused(400, "shape")
        try:
            came = await self.gathering.take(update)
        except StoreAwayError as error:
            log.warning("update_not_taken", error=cause(error))
            return refused(503, "database", RETRY)
        if came is not None and came.callback is not None:
            self.acknowledge(came.callback)
        return Response()

    def acknowledge(self, callback: str) -> None:
        """Stop the waiting mark on a pressed button, beside everything else."""
        task = asyncio.create_task(self.post.acknowledge(callback))
        self.acknowledging.add(task)
        task.add_done_callback(self.acknowledging.discard)

    async def close(self) -> None:
        """Finish what is on its way."""
        if self.acknowledging:
            await asyncio.wait(self.acknowledging, timeout=PATIENCE)


def refused(status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    """An answer other than yes."""
    measures.UPDATES_REFUSED.labels(why).inc()
    return Response(status_code=status, headers=headers)


async def read(request: Request) -> bytes | None:
    """The body, or None where it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)


def parsed(body: bytes) -> Update | None:
    """The update, or None where it is none."""
    try:
        row: Any = json.loads(body)
        number = row["update_id"]
    except (ValueError, LookupError, TypeError):
        return None
    if not isinstance(number, int) or not 0 < number <= LAST:
        return None
    try:
        return Update.de_json(row, None)
    except Exception as error:  # of a newer Bot API than ours: there is nothing in it for us
        log.warning("update_unread", reference=number, error=type(error).__name__)
        return Update(number)
