"""The list and a client's pages: what a practice sees of its own owners, and of no others."""

from __future__ import annotations

from consoles import Console

HOSTILE = "<script>alert(1)</script>\"'><img src onerror>"


async def test_a_practice_sees_its_own_clients_only(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    other = await console.client("Two", "tom", "test:2", "Other Street Books")
    async with console.browser() as browser:
        page = await console.sign_in(browser, "dana")
        assert "Corner Bakery" in page.text
        assert "Other Street" not in page.text
        for end in ("", "/answers", "/transcript"):
            assert (await browser.see(f"/clients/{mine}{end}")).status_code == 200
            page = await browser.see(f"/clients/{other}{end}")
            assert page.status_code == 404
            assert "Other Street" not in page.text
        assert (await browser.submit(f"/clients/{other}/attended")).status_code == 404


async def test_an_operator_sees_no_owner(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with console.browser() as browser:
        await console.sign_in(browser, "op")
        for path in ("/clients", f"/clients/{mine}", f"/clients/{mine}/transcript"):
            page = await browser.see(path)
            assert page.status_code == 403
            assert "Corner" not in page.text


async def test_search_finds_names_and_answers_in_either_language(console: Console) -> None:
    await console.client("One", "yossi", "test:1", "מאפיית הגליל")
    await console.client("One", "yossi", "test:2", "Corner Books")
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        for words, there, absent in (
            ("גליל", "הגליל", "Corner"),
            ("מַאֲפִיַּית", "הגליל", "Corner"),
            ("corn boo", "Corner", "הגליל"),
            ("מסעדה", "Corner", ""),
        ):
            page = await browser.see("/clients", params={"q": words})
            assert there in page.text, words
            assert not absent or absent not in page.text, words


async def test_hostile_names_do_no_harm(console: Console) -> None:
    chat = await console.client("One", "yossi", "test:1", HOSTILE)
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        for path in ("/clients", f"/clients/{chat}", f"/clients/{chat}/transcript"):
            page = await browser.see(path)
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "<img src onerror" not in page.text


async def test_what_was_viewed_is_in_the_log(console: Console) -> None:
    chat = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        await browser.see(f"/clients/{chat}")
        await browser.see("/clients", params={"q": "secret words"})
    async with console.store.unit() as unit:
        entries = await unit.practice(console.practices["One"]).entries()
        others = await unit.practice(console.practices["Two"]).entries()
    acts = [(entry.act, entry.chat_id) for entry in reversed(entries)]
    assert acts == [
        ("signed_in", None),
        ("list_viewed", None),
        ("client_viewed", chat),
        ("list_viewed", None),
    ]
    assert "secret" not in str(entries)
    assert others == []
