"""From the sign-in to the owner's Telegram and back: a real browser, a Bot API server, and the
owner's phone."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from browsers import running_chromium
from consoles import PASSWORD, Console, people
from playwright.async_api import Page, expect
from telegram_owner import by_button, interviewed
from telegram_peer import TOKEN, Message, Phone, check_texts, serving
from telegram_running import conversation, running

from advisor.catalog import Catalog
from advisor.store import Store
from bot.consulting import Consulting
from bot.telegram.keyboard import PART
from console.app import make_app
from console.parts import Parts
from console.texts import load_texts

pytestmark = [pytest.mark.browser, pytest.mark.peers]
HOSTILE = "<b>Be careful</b> & <script>alert(1)</script>"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
async def console(catalog: Catalog, tmp_path: Path, migrated: Path) -> AsyncIterator[Console]:
    """A console over a database that a bot works on, too."""
    copied = shutil.copy(migrated, tmp_path / "comeback.db")
    store = await Store.open(f"sqlite+aiosqlite:///{copied}")
    await store.migrate()
    made = Console(catalog, store, datetime.now(UTC), {}, {})
    await people(made)
    yield made
    await store.close()


@asynccontextmanager
async def served(console: Console) -> AsyncIterator[str]:
    """The console on a port of this machine."""
    owners = Consulting(console.catalog, console.clock)
    parts = Parts(console.catalog, console.store, console.clock, load_texts(), owners)
    config = uvicorn.Config(make_app(parts), port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn tells nobody)
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def sign_in(page: Page, console: Console, name: str) -> None:
    console.now += timedelta(minutes=1)
    await page.goto("/sign-in")
    await page.fill("#email", f"{name}@x.example")
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await page.fill("#code", console.code())
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/clients")


async def tie(console: Console, phone: Phone) -> None:
    """The owner of a phone becomes a client of practice One."""
    now, digest = console.now, "invited"
    async with console.store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", now)
        practice = unit.practice(console.practices["One"])
        await practice.invite_owner(digest, console.people["yossi"], None, now, 30)
        invitation = await unit.invitations.by_digest(digest)
        assert invitation is not None
        await unit.tie(chat.id, invitation, now)


def showing(*parts: str):
    """Whether a screen shows a message with all of these."""

    def found(screen: list[Message]) -> Message | None:
        texts = [message for message in screen if all(part in message.text for part in parts)]
        return texts[-1] if texts else None

    return found


def offering(screen: list[Message], option: str) -> Message | None:
    """The last message with a button."""
    found = [m for m in screen if any(data.endswith(f"|{option}") for _, data in m.buttons)]
    return found[-1] if found else None


async def confirm(page: Page, reason: str | None) -> None:
    """Press what does it, with a reason where one is asked for."""
    if reason is not None:
        await page.fill("#reason", reason)
    if await page.locator("[name=anyway]").count():
        await page.check("[name=anyway]")
    await page.click("button[value=do]")


async def test_find_correct_compare_approve_send_and_hear_back(
    console: Console, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    # on SQLite nobody tells the bot what the console left for it: it looks by itself, here sooner
    monkeypatch.setattr("bot.telegram.outbox.LOOKING", 0.3)
    async with serving() as server, served(console) as root:
        phone = Phone(server, code="en")
        await tie(console, phone)
        async with running(conversation(console.store), TOKEN, server.root) as bot:
            await phone.say("/start en")
            await interviewed(phone, catalog, by_button)
            async with running_chromium() as chromium:
                context = await chromium.new_context(
                    base_url=root,
                    locale="en-GB",
                    viewport=PHONE,  # type: ignore[arg-type]
                    java_script_enabled=False,
                )
                page = await context.new_page()
                page.set_default_timeout(10_000)
                await sign_in(page, console, "yossi")
                await correct(page)
                await phone.until(showing("Yossi from One corrected", "to 260", HOSTILE))
                await change(page)
                await approve_and_send(page)
                word = await phone.until(showing("Yossi from One went over the plan", HOSTILE))
                assert "Spring cleaning" in word.text
                await phone.until(lambda screen: [m for m in screen if m.file.endswith(".pdf")][1:])
                more = await phone.until(lambda screen: offering(screen, f"{PART}word"))
                await phone.press(more, f"{PART}word")
                await phone.until(showing("A personal word", "Well done so far.", HOSTILE, "Yossi"))
                asked = await phone.until(showing("Shall we go with this plan?"))
                await phone.press(asked, "/going")
                await phone.until(showing("you're going with it"))
                await phone.send(
                    message=phone.message(
                        text=f"Thank you! {HOSTILE}",
                        reply_to_message=phone.message(message_id=word.id, text=word.text),
                    )
                )
                await phone.until(showing("Passed on"))
                await page.goto("/clients")
                await expect(page.locator("tbody tr")).to_contain_text("Answered you")
                await expect(page.locator("tbody tr")).to_contain_text("At work")
                await page.click("tbody th a")
                await page.click("nav.tabs >> text=Messages")
                await expect(page.locator(".transcript .in")).to_contain_text(HOSTILE)
                assert await page.locator("main script").count() == 0
                await context.close()
            assert not bot.task.done()
        check_texts(server)


async def correct(page: Page) -> None:
    """Find the client by an answer, and correct another."""
    await page.fill("#q", "alma")
    await page.keyboard.press("Enter")
    await page.click("tbody th a")
    await page.click("nav.tabs >> text=Answers")
    await page.click("#customers_now >> text=Correct")
    await page.fill("#value", "260")
    await page.click("text=Show what this changes")
    await expect(page.locator(".letter")).to_contain_text("Yossi from One corrected")
    await confirm(page, HOSTILE)


async def change(page: Page) -> None:
    """Give the plan an action of one's own, and compare the versions."""
    await page.click("text=Add an action of our own")
    await page.fill("#name", "Spring cleaning")
    await page.fill("#week", "2")
    await page.fill("#steps", "Sweep\nMop")
    await page.click("text=Show what this changes")
    await expect(page.locator(".changes")).to_contain_text("Spring cleaning")
    await confirm(page, "it shows")
    await page.click("nav.tabs >> text=Versions")
    await expect(page.locator(".changes")).to_contain_text("Added: Spring cleaning")
    await page.click("nav.tabs >> text=Change and send")


async def approve_and_send(page: Page) -> None:
    """Approve the version, look at what the owner will read, send."""
    await page.click("text=Approve this version")
    await page.fill("#word", f"Well done so far.\n{HOSTILE}")
    await page.click("text=See it as the owner will")
    await expect(page.locator(".letter")).to_contain_text(HOSTILE)
    await page.click("button[value=do]")
    await expect(page.locator("main")).to_contain_text("sent to the owner")
