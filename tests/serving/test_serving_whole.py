"""Whole interviews through a receiver, a worker and PostgreSQL."""

from __future__ import annotations

import signal
from dataclasses import asdict
from pathlib import Path

import pytest
from deployment import Deployment, deployed, idle
from owners import address
from telegram_owner import by_button, interviewed
from telegram_peer import Phone, Server, eventually
from telegram_running import clock

from advisor.catalog import Catalog
from advisor.store import Store, dump, load
from bot.messages import Reply


async def test_one_process_on_sqlite_does_everything(
    server: Server, catalog: Catalog, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/comeback.db"
    async with deployed(url, server, tmp_path) as deployment:
        receiver = await deployment.start("serve")
        phone = Phone(server, code="en")
        await phone.say("/start en")
        await interviewed(phone, catalog, by_button, 4)
        await phone.prompt()
        assert await receiver.end(signal.SIGKILL) == -signal.SIGKILL
        deployment.delivery.receivers.clear()
        receiver = await deployment.start("serve")
        await phone.say("/why")
        await phone.prompt()
        assert await receiver.end(signal.SIGTERM) == 0


@pytest.mark.postgres
async def test_what_was_moved_from_sqlite_is_gone_on_with(
    deployment: Deployment, server: Server, tmp_path: Path
) -> None:
    """Jobs aren't moved: they follow from the rows."""
    phone, other = Phone(server, code="en"), Phone(server, 12, "en")
    old = await Store.open(f"sqlite:///{tmp_path}/old.db")
    await old.migrate()
    async with old.unit() as unit:
        chat = await unit.chat(address(other), clock())
        await unit.queue(chat.id, asdict(Reply("say", "Hello.", "en")), clock())
        row = {"kind": "text", "chat": phone.chat, "text": "/start en"}
        await unit.receive_update("7", 1, row, clock(), address(phone))
    async with deployment.store() as store:
        await load(store, [line async for line in dump(old)])
        await old.close()
        await deployment.start("worker")
        await phone.prompt()
        await eventually(lambda: idle(store))
    assert other.texts == ["Hello."]


@pytest.mark.postgres
async def test_an_interview_by_webhook_ends_with_a_plan(
    deployment: Deployment, server: Server, catalog: Catalog
) -> None:
    receiver = await deployment.start("serve")
    worker = await deployment.start("worker")
    phone = Phone(server, code="en")
    await phone.say("/start en")
    await interviewed(phone, catalog, by_button)
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
    for each in (receiver, worker):
        assert await each.end(signal.SIGTERM) == 0
