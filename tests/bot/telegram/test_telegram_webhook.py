"""What the webhook takes, and what it turns away."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from time import monotonic
from typing import Any

import httpx
import pytest
from telegram_peer import Phone, Server
from telegram_running import clock

from advisor.errors import DiskFullError, StoreAwayError
from advisor.store import Store
from bot.telegram import Post, Receiver, Webhook, made_bot
from bot.telegram.webhook import LARGEST, SECRET_HEADER
from comeback import web
from comeback.web import HOOK, application

SECRET = "a-synthetic_secret"


class Lanes:
    """Remembers for which lanes there is work."""

    def __init__(self) -> None:
        self.deferred: list[str] = []

    async def defer(self, unit: Any, lanes: Sequence[str]) -> None:
        self.deferred.extend(lanes)

    def saved(self) -> None:
        pass


@pytest.fixture
def lanes() -> Lanes:
    return Lanes()


@pytest.fixture
async def http(store: Store, server: Server, lanes: Lanes) -> AsyncIterator[httpx.AsyncClient]:
    bot = made_bot("7:synthetic", server.root)
    webhook = Webhook(Receiver(store, "7", lanes, clock), Post(bot), SECRET)
    app = application(store, webhook, nlu_url="")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
        yield http
    await webhook.close()
    await bot.shutdown()


async def post(http: httpx.AsyncClient, body: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return (await http.post(HOOK, content=content, headers=headers)).status_code


def update(phone: Phone, number: int = 1) -> dict[str, Any]:
    return {"update_id": number, "message": phone.message(text="Alma")}


async def count(store: Store) -> int:
    async with store.unit() as unit:
        return (await unit.queues())["updates"].length


async def test_an_update_is_written_down_once(
    http: httpx.AsyncClient, phone: Phone, store: Store, lanes: Lanes
) -> None:
    for _ in range(2):
        assert await post(http, update(phone)) == 200
    assert await count(store) == 1
    assert lanes.deferred == [f"telegram:7:{phone.chat}"]


async def test_the_same_number_for_two_bots(
    http: httpx.AsyncClient, phone: Phone, store: Store, server: Server
) -> None:
    other = Receiver(store, "8", Lanes(), clock)
    bot = made_bot("8:synthetic", server.root)
    app = application(store, Webhook(other, Post(bot), "other"), "")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://there"
    ) as there:
        assert await post(http, update(phone)) == 200
        assert await post(there, update(phone), "other") == 200
    await bot.shutdown()
    assert await count(store) == 2


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "סוד"])
async def test_who_does_not_know_the_secret_is_turned_away(
    http: httpx.AsyncClient, phone: Phone, store: Store, secret: str | None
) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret.encode()}
    answer = await http.post(HOOK, json=update(phone), headers=headers)
    assert answer.status_code == 403
    assert await count(store) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"\xff", 400),
        ({"message": {}}, 400),
        ({"update_id": "1"}, 400),
        ({"update_id": 2**80}, 400),
        (b" " * (LARGEST + 1), 413),
        # what a newer Bot API may send, or nobody: taken, or it would come again for a day
        ({"update_id": 1}, 200),
        ({"update_id": 1, "invented_later": {"a": 1}}, 200),
        ({"update_id": 1, "message": {"message_id": 1}}, 200),
        ({"update_id": 1, "message": 7}, 200),
        ({"update_id": 1, "callback_query": {"id": []}}, 200),
    ],
)
async def test_what_cant_be_used_is_no_trouble(
    http: httpx.AsyncClient, store: Store, body: Any, status: int
) -> None:
    assert await post(http, body) == status
    assert await count(store) == 0


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(
    http: httpx.AsyncClient, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise StoreAwayError("away")

    monkeypatch.setattr(Receiver, "receive", away)
    answer = await http.post(HOOK, json=update(phone), headers={SECRET_HEADER: SECRET})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


async def test_a_press_is_acknowledged_once(
    http: httpx.AsyncClient, phone: Phone, server: Server
) -> None:
    shown = phone.message(text="…")
    query = {"id": "5", "from": phone.user, "chat_instance": "1", "data": "x", "message": shown}
    for _ in range(2):
        assert await post(http, {"update_id": 9, "callback_query": query}) == 200
    await phone.until(lambda _: server.made("answerCallbackQuery"))
    assert len(server.made("answerCallbackQuery")) == 1


async def test_probes_tell_how_things_are(
    http: httpx.AsyncClient, phone: Phone, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post(http, update(phone))
    assert (await http.get("/health")).status_code == 200
    assert (await http.get("/ready")).json() == {"database": "ok", "nlu": "of its own"}
    metrics = (await http.get("/metrics")).text
    assert 'comeback_queue_length{queue="updates"} 1.0' in metrics
    assert "comeback_updates_received_total" in metrics

    async def full(_: Store) -> None:
        raise DiskFullError("full")

    monkeypatch.setattr(Store, "check_room", full)
    assert (await http.get("/ready")).json()["database"] == "ok"  # it was looked at just now
    monkeypatch.setattr(web, "monotonic", lambda: monotonic() + web.ROOM_FOR)
    for _ in range(2):
        answer = await http.get("/ready")
        assert (answer.status_code, answer.json()["database"]) == (503, "full")

    async def away(_: Store) -> bool:
        raise StoreAwayError("away")

    monkeypatch.setattr(Store, "is_current", away)
    answer = await http.get("/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, "away")
