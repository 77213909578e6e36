"""Rasa that goes away in the middle, one owner on two devices, and a death between a reminder and
its sending: real processes, really killed."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from deployment import Deployment, idle
from owners import address, answers, heard, repeated
from telegram_owner import by_button, interviewed
from telegram_peer import Phone, Server, eventually
from telegram_running import clock

from advisor.catalog import Catalog
from advisor.followup import FollowUp

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


class Rasa:
    """Answers as a model does that is sure of nothing, as slowly as a test says."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.asked = 0

    async def parse(self, request: web.Request) -> web.Response:
        self.asked += 1
        text = (await request.json())["text"]
        await asyncio.sleep(self.delay)
        whole = {
            "start": 0,
            "end": len(text),
            "topics": {},
            "options": {},
            "targets": {},
            "said": {},
        }
        return web.json_response({"segments": [whole]})


@asynccontextmanager
async def serving(rasa: Rasa, port: int = 0) -> AsyncIterator[str]:
    """Rasa's server while the context lasts."""
    app = web.Application()
    app.router.add_post("/model/parse", rasa.parse)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def test_rasa_slow_then_gone_then_back_while_an_owner_answers(
    deployment: Deployment, server: Server, catalog: Catalog
) -> None:
    words, rasa, phone = catalog.texts["en"]["replies"], Rasa(), Phone(server, code="en")
    async with serving(rasa) as url:
        deployment.nlu = url
        for role in ("serve", "worker"):
            await deployment.start(role)
        await phone.say("/start en")
        await phone.prompt()
        rasa.delay = 0.5
        begun = time.monotonic()
        await phone.say("Alma")
        await phone.prompt()
        assert rasa.asked
        assert time.monotonic() - begun > 0.4
    port = int(url.rsplit(":", 1)[1])
    stood = await phone_at(phone, "gibberish that only a model could read")
    assert any(words["nlu_away"] in text for text in phone.texts)
    await by_button(phone, catalog, stood)
    asked = await phone.prompt()
    assert asked.question != stood.question, "buttons go on"
    rasa.delay = 0.0
    async with serving(rasa, port):
        await phone_at(phone, "gibberish that only a model could read")
        assert any(words["nlu_ready"] in text for text in phone.texts)
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        assert await repeated(store, phone) == 0
        assert (await answers(store, phone))["business_name"][1] == "Alma"


async def phone_at(phone: Phone, text: str) -> Any:
    """What is asked after a text."""
    await phone.say(text)
    return await phone.prompt()


async def test_one_owner_on_two_devices_at_once(
    deployment: Deployment, server: Server, catalog: Catalog
) -> None:
    """Both press the same question at the same moment: one press counts, the other is explained."""
    for role in ("serve", "serve", "worker", "worker"):
        await deployment.start(role)
    phone = Phone(server, code="en")
    await phone.say("/start en")
    await interviewed(phone, catalog, by_button, 1)
    for number in (1, 2):
        asked = await phone.prompt()
        first, second = [o for o in asked.options if not o.startswith("/")][:2]
        await asyncio.gather(phone.press(asked, first), phone.press(asked, second))
        async with deployment.store() as store:
            await eventually(lambda number=number: heard(store, phone, 2 + 2 * number))
            await eventually(lambda: idle(store))
            known = await answers(store, phone)
        assert known[asked.question][1] in (first, second)
    async with deployment.store() as store:
        assert len(known) == 3
        assert await repeated(store, phone) == 0


async def test_an_album_is_answered_once(
    deployment: Deployment, server: Server, catalog: Catalog
) -> None:
    """Telegram sends an album as so many messages, one after the other."""
    for role in ("serve", "worker"):
        await deployment.start(role)
    phone = Phone(server, code="en")
    await phone.say("/start en")
    question = (await phone.prompt()).question
    size = {"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}
    for _ in range(4):
        await phone.send(message=phone.message(photo=[size], media_group_id="77"))
    await phone.prompt()
    await phone.say("/why")
    said = catalog.texts["en"]["replies"]["sent_picture"]
    assert sum(said in text for text in phone.texts) == 1
    assert (await phone.prompt()).question == question


async def test_killed_between_a_reminder_and_its_sending(
    deployment: Deployment, server: Server
) -> None:
    phone = Phone(server, code="en")
    await deployment.start("serve")
    worker = await deployment.start("worker")
    await phone.say("/start en")
    await phone.prompt()
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        await worker.end()
        async with store.unit() as unit:
            chat = await unit.chat(address(phone), clock())
            interview = await unit.open_interview(chat.id)
            assert interview is not None
            # a second reminder: the first one was long ago, so nothing postpones this one
            await unit.set_follow_up(interview.id, FollowUp(clock() - timedelta(minutes=1), 1))
        doomed = await deployment.start("worker", ("between a reminder and its sending", 1))
        assert await doomed.ended() == -signal.SIGKILL
        async with store.unit() as unit:
            assert (await unit.queues())["messages"].length, "it is written, and not sent"
        shown = len(phone.screen)
        await deployment.start("worker")
        await phone.prompt()
        await eventually(lambda: idle(store))
        assert await repeated(store, phone) == 0
    assert len(phone.screen) == shown + 1
