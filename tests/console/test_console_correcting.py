"""Corrections, approval and sending: looked at first, told with a reason, and nobody's work is
overwritten unseen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from bs4 import BeautifulSoup
from consoles import Browser, Console, hidden, sent_by
from talking import FakeReader

from advisor.model import Plan
from advisor.render.direction import bare
from advisor.store import Queued
from advisor.store.codec import plan_from_json
from bot.conversation import Conversation
from bot.messages import Incoming

HOSTILE = "<script>alert(1)</script> {x} & \u202e\"'"


@pytest.fixture
async def chat(console: Console) -> str:
    return await console.client("One", "yossi", "test:1", "Corner Bakery")


@asynccontextmanager
async def signed_in(console: Console, name: str = "yossi") -> AsyncIterator[Browser]:
    async with console.browser() as browser:
        await console.sign_in(browser, name)
        yield browser


async def done(browser: Browser, page: httpx.Response, **more: str) -> httpx.Response:
    """Confirm what a page asks about."""
    path = BeautifulSoup(page.text, "html.parser").find_all("form")[-1]["action"]
    return await browser.submit(str(path), **hidden(page), step="do", **more)


async def newest(console: Console, chat: str) -> tuple[int, Plan]:
    async with console.store.unit() as unit:
        row = await unit.practice(console.practices["One"]).plan(chat)
    assert row is not None
    return row.version, plan_from_json(row.document)


async def outgoing(console: Console, chat: str) -> list[Queued]:
    async with console.store.unit() as unit:
        return await unit.unsent_of(chat)


async def value_of(console: Console, chat: str, slot: str) -> object:
    async with console.store.unit() as unit:
        found = await unit.open_interview(chat)
    assert found is not None
    return found.state.answers[slot].value


async def test_an_answer_is_corrected_after_a_look_and_with_a_reason(
    console: Console, chat: str
) -> None:
    path = f"/clients/{chat}/answers/customers_now"
    async with signed_in(console) as browser:
        page = await browser.see(path)
        assert "120" in page.text
        page = await browser.submit(path, **hidden(page), value="150")
        assert "Customers today" in page.text or "150" in page.text
        assert "Yossi from One corrected" in page.text
        assert await value_of(console, chat, "customers_now") == 120
        without = await done(browser, page, reason=" ")
        assert without.status_code == 422
        assert await value_of(console, chat, "customers_now") == 120
        page = await done(browser, page, reason=HOSTILE)
        assert page.url.path.endswith("/changes")
        assert "<script>alert" not in page.text
        answers = await browser.see(f"/clients/{chat}/answers")
        assert "Corrected by Yossi" in BeautifulSoup(answers.text, "html.parser").get_text()
    assert await value_of(console, chat, "customers_now") == 150
    (word, asks) = [row.payload for row in await outgoing(console, chat)]
    assert word["type"] == "word"
    assert "alert(1)" in word["text"]
    assert asks["options"][1]["id"] == "/restore:customers_now"


@pytest.mark.parametrize(
    ("slot", "fields", "problem"),
    [
        ("churn_share", {"value": "130"}, "between 0 and 100"),
        ("customers_now", {"value": "many"}, "Write a number"),
        ("customers_now", {"value": "nan"}, "Write a number"),
        ("sector", {"chosen": "nonsense"}, "Choose one"),
        ("sector", {}, "Choose one"),
        ("business_name", {"value": " "}, "at most 120"),
        ("cash_runway", {"value": "3", "unit": "moons"}, "Write a number"),
    ],
)
async def test_an_answer_that_cannot_be_is_refused(
    console: Console, chat: str, slot: str, fields: dict[str, str], problem: str
) -> None:
    path = f"/clients/{chat}/answers/{slot}"
    async with signed_in(console) as browser:
        page = await browser.see(path)
        turns = re.search(r'name="turns" value="(\d+)"', page.text)
        assert turns is not None
        page = await browser.submit(path, turns=turns[1], **fields)
        assert page.status_code == 422
        assert problem in page.text


async def test_every_kind_of_answer_has_its_input(console: Console, chat: str) -> None:
    async with signed_in(console) as browser:
        for slot, fields in {
            "sector": {"chosen": "shop"},
            "churn_reasons": {"chosen": "fear"},
            "revenue_now": {"value": "12,500", "unit": "USD"},
            "cash_runway": {"value": "2", "unit": "months", "approximate": "1"},
            "business_name": {"value": "Other Name"},
            "churn_share": {"unknown": "1"},
        }.items():
            if slot not in console.catalog.slots:
                continue
            page = await browser.see(f"/clients/{chat}/answers/{slot}")
            sent = {"turns": hidden(page)["turns"], **fields}
            page = await browser.submit(f"/clients/{chat}/answers/{slot}", **sent)
            assert page.status_code == 200, slot
            page = await done(browser, page, reason="told by phone")
            assert page.url.path.endswith("/changes"), slot


async def test_the_plan_is_changed_by_hand_and_undone(console: Console, chat: str) -> None:
    version, plan = await newest(console, chat)
    action = plan.actions[0]
    path = f"/clients/{chat}/actions/{action.id}"
    async with signed_in(console) as browser:
        page = await browser.see(path)
        fields = filled(page) | {"week": "9", "name": HOSTILE}
        page = await browser.submit(path, **fields)
        assert "starts in week 9" in page.text
        page = await done(browser, page, reason="holidays", anyway="1")
        assert page.url.path.endswith("/changes")
        for end in ("", "/changes", "/versions", "/words"):
            shown = await browser.see(f"/clients/{chat}{end}")
            assert shown.status_code == 200
            assert "<script>alert" not in shown.text
        changed, new = await newest(console, chat)
        assert changed == version + 1
        assert [one.change.type for one in new.amendments] == ["moved", "reworded"]
        assert next(a for a in new.actions if a.id == action.id).start_week == 9
        for one in new.amendments:
            page = await browser.see(f"/clients/{chat}/changes")
            sent = {"turns": hidden_of(page, "undo")["turns"], "amendment": one.id}
            page = await browser.submit(f"/clients/{chat}/undo", step="look", **sent)
            assert "Taken back" in page.text
            await done(browser, page, reason="better so", anyway="1")
    _, back = await newest(console, chat)
    assert back.amendments == ()
    assert back.actions == plan.actions


def filled(page: httpx.Response) -> dict[str, str]:
    """All that the last form of a page sends."""
    form = BeautifulSoup(page.text, "html.parser").find_all("form")[-1]
    texts = {row["name"]: row.get_text() for row in form.find_all("textarea")}
    return sent_by(form.find_all("input")) | {str(name): text for name, text in texts.items()}


def hidden_of(page: httpx.Response, end: str) -> dict[str, str]:
    """What the form that leads to a path sends by itself."""
    forms = BeautifulSoup(page.text, "html.parser").find_all("form")
    form = next(form for form in forms if str(form["action"]).endswith(f"/{end}"))
    return sent_by(form.find_all("input"))


async def test_what_speaks_against_a_change_must_be_overridden(console: Console, chat: str) -> None:
    path = f"/clients/{chat}/add-action"
    own = {
        "name": "Rent a hall",
        "area": "churn",
        "week": "2",
        "weeks": "1",
        "hours": "150",
        "cost": "900000",
        "steps": "Look\nPay",
        "measure": "Guests",
        "stop": "Nobody comes",
    }
    async with signed_in(console) as browser:
        page = await browser.see(path)
        page = await browser.submit(path, turns=hidden(page)["turns"], **own)
        assert "hours; the owner has 20" in page.text
        assert "By week 2 it would cost" in page.text
        page = await done(browser, page, reason="they insist")
        assert page.status_code == 422
        page = await done(browser, page, reason="they insist", anyway="1")
        assert page.url.path.endswith("/changes")
    _, plan = await newest(console, chat)
    assert "own_1" in [action.id for action in plan.actions]


async def test_a_plan_is_approved_previewed_and_sent(console: Console, chat: str) -> None:
    async with signed_in(console) as browser:
        page = await browser.see(f"/clients/{chat}/changes")
        refused = await browser.submit(
            f"/clients/{chat}/send", version="1", turns=hidden_of(page, "approve")["turns"]
        )
        assert "Approve the plan first" in refused.text
        fields = {"version": "1", "turns": hidden_of(page, "approve")["turns"], "step": "do"}
        page = await browser.submit(f"/clients/{chat}/approve", **fields)
        page = await browser.submit(
            f"/clients/{chat}/send",
            version="1",
            turns=hidden_of(page, "send")["turns"],
            word=f"Well done! {HOSTILE}",
        )
        assert "Yossi from One went over the plan" in page.text
        assert await outgoing(console, chat) == []
        page = await done(browser, page)
        assert "sent to the owner" in page.text
        long = await browser.submit(
            f"/clients/{chat}/send", version="1", turns="999", word="😀" * 800
        )
        assert "too long for Telegram" in long.text
        listed = await browser.see("/clients")
        assert "Plan sent" in listed.text
        shown = await browser.see(f"/clients/{chat}")
        assert f"Well done! {bare(HOSTILE)}" in BeautifulSoup(shown.text, "html.parser").get_text()
        taken = await browser.see(f"/clients/{chat}/documents/1/he/json")
        assert taken.json()["word"]["text"] == f"Well done! {bare(HOSTILE)}"
    kinds = [row.payload["type"] for row in await outgoing(console, chat)]
    assert kinds == ["word", "plan", "wait"]


async def test_the_owners_answer_asks_for_attention_and_is_read(
    console: Console, chat: str
) -> None:
    talk = Conversation(console.catalog, console.store, FakeReader(console.catalog), console.clock)
    path = f"/clients/{chat}/words"
    async with signed_in(console) as browser:
        page = await browser.see(path)
        page = await browser.submit(path, turns=hidden(page)["turns"], text="How are you?")
        assert "From Yossi, One:" in page.text
        await done(browser, page)
        await talk.receive(Incoming("test:1", option="/reply"))
        await talk.receive(Incoming("test:1", text=HOSTILE))
        assert "Answered you" in (await browser.see("/clients")).text
        page = await browser.see(path)
        assert "alert(1)" in page.text
        assert "<script>alert" not in page.text
        assert "Answered you" not in (await browser.see("/clients")).text


async def test_of_two_the_second_is_told_and_sees_both(console: Console, chat: str) -> None:
    path = f"/clients/{chat}/answers/customers_now"
    async with signed_in(console, "yossi") as first, signed_in(console, "dana") as second:
        ones, others = await first.see(path), await second.see(path)
        ones = await first.submit(path, **hidden(ones), value="150")
        others = await second.submit(path, **hidden(others), value="160")
        await done(first, ones, reason="counted")
        told = await done(second, others, reason="guessed")
        assert told.status_code == 409
        assert "Nothing was done yet" in told.text
        seen = BeautifulSoup(told.text, "html.parser").get_text()
        for word in ("Yossi", "counted", "150", "160"):
            assert word in seen, word
        assert await value_of(console, chat, "customers_now") == 150
        await done(second, told, reason="counted twice")
    assert await value_of(console, chat, "customers_now") == 160


async def test_an_older_version_cannot_be_approved(console: Console, chat: str) -> None:
    async with signed_in(console) as browser:
        page = await browser.see(f"/clients/{chat}/answers/customers_now")
        old = hidden(page)["turns"]
        page = await browser.submit(
            f"/clients/{chat}/answers/customers_now", turns=old, value="150"
        )
        await done(browser, page, reason="counted")
        page = await browser.submit(f"/clients/{chat}/approve", version="1", turns=old, step="do")
        assert page.status_code == 409
        assert "newer version" in page.text


async def test_all_of_it_is_in_the_log(console: Console, chat: str) -> None:
    async with signed_in(console) as browser:
        page = await browser.see(f"/clients/{chat}/answers/customers_now")
        page = await browser.submit(page.url.path, **hidden(page), value="150")
        await done(browser, page, reason="a secret reason")
    async with console.store.unit() as unit:
        entries = await unit.practice(console.practices["One"]).entries()
    assert "answer_corrected" in [entry.act for entry in entries]
    assert "secret" not in str(entries)
