"""Processes that are killed, and peers that fail: every owner's answers are those of a run that
nothing disturbed, no update is lost, and nothing is sent twice but in the one case."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import pytest
from aiohttp import web
from databases import Postgres
from deployment import Deployment, idle
from lo_bot_api_emulator import ApiRefusal
from owners import QUESTIONS, answers, heard, repeated, undisturbed
from serving_process import MAKING, STEPS
from telegram_owner import by_button, interviewed
from telegram_peer import Phone, Server, eventually

from advisor.catalog import Catalog

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
IN_RECEIVER = {"before the update is committed", "between its commit and the answer"}
FIFTH = 5
"""Updates or messages after which a process dies: in the middle of the interview."""


@pytest.fixture(scope="module")
def expected(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Answers of an owner whom nothing disturbs."""
    return asyncio.run(undisturbed(tmp_path_factory.mktemp("alone"), catalog))


async def asked(phone: Phone, catalog: Catalog) -> None:
    """An owner who answers the first questions."""
    await phone.say("/start en")
    await interviewed(phone, catalog, by_button, QUESTIONS)
    await phone.prompt()


async def check(
    deployment: Deployment, phone: Phone, expected: dict[str, Any], twice: int = 0
) -> None:
    """What has to hold once everything is quiet."""
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        assert await answers(store, phone) == expected
        assert await repeated(store, phone) == twice
        async with store.unit() as unit:
            assert [queue.dead for queue in (await unit.queues()).values()] == [0, 0]


@pytest.mark.parametrize("step", [step for step in STEPS if "reminder" not in step])
async def test_a_process_killed_at_any_step(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any], step: str
) -> None:
    role = "serve" if step in IN_RECEIVER else "worker"
    doomed = await deployment.start(role, (step, FIFTH))
    await deployment.start("worker" if role == "serve" else "serve")
    phone = Phone(server, code="en")
    owner = asyncio.create_task(asked(phone, catalog))
    assert await doomed.ended() == -signal.SIGKILL
    await deployment.start(role)
    await owner
    twice = 1 if step == "between the sending and its mark" else 0
    await check(deployment, phone, expected, twice)


