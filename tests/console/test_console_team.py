"""People come by invitation and go when their account is closed; operators find what broke."""

from __future__ import annotations

import csv
import re
from datetime import UTC
from io import StringIO

import pytest
from consoles import PASSWORD, Console

from advisor.store.practice.tokens import digest
from console.tables import harmless

LINK = re.compile(r"http://console\.example(/join/[\w-]{32})<")
START = re.compile(r"https://t\.me/comeback_bot\?start=([A-Za-z0-9_-]{1,64})<")


async def test_an_operator_makes_a_practice_and_its_lead_joins(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "op")
        await browser.see("/practices")
        page = await browser.submit("/practices", name="Three", email="lea@x.example")
        [link] = LINK.findall(page.text)
    async with console.browser() as browser:
        page = await browser.see(link)
        assert "lea@x.example" in page.text
        page = await browser.submit(link, name="Lea", password="short")
        assert page.status_code == 422
        page = await browser.submit(link, name="Lea", password=PASSWORD)
        assert page.url.path == "/sign-in/set-up"
        assert (await browser.see("/clients")).url.path == "/sign-in/set-up"
        assert (await browser.see(link)).status_code == 404


async def test_a_closed_account_is_out_at_once(console: Console) -> None:
    async with console.browser() as browser, console.browser() as other:
        await console.sign_in(browser, "dana")
        await console.sign_in(other, "yossi")
        await browser.see("/team")
        yossi = console.people["yossi"]
        assert (await browser.submit(f"/team/{yossi}/close")).status_code == 200
        assert (await other.get("/clients")).url.path == "/sign-in"
        await other.see("/sign-in")
        page = await other.submit("/sign-in", email="yossi@x.example", password=PASSWORD)
        assert page.status_code == 401
        page = await browser.submit(f"/team/{console.people['dana']}/close")
        assert page.status_code == 403


async def test_an_invitation_fits_a_telegram_link_and_is_kept_as_a_digest(
    console: Console,
) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        await browser.see("/invitations")
        page = await browser.submit("/invitations", label="The baker", to=console.people["yossi"])
        [token] = START.findall(page.text)
        assert "data:image/svg+xml" in page.text
    async with console.store.unit() as unit:
        found = await unit.invitations.by_digest(digest(token))
        assert found is not None
        assert found.consultant_id == console.people["yossi"]


async def test_handing_over_changes_who_looks_after_a_client(console: Console) -> None:
    chat = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        await browser.see(f"/clients/{chat}")
        await browser.submit(f"/clients/{chat}/hand-over", to=console.people["dana"])
        page = await browser.submit(f"/clients/{chat}/hand-over", to=console.people["tom"])
        assert page.status_code == 404
    async with console.store.unit() as unit:
        client = await unit.practice(console.practices["One"]).client(chat, console.now)
    assert client.consultant_id == console.people["dana"]


async def test_the_log_can_be_taken_along(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        page = await browser.get("/audit/export")
    rows = list(csv.DictReader(StringIO(page.text.removeprefix("\ufeff"))))
    assert [row["act"] for row in rows] == ["audit_exported", "list_viewed", "signed_in"]
    assert rows[0]["who"] == "dana@x.example"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert str(harmless(cell, UTC)).startswith("'")
    assert harmless("plain", UTC) == "plain"


async def test_an_operator_finds_a_fault_by_its_reference(console: Console) -> None:
    async with console.store.unit() as unit:
        for number in (4711, 4712):
            await unit.receive_update("7", number, {"text": "secret"}, console.now, "telegram:7:1")
        await unit.fail_update("7", 4711, "KeyError", True, console.now)
    async with console.browser() as browser:
        await console.sign_in(browser, "op")
        for reference, there in (("4711", True), ("", True), ("4712", False), ("x", False)):
            page = await browser.see("/faults", params={"reference": reference})
            assert page.status_code == 200
            assert ("KeyError" in page.text) is there, reference
            assert "secret" not in page.text


async def test_a_lead_sees_whether_the_log_is_whole(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        assert "none was taken out" in (await browser.see("/audit/check")).text
        async with console.store.engine.begin() as connection:
            await connection.exec_driver_sql("DROP TRIGGER audit_keeps_rows")
            await connection.exec_driver_sql("DELETE FROM audit WHERE act = 'list_viewed'")
        assert "not whole" in (await browser.see("/audit/check")).text


async def test_an_operator_has_what_was_given_up_tried_again(console: Console) -> None:
    chat = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with console.store.unit() as unit:
        await unit.receive_update("7", 4711, {"text": "secret"}, console.now, "telegram:7:1")
        await unit.fail_update("7", 4711, "KeyError", True, console.now)
        for number in (4713, 4714):  # one of a forgotten owner, and one that still waits
            await unit.receive_update("7", number, None, console.now, "telegram:7:2")
        await unit.fail_update("7", 4713, "KeyError", True, console.now)
        message = await unit.queue(chat, {"type": "say", "text": "secret"}, console.now)
        waiting = await unit.queue(chat, {"type": "say", "text": "secret"}, console.now)
        await unit.mark_failed(message, "BadRequest", True, console.now)
    async with console.browser() as browser:
        await console.sign_in(browser, "op")
        page = await browser.see("/faults")
        assert "BadRequest" in page.text
        assert "secret" not in page.text
        assert "Corner" not in page.text
        assert page.text.count("/retry") == 2, "of a forgotten owner's nothing is left to try"
        for gone in (f"messages/{waiting}", "messages/99999", "updates/7/4713", "updates/7/4714"):
            assert (await browser.submit(f"/faults/{gone}/retry")).status_code == 404
        assert (await browser.submit(f"/faults/messages/{message}/retry")).status_code == 200
        page = await browser.submit("/faults/updates/7/4711/retry")
        assert "/retry" not in page.text
    async with console.store.unit() as unit:
        assert message in [row.id for row in await unit.unsent_of(chat)]
        assert [row.update_id for row in await unit.unfinished_updates("7")] == [4711, 4714]
