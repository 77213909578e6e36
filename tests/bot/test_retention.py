"""Owners who fell silent: warned once, and deleted when the week is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from databases import Postgres
from hypothesis import given
from hypothesis import strategies as st
from talking import ADDRESS, NOON, FakeReader, Owner, talking

from advisor.catalog import Catalog
from advisor.followup.retention import NOTICE, Fate, Retention, Silent
from advisor.model import LANGUAGES
from advisor.store import Store
from bot.conversation import Conversation
from bot.followup.retention import Seen, Silences
from bot.followup.rounds import Rounds

YEAR = Retention(timedelta(days=365))


@dataclass(slots=True)
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Silence:
    owner: Owner
    clock: Clock
    silences: Silences

    async def after(self, **span: float) -> Seen:
        """What is done when so much time passed since the beginning."""
        self.clock.now = NOON + timedelta(**span)
        return await self.silences.due()

    async def arrived(self) -> list[str]:
        """Texts that waited; all are sent now."""
        async with self.owner.store.unit() as unit:
            rows = await unit.unsent(ADDRESS)
            for row in rows:
                await unit.mark_sent(row.id, self.clock.now)
        return [row.payload["text"] for row in rows]

    async def is_kept(self) -> bool:
        async with self.owner.store.unit() as unit:
            return await unit.known_chat(ADDRESS) is not None


@pytest.fixture
async def silence(catalog: Catalog) -> AsyncIterator[Silence]:
    async with talking(catalog) as owner:
        clock = Clock()
        talk = Conversation(catalog, owner.store, owner.reader, clock, retention=YEAR)
        owner.conversation = talk
        yield Silence(owner, clock, Silences(talk, YEAR, ADDRESS))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_warned_once_and_deleted_a_week_later(silence: Silence, language: str) -> None:
    await silence.owner.start(language)
    await silence.arrived()
    assert (await silence.after(days=357)).done == 0
    assert (await silence.after(days=358)).ids[Fate.WARN]
    followups = silence.owner.conversation.catalog.texts[language]["followups"]
    assert await silence.arrived() == [followups["deletion"]]
    assert (await silence.after(days=364)).done == 0
    assert await silence.arrived() == []
    assert (await silence.after(days=366)).ids[Fate.FORGET]
    assert not await silence.is_kept()


async def test_who_writes_is_kept_and_is_warned_again_after_the_next_silence(
    silence: Silence,
) -> None:
    await silence.owner.start("en")
    await silence.after(days=359)
    await silence.arrived()
    silence.clock.now = NOON + timedelta(days=360)
    await silence.owner.say("Corner Bakery")
    await silence.arrived()
    assert (await silence.after(days=400)).done == 0
    assert (await silence.after(days=360 + 358)).ids[Fate.WARN]
    assert len(await silence.arrived()) == 1


async def test_nothing_is_deleted_before_its_warning_arrived_a_week_ago(silence: Silence) -> None:
    await silence.owner.start("en")
    await silence.arrived()
    await silence.after(days=500)
    assert (await silence.after(days=520)).done == 0
    assert len(await silence.arrived()) == 1
    assert (await silence.after(days=526)).done == 0
    assert (await silence.after(days=528)).ids[Fate.FORGET]


async def test_who_blocked_us_is_deleted_without_a_warning(silence: Silence) -> None:
    await silence.owner.start("en")
    async with silence.owner.store.unit() as unit:
        await unit.set_stopped((await unit.chat(ADDRESS, NOON)).id, NOON)
    await silence.arrived()
    assert (await silence.after(days=364)).done == 0
    assert (await silence.after(days=365)).ids[Fate.FORGET]
    assert await silence.arrived() == []


async def test_nobody_is_warned_at_night(silence: Silence) -> None:
    await silence.owner.start("en")
    night = await silence.after(days=358, hours=14)
    assert (night.done, len(night.put_off)) == (0, 1)


async def test_a_dry_run_changes_nothing(silence: Silence) -> None:
    await silence.owner.start("en")
    await silence.arrived()
    silence.silences.dry = True
    assert (await silence.after(days=358)).ids[Fate.WARN]
    assert (await silence.after(days=366)).ids[Fate.WARN]
    assert await silence.arrived() == []
    assert await silence.is_kept()


async def test_the_transcript_counts_where_an_older_program_noted_nothing(
    silence: Silence,
) -> None:
    await silence.owner.start("en")
    async with silence.owner.store.unit() as unit:
        await unit.set_heard((await unit.chat(ADDRESS, NOON)).id, heard_at=None)
    assert (await silence.after(days=1)).done == 0
    async with silence.owner.store.unit() as unit:
        assert (await unit.chat(ADDRESS, NOON)).heard_at == NOON


async def test_the_rounds_see_to_it(silence: Silence) -> None:
    await silence.owner.start("en")
    await silence.arrived()
    silence.clock.now = NOON + timedelta(days=358)
    stop, woken = asyncio.Event(), asyncio.Event()
    working = asyncio.create_task(
        Rounds(silence.owner.conversation, ADDRESS).work(stop, woken, 0.001)
    )
    async with asyncio.timeout(20):
        await woken.wait()
        stop.set()
        await working
    followups = silence.owner.conversation.catalog.texts["en"]["followups"]
    assert followups["deletion"] in await silence.arrived()


async def test_what_was_sent_long_ago_goes_but_for_the_newest_questions(silence: Silence) -> None:
    await silence.owner.start("en")
    await silence.arrived()
    async with silence.owner.store.unit() as unit:
        chat = await unit.chat(ADDRESS, NOON)
        for kind in ["ask", "say", "plan", "export", *["wait"] * 6]:
            await unit.mark_sent(await unit.queue(chat.id, {"type": kind}, NOON), NOON)
        await unit.queue(chat.id, {"type": "say", "text": "waits"}, NOON)
        await unit.drop_sent(NOON)
        before = len((await unit.export(chat.id))["outbox"])
        await unit.drop_sent(NOON + timedelta(days=1))
        kept = [row["payload"]["type"] for row in (await unit.export(chat.id))["outbox"]]
    assert before > 10
    assert kept == ["plan", "wait", "wait", "wait", "wait", "say"]


@pytest.mark.postgres
async def test_of_several_processes_one_warns_and_one_deletes(
    catalog: Catalog, postgres: Postgres
) -> None:
    with postgres.database(migrated=True) as url:
        stores = [await Store.open(url) for _ in range(3)]
        clock, reader = Clock(), FakeReader(catalog)
        talks = [Conversation(catalog, store, reader, clock) for store in stores]
        for number in range(4):
            await Owner(stores[0], reader, talks[0], f"test:{number}").start("en")
        async with stores[0].unit() as unit:
            for row in await unit.unsent("test:"):
                await unit.mark_sent(row.id, NOON)
        silences = [Silences(talk, YEAR, "test:") for talk in talks]
        clock.now = NOON + timedelta(days=360)
        warned = await asyncio.gather(*(each.due() for each in silences))
        async with stores[0].unit() as unit:
            waiting = await unit.unsent("test:")
            for row in waiting:
                await unit.mark_sent(row.id, clock.now)
        clock.now += timedelta(days=8)
        deleted = await asyncio.gather(*(each.due() for each in silences))
        for store in stores:
            await store.close()
    assert sum(seen.done for seen in warned) == len(waiting) == 4
    assert sum(len(seen.ids[Fate.FORGET]) for seen in deleted) == 4


DAYS = st.integers(0, 900).map(lambda days: timedelta(days=days))


@given(st.integers(14, 800), DAYS, st.none() | DAYS, st.booleans(), st.booleans())
def test_fates(
    kept: int, silent: timedelta, warned: timedelta | None, blocked: bool, waits: bool
) -> None:
    since = NOON - warned if warned is not None else None
    fate = Retention(timedelta(days=kept)).fate(Silent(NOON - silent, blocked, since, waits), NOON)
    if fate is Fate.FORGET:
        assert silent >= timedelta(days=kept)
        assert blocked or (warned is not None and warned >= NOTICE and not waits)
    if fate is Fate.WARN:
        assert warned is None
        assert not blocked
