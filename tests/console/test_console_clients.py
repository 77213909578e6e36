"""The list and a client's pages: what a practice sees of its own owners, and of no others."""

from __future__ import annotations

import re

from consoles import Console

from advisor.interview.inputs import WeekOver

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
            ("בגליל", "הגליל", "Corner"),
            ("למאפיית הגליל", "הגליל", "Corner"),
            ("corn boo", "Corner", "הגליל"),
            ("מסעדה", "Corner", ""),
        ):
            page = await browser.see("/clients", params={"q": words})
            assert there in page.text, words
            assert not absent or absent not in page.text, words


async def test_answers_stand_beside_what_was_said(console: Console) -> None:
    owner = await console.owner("One", "yossi", "test:1", "Corner Bakery")
    await owner.press("/change")
    await owner.say("change churn_reasons")
    await owner.press("fear", "churn_reasons")
    await owner.press("/done")
    chat = await console.chat(owner)
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        assert "Chosen by buttons" in (await browser.see(f"/clients/{chat}/answers")).text
        said = (await browser.see(f"/clients/{chat}/transcript")).text
        for words in ("Change an answer", "Afraid to come", "Done"):
            assert f"<bdi>{words}</bdi>" in said


async def test_what_the_owner_was_told_is_kept_stands_above_the_transcript(
    console: Console,
) -> None:
    owner = await console.owner("One", "yossi", "test:1", "Corner Bakery")
    chat = await console.chat(owner)
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        said = (await browser.see(f"/clients/{chat}/transcript")).text
        told = re.search(r"was told what is kept and why, wording 1", said)
        went_on = re.search(r'<a href="#(m-[^"]+)">Went on after that', said)
        assert told
        assert went_on
        assert f'id="{went_on[1]}" class="in"' in said


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


async def test_how_a_plan_is_going_stands_with_it(console: Console) -> None:
    chat = await console.client("One", "yossi", "test:1", "Corner Bakery")
    other = await console.client("Two", "tom", "test:2", "Other Street Books")
    async with console.store.unit() as unit:
        for name, practice in ((chat, "One"), (other, "Two")):
            interview = await unit.open_interview(name)
            made = await unit.practice(console.practices[practice]).plan(name)
            assert interview is not None
            assert made is not None
            first, second = (action["id"] for action in made.document["actions"][:2])
            await unit.note_checkin(interview.id, made.id, 1, (first, second), console.now)
            await unit.note_going(interview.id, first, "done", 1234.5, console.now)
        assert await unit.practice(console.practices["Two"]).progress(chat) == {}
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        page = await browser.see(f"/clients/{chat}")
        section = page.text.split('id="progress"')[1].split("</section>")[0]
        assert "Done" in section
        assert "1,234.5" in section
        assert "no answer yet" in section
        assert page.text.count("going-done") == 2, "with the action, too"


async def test_an_owner_who_told_of_progress_is_at_work(console: Console) -> None:
    owner = await console.owner("One", "yossi", "test:1", "Corner Bakery")
    chat = await console.chat(owner)
    async with console.store.unit() as unit:
        made = await unit.practice(console.practices["One"]).plan(chat)
        assert made is not None
        asked = WeekOver(made.id, 1, (made.document["actions"][0]["id"],), None)
        await unit.note_sent(chat, made.version, console.now)
        stored, interview = await unit.chat("test:1", console.now), await unit.open_interview(chat)
        assert interview is not None
        await owner.conversation.step(unit, stored, interview, asked, None)

    async def standing() -> str:
        async with console.store.unit() as unit:
            return (
                await unit.practice(console.practices["One"]).client(chat, console.now)
            ).standing

    assert await standing() == "sent"
    await owner.press("/did:under_way")
    assert await standing() == "progress"
