"""Tells addresses what happened: signed as Standard Webhooks has it, tried again when they don't
answer, and never an address inside our own network."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import socket
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import httpx
import structlog

from advisor.errors import StoreError, cause
from advisor.store import Store
from advisor.store.practice import Delivery

log = structlog.get_logger(__name__)
PREFIX = "whsec_"
BYTES = 24
PATIENCE = 10.0
"""Seconds for an address to answer."""
LOOKING = 5.0
"""Seconds between looks at what is due."""


def new_secret() -> str:
    """A secret to sign with."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def is_https(url: str) -> bool:
    """Whether it is an address that may be told anything."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def signed(secret: str, name: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message (Standard Webhooks 1.0: HMAC-SHA256 over id, time and body)."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = f"{name}.{stamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


async def is_public(url: str) -> bool:
    """Whether every address that a name stands for is one of the open network: whoever enters an
    address must not reach what only we can."""
    parts = urlsplit(url)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            parts.hostname, parts.port or 443, type=socket.SOCK_STREAM
        )
    except OSError:
        return False
    return all(ipaddress.ip_address(row[4][0]).is_global for row in found)


class Teller:
    """Tells what is due. `private` lets it tell addresses of our own network, for tests and for
    installations that keep to themselves."""

    def __init__(self, store: Store, clock: Callable[[], datetime], private: bool = False) -> None:
        self.store = store
        self.clock = clock
        self.private = private
        self.http = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=False)

    async def work(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.tell_due()
            except StoreError as error:  # the rows are still there
                log.warning("telling_interrupted", error=cause(error))
            await asyncio.sleep(LOOKING)

    async def tell_due(self) -> int:
        """Tell all that is due; how much that was."""
        async with self.store.unit() as unit:
            due = await unit.due_deliveries(self.clock())
            await unit.drop_deliveries(self.clock())
        await asyncio.gather(*map(self.tell, due))
        return len(due)

    async def tell(self, one: Delivery) -> None:
        """Tell one thing, and note how it went."""
        status = await self.post(one)
        log.info("told", delivery=one.id, announced=one.event, status=status)
        async with self.store.unit() as unit:
            await unit.note_delivery(one, status, self.clock())

    async def post(self, one: Delivery) -> int | None:
        """What the address answers; None where nobody does, or where it is none to be asked."""
        if not self.private and not await is_public(one.url):
            return None
        body = json.dumps(
            {"type": one.event, "timestamp": one.created_at.isoformat(), "data": one.payload}
        ).encode()
        headers = signed(one.secret, f"msg_{one.id}", self.clock(), body)
        try:
            answer = await self.http.post(one.url, content=body, headers=headers)
        except httpx.HTTPError:
            return None
        return answer.status_code

    async def close(self) -> None:
        """Let go of every connection."""
        await self.http.aclose()
