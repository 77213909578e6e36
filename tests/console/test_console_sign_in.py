"""Nobody gets in without both factors, and what is guessed is slowed down."""

from __future__ import annotations

from datetime import timedelta

from consoles import PASSWORD, Console
from sqlalchemy import text

from console.security.throttle import allowed, by_account


async def test_two_factors_lead_to_the_list(console: Console) -> None:
    async with console.browser() as browser:
        assert (await browser.see("/")).url.path == "/sign-in"
        page = await browser.submit("/sign-in", email="Dana@X.example", password=PASSWORD)
        assert page.url.path == "/sign-in/code"
        assert (await browser.get("/clients")).url.path == "/sign-in/code"
        page = await browser.submit("/sign-in/code", code=console.code())
        assert page.url.path == "/clients"
        assert page.status_code == 200


async def test_a_code_counts_once(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        code = console.code()
        await browser.submit("/sign-out")
        await browser.submit("/sign-in", email="dana@x.example", password=PASSWORD)
        page = await browser.submit("/sign-in/code", code=code)
    assert page.status_code == 401
    assert "was used already" in page.text


async def test_guessing_is_slowed_down_whether_the_account_exists_or_not(console: Console) -> None:
    for email in ("dana@x.example", "nobody@x.example"):
        async with console.store.unit() as unit:
            for _ in range(6):  # the others take argon2's time
                await allowed(unit, console.now, by_account(email))
        async with console.browser() as browser:
            await browser.see("/sign-in")
            for _ in range(2):
                page = await browser.submit("/sign-in", email=email, password="guess")
                assert page.status_code == 401
            page = await browser.submit("/sign-in", email=email, password=PASSWORD)
            assert page.status_code == 429
    console.now += timedelta(minutes=16)
    async with console.browser() as browser:
        page = await console.sign_in(browser, "dana")
        assert page.url.path == "/clients"


async def test_a_session_ends(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        console.now += timedelta(hours=2, minutes=1)
        assert (await browser.get("/clients")).url.path == "/sign-in"


async def test_a_form_from_elsewhere_is_refused(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        browser.token = "0" * 64
        page = await browser.submit("/account/password", old=PASSWORD, new="another password")
    assert page.status_code == 403


async def test_the_database_holds_no_token(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        token = browser.cookies["comeback_session"]
    async with console.store.engine.connect() as connection:
        rows = await connection.execute(text("SELECT * FROM sessions"))
        assert token not in str(rows.all())