async def test_a_process_killed_while_it_makes_a_file(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    """Another one makes it; what came before it doesn't come again."""
    await deployment.start("serve")
    doomed = await deployment.start("worker", (MAKING, 1))
    phone = Phone(server, code="en")
    await asked(phone, catalog)
    await phone.say("/plan")
    assert await doomed.ended() == -signal.SIGKILL
    await deployment.start("worker")
    await phone.until(lambda screen: [m for m in screen if m.file.endswith(".pdf")])
    await phone.prompt()
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        assert await answers(store, phone) == expected
    assert [m.file[-3:] for m in phone.screen if m.file] == ["png", "pdf"]
    assert len(phone.texts) == len(set(phone.texts)), "nothing came twice"


async def test_updates_doubled_and_delivered_to_two_receivers_at_once(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    deployment.delivery.doubled = True
    for role in ("serve", "serve", "worker", "worker"):
        await deployment.start(role)
    phones = [Phone(server, chat, "en") for chat in (11, 12, 13)]
    await asyncio.gather(*(asked(phone, catalog) for phone in phones))
    for phone in phones:
        await check(deployment, phone, expected)


async def test_updates_that_arrive_the_wrong_way_round(
    deployment: Deployment, server: Server
) -> None:
    """Messages and presses overtake each other on their way; so do all in this test."""
    delivery = deployment.delivery
    await deployment.start("serve")
    phone = Phone(server, code="en")
    delivery.held = []
    for text in ("/start en", "Alma", "/skip", "/skip", "/skip", "20%"):
        await phone.say(text)
    for number, update in reversed(delivery.held):
        delivery.queue(number, update)
    await asyncio.sleep(0.5)
    await deployment.start("worker")
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        stood = await answers(store, phone)
        assert await repeated(store, phone) == 0
    assert stood["business_name"][1] == "Alma"
    assert 20 in [value for _, value in stood.values()]
    assert len(stood) == 5


async def test_a_message_and_a_press_together(deployment: Deployment, server: Server) -> None:
    """Whichever comes first, one answers the question, and the other is answered, too."""
    for role in ("serve", "serve", "worker", "worker"):
        await deployment.start(role)
    phone = Phone(server, code="en")
    await phone.say("/start en")
    first = await phone.prompt()
    await asyncio.gather(phone.say("/skip"), phone.press(first, "/skip"))
    async with deployment.store() as store:
        await eventually(lambda: heard(store, phone, 3))
        await eventually(lambda: idle(store))
        assert len(await answers(store, phone)) in (1, 2)
        assert await repeated(store, phone) == 0


async def test_poison_is_given_up_and_its_lane_goes_on(
    deployment: Deployment, server: Server, catalog: Catalog
) -> None:
    await deployment.start("serve")
    await deployment.start("worker")
    phone, other = Phone(server, code="en"), Phone(server, chat=12, code="en")
    await phone.say("/start en")
    question = (await phone.prompt()).question
    poison, _ = await phone.say("boom")
    await phone.say("/why")
    await other.say("/start en")
    await other.prompt()
    assert (await phone.prompt()).question == question
    sorry = catalog.texts["en"]["replies"]["broken"].format(reference=poison)
    assert phone.texts.count(sorry) == 1
    assert catalog.question("en", question)["why"] in phone.texts[-1]
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        async with store.unit() as unit:
            assert (await unit.queues())["updates"].dead == 1


async def test_postgres_stopped_and_started(
    deployment: Deployment,
    server: Server,
    catalog: Catalog,
    expected: dict[str, Any],
    postgres: Postgres,
) -> None:
    for role in ("serve", "worker"):
        await deployment.start(role)
    phone, other = Phone(server, code="en"), Phone(server, 12, "en")
    owner = asyncio.create_task(asked(phone, catalog))
    await phone.until(lambda screen: len(screen) > 3)
    await asyncio.to_thread(postgres.stop)
    try:
        await other.say("/start en")
        await other.until(lambda _: 503 in deployment.delivery.refused)
    finally:
        await asyncio.to_thread(postgres.start)
    await owner
    await other.prompt()
    assert all(each.process.is_alive() for each in deployment.processes)
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        assert await answers(store, phone) == expected
        # what was on its way when the database went is the one case
        assert await repeated(store, phone) <= 1


async def test_telegram_in_all_its_moods(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    moods = [
        ApiRefusal("Too Many Requests: retry after 1", 429, {"retry_after": 1}),
        ApiRefusal("Bad Gateway", 502),
        ApiRefusal("Too Many Requests: retry after 1", 429, {"retry_after": 1}),
        ApiRefusal("Internal Server Error", 500),
    ]
    shown = [0]

    def fault(method: str, fields: dict[str, Any]) -> ApiRefusal | None:
        shown[0] += method == "sendMessage"
        return moods.pop() if method == "sendMessage" and not shown[0] % 3 and moods else None

    server.fault = fault
    for role in ("serve", "worker"):
        await deployment.start(role)
    phone = Phone(server, code="en")
    await asked(phone, catalog)
    assert not moods
    await check(deployment, phone, expected)


async def test_a_message_that_telegram_took_without_our_hearing_so_comes_twice(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    """The one case that Telegram makes unavoidable."""
    server.unheard = 1
    for role in ("serve", "worker"):
        await deployment.start(role)
    phone = Phone(server, code="en")
    await asked(phone, catalog)
    await check(deployment, phone, expected, twice=1)


async def test_who_blocked_us_and_what_telegram_refuses_hold_nobody_up(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    gone, odd, phone = (Phone(server, chat, "en") for chat in (21, 22, 23))
    blocked = ApiRefusal("Forbidden: bot was blocked by the user", 403)
    refused = ApiRefusal("Bad Request: odd", 400)

    def fault(method: str, fields: dict[str, Any]) -> ApiRefusal | None:
        moods = {str(gone.chat): blocked, str(odd.chat): refused}
        return moods.get(str(fields.get("chat_id"))) if method == "sendMessage" else None

    server.fault = fault
    for role in ("serve", "worker"):
        await deployment.start(role)
    for each in (gone, odd):
        await each.say("/start en")
    await asked(phone, catalog)
    async with deployment.store() as store:
        await eventually(lambda: idle(store))
        assert await answers(store, phone) == expected
        async with store.unit() as unit:
            # of the second: the welcome, what is kept of what they say, and the first question; who
            # blocked us is no fault
            assert (await unit.queues())["messages"].dead == 3


async def test_a_slow_model_and_none(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    """Buttons and numbers go on, whoever waits for the model."""

    async def never(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", never)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    deployment.nlu = f"http://{host}:{port}"
    try:
        for role in ("serve", "worker"):
            await deployment.start(role)
        phone = Phone(server, code="en")
        await asked(phone, catalog)
        await check(deployment, phone, expected)
    finally:
        await runner.cleanup()


async def test_processes_asked_to_stop_in_the_middle(
    deployment: Deployment, server: Server, catalog: Catalog, expected: dict[str, Any]
) -> None:
    old = [await deployment.start(role) for role in ("serve", "worker")]
    phone = Phone(server, code="en")
    owner = asyncio.create_task(asked(phone, catalog))
    await phone.until(lambda screen: len(screen) > 3)
    assert [await each.end(signal.SIGTERM) for each in old] == [0, 0]
    for role in ("serve", "worker"):
        await deployment.start(role)
    await owner
    await check(deployment, phone, expected)
