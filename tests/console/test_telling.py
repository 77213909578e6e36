"""Outgoing webhooks: told once, signed, tried again, given up, and never into our own network."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from consoles import Console
from hypothesis import given
from hypothesis import strategies as st

from advisor.store.practice import Delivery
from advisor.store.practice.programs import RETRIES
from console.telling import PREFIX, Teller, is_https, is_public, new_secret, signed


@dataclass
class Listener:
    """A program that is told."""

    status: int = 204
    url: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append((headers, await request.read()))
        return web.Response(status=self.status)


@asynccontextmanager
async def listening(status: int = 204) -> AsyncIterator[Listener]:
    listener = Listener(status)
    app = web.Application()
    app.router.add_post("/told", listener.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    listener.url = f"http://127.0.0.1:{port}/told"
    yield listener
    await runner.cleanup()


async def hook(console: Console, url: str, *events: str) -> tuple[str, str]:
    secret = new_secret()
    async with console.store.unit() as unit:
        office = unit.practice(console.practices["One"])
        return await office.add_hook(url, secret, events, console.now), secret


async def log_of(console: Console, hook_id: str) -> list[Delivery]:
    async with console.store.unit() as unit:
        return await unit.practice(console.practices["One"]).deliveries(hook_id)


@asynccontextmanager
async def teller(console: Console, private: bool = True) -> AsyncIterator[Teller]:
    made = Teller(console.store, console.clock, private)
    yield made
    await made.close()


async def test_a_finished_plan_is_told_once_and_signed(console: Console) -> None:
    async with listening() as listener, teller(console) as telling:
        hook_id, secret = await hook(console, listener.url, "plan.ready")
        mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
        await console.client("Two", "tom", "test:2", "Other Street Books")
        await telling.tell_due()
        await telling.tell_due()
        [(headers, body)] = listener.heard
        told = json.loads(body)
        assert (told["type"], told["data"]["client"]) == ("plan.ready", mine)
        assert b"Corner" not in body
        key = base64.b64decode(secret.removeprefix(PREFIX))
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mac = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{mac}"
        [row] = await log_of(console, hook_id)
        assert (row.status, row.done_at) == (204, console.now)


async def test_only_what_was_asked_for_is_told(console: Console) -> None:
    async with listening() as listener, teller(console) as telling:
        await hook(console, listener.url, "plan.signed")
        await console.client("One", "yossi", "test:1", "Corner Bakery")
        assert await telling.tell_due() == 0
    assert listener.heard == []


async def test_who_does_not_answer_is_told_again_and_then_given_up(console: Console) -> None:
    async with listening(500) as listener, teller(console) as telling:
        hook_id, _ = await hook(console, listener.url, "plan.ready")
        await console.client("One", "yossi", "test:1", "Corner Bakery")
        for seconds in (*RETRIES, 0):
            assert await telling.tell_due() == 1
            assert await telling.tell_due() == 0
            console.now += timedelta(seconds=seconds)
        console.now += timedelta(days=3)
        assert await telling.tell_due() == 0
        assert len(listener.heard) == len(RETRIES) + 1
        assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1
        [row] = await log_of(console, hook_id)
        assert (row.status, row.attempts, row.done_at) == (500, len(RETRIES) + 1, None)
        assert row.dead_at is not None


async def test_two_tellers_tell_it_once(console: Console) -> None:
    async with listening() as listener, teller(console) as one, teller(console) as other:
        await hook(console, listener.url, "plan.ready")
        await console.client("One", "yossi", "test:1", "Corner Bakery")
        await asyncio.gather(one.tell_due(), other.tell_due())
        assert len(listener.heard) == 1


async def test_our_own_network_is_told_nothing(console: Console) -> None:
    async with listening() as listener, teller(console, private=False) as telling:
        hook_id, _ = await hook(console, listener.url, "plan.ready")
        await console.client("One", "yossi", "test:1", "Corner Bakery")
        await telling.tell_due()
        assert listener.heard == []
        [row] = await log_of(console, hook_id)
        assert (row.status, row.attempts) == (None, 1)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "192.168.1.1"]
)
async def test_private_addresses_are_known(host: str) -> None:
    assert not await is_public(f"https://{host}/told")


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://practice.example/told", True),
        ("https://practice.example:8443/", True),
        ("http://practice.example/", False),
        ("https://", False),
        ("https://x:99999/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_https_is_told(url: str, fits: bool) -> None:
    assert is_https(url) == fits


@given(st.binary(max_size=200), st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))
def test_a_signature_is_of_the_body(body: bytes, at: datetime) -> None:
    secret = new_secret()
    first, changed = signed(secret, "msg_1", at, body), signed(secret, "msg_1", at, body + b"x")
    assert first == signed(secret, "msg_1", at, body)
    assert first["webhook-signature"] != changed["webhook-signature"]
