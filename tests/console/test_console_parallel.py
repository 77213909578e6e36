"""Two consultants at the very same moment, each in a process of their own as far as PostgreSQL can
tell: the second is told, and nothing is overwritten. And their owner, who writes meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup
from consoles import Browser, Console, hidden, people
from databases import Postgres
from talking import FakeReader

from advisor.catalog import Catalog
from advisor.interview.consulting import Revise
from advisor.model import Answer, AnswerState
from advisor.store import Limits, Store
from bot.consulting import Consulting
from bot.conversation import Conversation
from bot.messages import Incoming

pytestmark = pytest.mark.postgres
ADDRESS = "test:1"


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database(migrated=True) as url:
        yield url


@pytest.fixture
async def console(catalog: Catalog, url: str) -> AsyncIterator[Console]:
    store = await Store.open(url, limits=Limits(6, patience=10.0))
    made = Console(catalog, store, datetime(2026, 3, 1, 12, tzinfo=UTC), {}, {})
    await people(made)
    yield made
    await store.close()


@pytest.fixture
async def other(console: Console, url: str) -> AsyncIterator[Console]:
    """The same console in another process."""
    store = await Store.open(url, limits=Limits(6, patience=10.0))
    yield replace(console, store=store)
    await store.close()


async def at_once(
    consoles: tuple[Console, Console], chat: str, path: str, wanted: list[dict[str, str]]
) -> list[httpx.Response]:
    """Two people look at the same, and do what they want at the same moment."""
    async with AsyncExitStack() as stack:
        browsers: list[Browser] = []
        sent = []
        for console, name, fields in zip(consoles, ("yossi", "dana"), wanted, strict=True):
            browser = await stack.enter_async_context(console.browser())
            await console.sign_in(browser, name)
            browsers.append(browser)
            page = await browser.see(f"/clients/{chat}/answers/customers_now")
            sent.append({"turns": hidden(page)["turns"], **fields, "step": "do"})
        return await asyncio.gather(
            *(
                browser.submit(f"/clients/{chat}/{path}", **fields)
                for browser, fields in zip(browsers, sent, strict=True)
            )
        )


async def stored(console: Console, chat: str) -> tuple[Any, list[str], list[int]]:
    """What stands, what happened, and the versions of the plan."""
    async with console.store.unit() as unit:
        practice = unit.practice(console.practices["One"])
        interview = await practice.interview(chat)
        kinds = ("answer_revised", "plan_approved", "answer_accepted")
        happened = [one.event.type for one in await practice.happened_of(chat, kinds)]
        versions = [number for number, _, _ in await practice.versions(chat)]
    assert interview is not None
    return interview.state, happened, versions


async def test_of_two_corrections_at_once_one_is_done_and_the_other_told(
    console: Console, other: Console
) -> None:
    chat = await console.client("One", "yossi", ADDRESS, "Corner Bakery")
    _, _, before = await stored(console, chat)
    wanted = [{"value": "150", "reason": "counted"}, {"value": "160", "reason": "guessed"}]
    answers = await at_once((console, other), chat, "answers/customers_now", wanted)
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    state, happened, versions = await stored(console, chat)
    first = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
    done, refused = wanted[first], wanted[1 - first]
    assert state.answers["customers_now"].value == int(done["value"])
    assert happened.count("answer_revised") == 1
    assert versions == [len(before) + 1, *before]
    told = BeautifulSoup(answers[1 - first].text, "html.parser").get_text()
    for words in (("Yossi", "Dana")[first], done["reason"], done["value"], refused["value"]):
        assert words in told, words


async def test_of_two_approvals_at_once_one_counts(console: Console, other: Console) -> None:
    chat = await console.client("One", "yossi", ADDRESS, "Corner Bakery")
    answers = await at_once((console, other), chat, "approve", [{"version": "1"}, {"version": "1"}])
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    _, happened, _ = await stored(console, chat)
    assert happened.count("plan_approved") == 1


async def test_a_correction_and_its_owners_answer_keep_their_turns(
    console: Console, other: Console
) -> None:
    """Whoever comes second works on what the first one left."""
    chat = await console.client("One", "yossi", ADDRESS, "Corner Bakery")
    before, _, _ = await stored(console, chat)
    talk = Conversation(console.catalog, other.store, FakeReader(console.catalog), console.clock)
    consulting = Consulting(console.catalog, console.clock)

    async def correct(value: int) -> None:
        async with console.store.unit() as unit:
            await unit.hold_chat(chat)
            await asyncio.sleep(0.05)  # looking at it takes its time
            answer = Answer("customers_now", AnswerState.KNOWN, value)
            await consulting.act(unit, chat, Revise(answer, "Yossi", "One", "counted"))

    told = [f"employees={number}" for number in (5, 6, 7)]
    await asyncio.gather(
        *(correct(value) for value in (150, 151, 152)),
        *(talk.receive(Incoming(ADDRESS, text=text)) for text in told),
    )
    async with console.store.unit() as unit:
        interview = await unit.practice(console.practices["One"]).interview(chat)
    state, happened, versions = await stored(console, chat)
    assert interview is not None
    assert state.answers["employees"].value in (5, 6, 7)
    assert state.answers["customers_now"].value in (150, 151, 152)
    assert state.answers["customers_before"] == before.answers["customers_before"]
    assert happened.count("answer_revised") == 3
    assert versions == sorted(set(versions), reverse=True), "each has a number of its own"
