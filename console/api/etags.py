"""Answers that didn't change aren't sent again: each GET bears the digest of its body."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OK = 200


class ETags:
    """Adds ETag to what is read, and answers 304 to whoever has it already (RFC 9110, 13.1.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold an answer back until it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        wanted = Headers(scope=scope).get("if-none-match", "")
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.app(scope, receive, hold)
        start, *rest = held
        body = b"".join(message.get("body", b"") for message in rest)
        if start["status"] == OK:
            tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            headers = MutableHeaders(raw=start["headers"])
            headers["etag"] = tag
            headers["cache-control"] = "private, no-cache"
            if tag in [one.strip().removeprefix("W/") for one in wanted.split(",")]:
                start["status"], body = 304, b""
                del headers["content-length"]
        await send(start)
        await send({"type": "http.response.body", "body": body})
