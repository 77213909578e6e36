"""The console below a path of another application, and what error pages tell."""

from __future__ import annotations

import re

import httpx
import pytest
from consoles import PASSWORD, ROOT, Browser, Console
from fastapi import FastAPI
from starlette.routing import Mount
from structlog.testing import capture_logs

from advisor.errors import StoreAwayError
from advisor.store import Store
from console.app import make_app

LINK = re.compile(r'(?:href|action|src)="(/[^"]*)"')


def mounted(console: Console, root: str = "") -> Browser:
    app = FastAPI(routes=[Mount("/console", make_app(console.parts(root)))])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return Browser(transport=transport, base_url=ROOT, follow_redirects=True)


async def test_every_link_stays_below_the_path(console: Console) -> None:
    async with mounted(console) as browser:
        page = await browser.see("/console/")
        assert page.url.path == "/console/sign-in"
        await browser.submit("/console/sign-in", email="dana@x.example", password=PASSWORD)
        page = await browser.submit("/console/sign-in/code", code=console.code())
        assert page.url.path == "/console/clients"
        links = LINK.findall(page.text)
        assert len(links) > 8
        assert all(link.startswith("/console/") for link in links)
        for link in links:
            if "/static/" in link:
                assert (await browser.get(link)).status_code == 200


async def test_https_makes_cookies_travel_no_other_way(console: Console) -> None:
    async with mounted(console, "https://console.example") as browser:
        page = await browser.get("/console/sign-in")
    cookie = page.headers["set-cookie"].lower()
    for word in ("secure", "httponly", "samesite=lax", "path=/console"):
        assert word in cookie
    assert "strict-transport-security" in page.headers


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("secret words"), 500), (StoreAwayError("x"), 503)]
)
async def test_a_fault_has_a_reference_that_the_log_has_too(
    console: Console, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(_: Store) -> None:
        raise error

    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        monkeypatch.setattr(Store, "unit", fail)
        with capture_logs() as logs:
            page = await browser.get("/clients")
    assert page.status_code == status
    found = re.search(r'class="reference">([0-9a-f]{8})<', page.text)
    assert found is not None
    [entry] = logs
    assert entry["reference"] == found[1]
    assert "secret" not in page.text + str(entry)
