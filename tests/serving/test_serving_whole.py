"""Whole interviews through a receiver, a worker and PostgreSQL."""

from __future__ import annotations

import signal

import pytest
from deployment import Deployment, idle
from telegram_owner import by_button, interviewed
from telegram_peer import Phone, Server, eventually

from advisor.catalog import Catalog

pytestmark = pytest.mark.postgres


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
