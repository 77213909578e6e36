"""The doctor: for each thing that can be wrong, one sentence that says what to do."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from lo_bot_api_emulator import ApiRefusal
from telegram_peer import Server, serving

from advisor.catalog import load_catalog
from advisor.store import Store, new_key
from bot.telegram import Bot, made_bot
from bot.telegram.hook import Hook, hook_of, set_hook
from comeback import doctor as doctor_module
from comeback import peers
from comeback.command import doctor
from comeback.doctor import examined
from comeback.settings import read_settings
from comeback.wiring import clock

TOKEN = "7:synthetic"
PUBLIC = "https://bot.example.org"
SECRET = "a-synthetic_secret"
Serve = Callable[[web.Request], Any]


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMEBACK_DATA", str(tmp_path))
    monkeypatch.setenv("COMEBACK_NLU_URL", "http://127.0.0.1:9")
    # a second for each look, and tested elsewhere
    monkeypatch.setattr(doctor_module, "content", lambda: None)


async def told(part: str) -> str | None:
    """What is wrong with the one thing whose name begins so."""
    found = [problem async for name, problem in examined(read_settings()) if name.startswith(part)]
    assert len(found) == 1, found
    problem = found[0]
    assert problem is None or "\n" not in problem
    return problem


@asynccontextmanager
async def answering(answers: dict[str, Any]) -> AsyncIterator[str]:
    """A server that says what a test has it say."""

    async def say(request: web.Request) -> web.Response:
        status, body = answers.get(request.path, (404, {}))
        return web.json_response(body, status=status, headers=answers.get("headers", {}))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", say)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def test_a_name_that_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await told("settings") is None
    monkeypatch.setenv("COMEBACK_TELEGRAM_TOKN", "x")
    assert await told("settings") == "COMEBACK_TELEGRAM_TOKN is no setting: README.md lists them"


async def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await told("the data folder") is None
    usage = shutil.disk_usage(".")._replace(free=2**29)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    problem = await told("the data folder")
    assert problem == "only 0.5 GB are free: make room, or set COMEBACK_DATA to another disk"


async def test_a_database_that_is_not_up_to_date_and_is_left_alone(tmp_path: Path) -> None:
    assert await told("the database (SQLite, made at the first start)") is None
    with sqlite3.connect(tmp_path / "comeback.db") as database:
        database.execute("CREATE TABLE chats (id TEXT)")
    problem = await told("the database (SQLite)")
    assert problem == "its tables are of another version: run comeback db upgrade"


async def test_a_key_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMEBACK_ENCRYPTION_KEY", new_key())
    await asyncio.to_thread(upgrade)
    assert await told("the database") is None
    monkeypatch.delenv("COMEBACK_ENCRYPTION_KEY")
    assert "COMEBACK_ENCRYPTION_KEY" in str(await told("the database"))


def upgrade() -> None:
    from comeback.database import upgrade

    asyncio.run(upgrade(read_settings()))


async def test_something_that_waits_for_long(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/comeback.db")
    await store.migrate()
    async with store.unit() as unit:
        row = {"kind": "text", "chat": 1, "text": "/start"}
        await unit.receive_update("7", 1, row, clock() - timedelta(minutes=20), "telegram:7:1")
    await store.close()
    problem = await told("queues (1 updates and 0 messages wait, 0 and 0 were given up)")
    assert problem == "something waits for 20 minutes: is comeback worker or bot running?"


def model(topics: dict[str, float]) -> dict[str, Any]:
    whole = {"topics": topics, "options": {"status": {"open_weak": 0.1}}}
    return {"/version": (200, {"version": "3.6.21"}), "/model/parse": (200, {"segments": [whole]})}


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"/version": (503, {})}, "doesn't answer at COMEBACK_NLU_URL"),
        ({"/version": (200, ["no", "Rasa"])}, "is no Rasa server"),
        (model({}) | {"/version": (200, {"version": "2.8.1"})}, "Rasa 3.6 is needed"),
        (model({}) | {"/model/parse": (200, {})}, "its model is of another version"),
        (model({"invented_later": 0.1}), "(it knows invented_later)"),
        (model({"why": 0.1, "status": 0.2}), None),
    ],
    ids=["away", "something else", "old Rasa", "another model", "a newer model", "well"],
)
async def test_rasa(answers: Any, says: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(answers) as url:
        monkeypatch.setenv("COMEBACK_NLU_URL", url)
        problem = await told("Rasa")
    assert problem is None if says is None else says in str(problem)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """Telegram, with a webhook that is set as it should be."""
    async with serving() as server:
        monkeypatch.setenv("COMEBACK_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("COMEBACK_TELEGRAM_API", server.root)
        monkeypatch.setenv("COMEBACK_WEBHOOK_SECRET", SECRET)
        monkeypatch.setenv("COMEBACK_PUBLIC_URL", PUBLIC)
        bot = made_bot(TOKEN, server.root)
        await set_hook(bot, load_catalog(), f"{PUBLIC}/telegram/webhook", SECRET, 40)
        await bot.shutdown()
        yield server


async def test_telegram_well(server: Server) -> None:
    assert await told("Telegram (@synthetic_bot)") is None
    assert await told("the webhook (0 updates wait at Telegram)") is None
    assert await told("the clock") is None


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        (ApiRefusal("Unauthorized", 401), "copy it anew from @BotFather"),
        (ApiRefusal("Bad Gateway", 502), "see that this machine reaches it"),
    ],
    ids=["refused", "away"],
)
async def test_telegram_ill(server: Server, refusal: ApiRefusal, says: str) -> None:
    server.fault = lambda method, fields: refusal
    problem = str(await told("Telegram"))
    assert says in problem
    assert TOKEN not in problem


async def test_a_webhook_that_leads_elsewhere(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMEBACK_PUBLIC_URL", "https://new.example.org")
    assert "run comeback webhook set" in str(await told("the webhook"))
    monkeypatch.delenv("COMEBACK_PUBLIC_URL")
    assert "run comeback webhook delete" in str(await told("the webhook"))
    monkeypatch.setenv("COMEBACK_PUBLIC_URL", PUBLIC)
    monkeypatch.delenv("COMEBACK_WEBHOOK_SECRET")
    assert "COMEBACK_WEBHOOK_SECRET" in str(await told("the webhook"))


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        ("Wrong response from the webhook: 403 Forbidden", "run comeback webhook set"),
        ("Wrong response from the webhook: 503 Service Unavailable", "doesn't reach the database"),
        ("SSL error {certificate verify failed}", "the proxy's certificate"),
        ("Connection timed out", "passes /telegram/ on"),
    ],
)
async def test_a_webhook_that_fails(
    server: Server, monkeypatch: pytest.MonkeyPatch, failure: str, says: str
) -> None:
    """The emulator tells of no failures: what Telegram says of them is put in its place."""

    async def failing(bot: Bot) -> Hook:
        return replace(await hook_of(bot), failed_at=clock(), failure=failure)

    monkeypatch.setattr(peers, "hook_of", failing)
    problem = str(await told("the webhook"))
    assert failure in problem
    assert says in problem


async def test_a_clock_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    late = (clock() - timedelta(minutes=10)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    async with answering({"headers": {"Date": late}}) as url:
        monkeypatch.setenv("COMEBACK_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("COMEBACK_TELEGRAM_API", url)
        problem = str(await told("the clock"))
    assert " s ahead: set it (timedatectl set-ntp true)" in problem


def test_the_status_tells(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        doctor()
    assert ended.value.code == 2
    assert "NO  Rasa: doesn't answer" in capsys.readouterr().out
