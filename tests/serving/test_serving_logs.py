"""What a deployment writes down about itself: enough to find a fault, nothing about anybody."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from consoles import PASSWORD, Browser, Console, people
from delivery import HEADER, HOOK, SECRET
from deployment import POISON, Deployment, free_port, idle
from telegram_peer import TOKEN, Phone, Server, eventually

from advisor.catalog import Catalog

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
SAID = ("Zanzibarski", "0541234567", "noa@zanzibarski.example", "972549998877", "31.771959")
"""What an owner says: their business, a telephone, an address, a contact, a place."""
ASKED = ("Kremboulia", "Quagliarella", "050-7654321")
"""What consultants write: whom they look for, a note, whom they invite."""


async def owner_talks(deployment: Deployment, server: Server) -> Phone:
    """An owner says who they are in every way that there is, and meets a fault of ours."""
    phone = Phone(server, chat=987654, code="en")
    await phone.say("/start en")
    await phone.prompt()
    await phone.say(f"my secret is {' '.join(SAID[:3])}")
    await phone.say(f"/start {ASKED[0]}")
    contact = {"phone_number": SAID[3], "first_name": SAID[0]}
    place = {"latitude": float(SAID[4]), "longitude": 35.217}
    for content in ({"contact": contact}, {"location": place}):
        await phone.send(message=phone.message(**content))
    await phone.say(POISON)
    # the number that the log has, too; before it is seen, a queue may be empty as nothing came yet
    await phone.until(lambda screen: any("1005" in message.text for message in screen))
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
    return phone


async def consultants_work(console: Console, name: str, root: str) -> list[str]:
    """Somebody signs in, looks for a client, takes a note, invites; and meets a fault of ours.
    Gives what only they and their browser know."""
    async with Browser(base_url=root, follow_redirects=True) as browser:
        browser.headers["accept-language"] = "en"
        console.now = datetime.now(UTC) - timedelta(minutes=1)  # signing in adds one
        assert "/clients" in str((await console.sign_in(browser, name)).url)
        assert (await browser.see("/clients", params={"q": ASKED[0]})).status_code == 200
        async with console.store.unit() as unit:
            chat = (await unit.chat("test:1", console.now)).id
        await browser.see(f"/clients/{chat}/notes")
        await browser.submit(f"/clients/{chat}/notes", text=ASKED[1])
        await browser.see("/invitations")
        invited = await browser.submit("/invitations", label=ASKED[2], to="owner")
        (code,) = set(re.findall(r"start=([\w-]+)", invited.text)) or {""}
        broken = await browser.see("/clients", params={"q": f"{POISON} {ASKED[0]}"})
        assert broken.status_code == 500
        assert ASKED[0] not in broken.text
        return [code, console.code(), PASSWORD, browser.token, *browser.cookies.values()]


async def strangers_call(root: str, http: httpx.AsyncClient) -> None:
    """What anybody may send."""
    wrong = await http.post(root + HOOK, json={}, headers={HEADER: ASKED[1]})
    assert wrong.status_code == 403
    known = {HEADER: SECRET}
    odd = {"update_id": 1, "message": {"text": SAID[0]}}
    await http.post(root + HOOK, json=odd, headers=known)
    await http.post(root + HOOK, content=f"{{{SAID[0]}", headers=known)
    for path in (f"/console/join/{ASKED[1]}", f"/api/v1/clients?q={ASKED[0]}", f"/{SAID[0]}"):
        await http.get(root + path, headers={"authorization": f"Bearer {ASKED[1]}"})


async def test_logs_and_metrics_hold_nothing_private(
    deployment: Deployment, server: Server, catalog: Catalog
) -> None:
    receiver = await deployment.start("serve")
    console_alone = await deployment.start("console", COMEBACK_TELEGRAM_BOT="comeback_bot")
    port = free_port()
    await deployment.start("worker", COMEBACK_WORKER_PORT=str(port))
    await owner_talks(deployment, server)
    async with deployment.store() as store:
        console = Console(catalog, store, datetime.now(UTC), {}, {})
        await people(console)
        await console.client("One", "yossi", "test:1", "Corner Bakery")
        known = await consultants_work(console, "dana", f"{receiver.root}/console")
        known += await consultants_work(console, "yossi", console_alone.root)
    await strangers_call(receiver.root, deployment.delivery.http)
    http = deployment.delivery.http
    roots = (receiver.root, f"http://127.0.0.1:{port}")
    metrics = "".join([(await http.get(f"{root}/metrics")).text for root in roots])
    for each in deployment.processes:
        assert await each.end(signal.SIGTERM) == 0
    logs = [log.read_text() for log in deployment.folder.glob("*.log")]
    told = [row["event"] for row in rows(logs)]
    for event in ("update_failed", "request_failed", "worker_stopped", "listening"):
        assert event in told
    assert "comeback_turns_failed_total" in metrics
    private = [*SAID, *ASKED, *known, POISON, "Noa", "987654", "x.example", "Corner", TOKEN, SECRET]
    everything = "".join(logs) + metrics
    assert not [word for word in private if word and word in everything]


def rows(logs: Iterable[str]) -> list[dict[str, object]]:
    """Every line of a log is JSON, whoever wrote it."""
    found: list[dict[str, object]] = [json.loads(line) for log in logs for line in log.splitlines()]
    assert all({"event", "level", "timestamp"} <= row.keys() for row in found)
    return found
