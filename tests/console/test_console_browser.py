"""The console in a real browser: signing in, finding, opening, in both languages, on a phone and on
a desktop, with and without JavaScript."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pyotp
import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from browsers import running_chromium
from consoles import PASSWORD, Console
from playwright.async_api import Browser, ConsoleMessage, Dialog, Page, expect

from console.app import make_app

pytestmark = pytest.mark.browser
HOSTILE = "<script>alert(1)</script>\"'><img src onerror>"
WIDTHS = (390, 1280)
AXED = {"en": 390, "he": 1280}
"""Where axe looks: it takes a second for each page."""
BAD = {"serious", "critical"}


@asynccontextmanager
async def served(console: Console) -> AsyncIterator[str]:
    """The console on a port of this machine."""
    config = uvicorn.Config(make_app(console.parts()), port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn tells nobody)
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with running_chromium() as browser:
        yield browser


@asynccontextmanager
async def watched(chromium: Browser, root: str, **more: object) -> AsyncIterator[Page]:
    """A page on which nothing may pop up and nothing be blocked."""
    context = await chromium.new_context(base_url=root, locale="en-GB", **more)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(10_000)
    odd: list[str] = []

    async def dialog(shown: Dialog) -> None:
        odd.append(f"dialog: {shown.message}")
        await shown.dismiss()

    def said(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or message.type == "error":
            odd.append(message.text)

    page.on("dialog", dialog)
    page.on("console", said)
    page.on("pageerror", lambda error: odd.append(str(error)))
    yield page
    await context.close()
    assert odd == []


async def sign_in(page: Page, console: Console, name: str) -> None:
    console.now += timedelta(minutes=1)
    await page.goto("/sign-in")
    await page.fill("#email", f"{name}@x.example")
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await page.fill("#code", console.code())
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/clients")


async def test_from_an_invitation_to_a_client(console: Console, chromium: Browser) -> None:
    """A lead invites a colleague, who sets up both factors, finds a client by an answer and reads
    what was said."""
    await console.client("One", "dana", "test:1", "מאפיית הגליל")
    await console.client("One", "dana", "test:2", "Corner Books")
    async with served(console) as root:
        async with watched(chromium, root) as page:
            await sign_in(page, console, "dana")
            await page.click("text=Team")
            await page.fill("#email", "new@x.example")
            await page.click("main button:has-text('Make the link')")
            link = await page.inner_text("code.secret")
        async with watched(chromium, root) as page:
            await page.goto(link)
            await page.fill("#name", "Noa")
            await page.fill("#password", "three words together")
            await page.keyboard.press("Enter")
            secret = await page.inner_text("code.secret")
            await page.fill("#code", pyotp.TOTP(secret).at(console.now))
            await page.keyboard.press("Enter")
            await expect(page.locator(".codes li")).to_have_count(10)
            await page.click("text=I have kept them")
            await expect(page.locator("tbody th")).to_have_count(2)
            await page.fill("#q", "גליל")  # without a reload
            await expect(page.locator("tbody th")).to_have_count(1)
            await page.focus("tbody th a")
            await page.keyboard.press("Enter")
            await expect(page.locator("h1")).to_have_text("מאפיית הגליל")
            await page.click("nav.tabs >> text=Answers")
            await expect(page.locator("#business_name q")).to_have_text("מאפיית הגליל")


async def test_every_page_suits_everybody(console: Console, chromium: Browser) -> None:
    """No serious fault by axe, nothing to scroll sideways, and names that are markup stay names."""
    chat = await console.client("One", "yossi", "test:1", HOSTILE)
    async with console.store.unit() as unit:
        practice = unit.practice(console.practices["One"])
        await practice.add_note(chat, console.people["yossi"], HOSTILE, console.now)
    client = f"/clients/{chat}"
    pages = [
        *("/clients", "/clients?q=nobody", "/invitations", "/team", "/audit", "/account"),
        *(client, f"{client}/answers", f"{client}/transcript", f"{client}/versions"),
        *(f"{client}/documents", f"{client}/notes", "/portfolio", "/programs"),
    ]
    async with served(console) as root, watched(chromium, root) as page:
        await page.goto("/sign-in")
        await check(page, "en")
        await sign_in(page, console, "dana")
        for language in ("en", "he"):
            for path in pages:
                await page.goto(path)
                await check(page, language)
                assert await page.locator("main script, main img[onerror]").count() == 0
            await page.goto("/clients")
            await page.click(f"button[lang={'he' if language == 'en' else 'en'}]")


BROKEN_WORDS = """() => {
  const main = document.querySelector("main"), broken = []
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  const narrow = element => element.getBoundingClientRect().width < 5
  const unseen = element => element && (narrow(element) || unseen(element.parentElement))
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement
    if (unseen(around) || !around.checkVisibility()) continue
    for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\d]{2,14}/gu)) {
      const range = document.createRange()
      range.setStart(walker.currentNode, word.index)
      range.setEnd(walker.currentNode, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)))
      if (lines.size > 1) broken.push(word[0])
    }
  }
  return broken
}"""
"""Words, short enough for any screen, whose letters stand on more lines than one."""


async def check(page: Page, language: str) -> None:
    """One page, on a phone and on a desktop."""
    html = page.locator("html")
    assert await html.get_attribute("lang") == language
    assert await html.get_attribute("dir") == ("rtl" if language == "he" else "ltr")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} at {width}"
        assert await page.evaluate(BROKEN_WORDS) == [], f"{page.url} at {width}"
        if width == AXED[language]:
            found = await Axe().run(page)
            bad = [rule for rule in found.response["violations"] if rule["impact"] in BAD]
            told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in bad]
            assert not told, page.url


async def test_all_works_without_javascript(console: Console, chromium: Browser) -> None:
    await console.client("One", "yossi", "test:1", "Corner Bakery")
    await console.client("One", "yossi", "test:2", "Oak Lane Books")
    async with (
        served(console) as root,
        watched(chromium, root, java_script_enabled=False) as page,
    ):
        await sign_in(page, console, "dana")
        await page.fill("#q", "bakery")
        await page.click("main form[role=search] button")
        await expect(page.locator("tbody th")).to_have_count(1)
        await page.fill("#name", "Bakeries")
        await page.click("text=Keep >> nth=-1")
        await expect(page.locator(".kept >> text=Bakeries")).to_be_visible()
        await page.click("tbody th a")
        await page.click("summary:has-text('Hand over')")
        await page.select_option("#to", label="Dana")
        await page.click("main button:has-text('Hand over')")
        await page.click("nav.tabs >> text=Notes")
        await page.fill("#text", "Call on Tuesday")
        await page.click("text=Add the note")
        await expect(page.locator(".rows .text")).to_have_text("Call on Tuesday")
        await page.click("text=Invite")
        await page.fill("#label", "The florist")
        await page.click("text=Make the link")
        await expect(page.locator("code.secret")).to_contain_text(
            "https://t.me/comeback_bot?start="
        )
        await expect(page.locator("img.qr")).to_be_visible()
