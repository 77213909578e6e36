"""Reminders and check-ins: when they come, what they say, and how they end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from databases import Postgres
from talking import ADDRESS, NOON, FakeReader, Owner, talking

from advisor.catalog import Catalog
from advisor.followup import Pace, Progress, is_quiet
from advisor.model import LANGUAGES
from advisor.store import Store
from bot.conversation import Conversation
from bot.followup.rounds import Rounds
from bot.followup.words import figure_in, wished
from bot.messages import Reply
from bot.terminal.outbox import reply_from

both_languages = pytest.mark.parametrize("language", LANGUAGES)
ISRAEL = ZoneInfo("Asia/Jerusalem")


@dataclass(slots=True)
class Clock:
    """A clock that goes when a test says so."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Phone:
    """An owner, and the rounds that look after them as time passes."""

    owner: Owner
    clock: Clock
    rounds: Rounds
    written: list[tuple[datetime, list[Reply]]] = field(default_factory=list)

    async def wait(self, **span: float) -> list[Reply]:
        """Let time pass, from one thing that is due to the next; what was written to the owner
        unasked meanwhile."""
        end = self.clock.now + timedelta(**span)
        came: list[Reply] = []
        while self.clock.now < end:
            due = await self.due_at()
            self.clock.now = min(due, end) if due is not None and due > self.clock.now else end
            if await self.rounds.due(self.owner.store):
                replies = await self.inbox()
                self.written.append((self.clock.now, replies))
                came += replies
        return came

    async def due_at(self) -> datetime | None:
        """When the owner is looked at next."""
        async with self.owner.store.unit() as unit:
            chat = await unit.known_chat(ADDRESS)
            interview = await unit.open_interview(chat.id) if chat is not None else None
            return (await unit.follow_up(interview.id))[0].at if interview is not None else None

    async def inbox(self) -> list[Reply]:
        """What arrived."""
        async with self.owner.store.unit() as unit:
            rows = await unit.unsent(ADDRESS)
            for row in rows:
                await unit.mark_sent(row.id, self.clock.now)
        return [reply_from(row.payload) for row in rows]

    async def progress(self) -> dict[str, Progress]:
        async with self.owner.store.unit() as unit:
            interview = await unit.open_interview((await unit.chat(ADDRESS, NOON)).id)
            return await unit.progress(interview.id) if interview is not None else {}

    def text(self, key: str, language: str = "en") -> str:
        return str(self.owner.conversation.catalog.texts[language]["replies"][key])


def phone_of(owner: Owner, pace: Pace | None = None) -> Phone:
    clock = Clock()
    owner.conversation = Conversation(
        owner.conversation.catalog, owner.store, owner.reader, clock, pace=pace
    )
    return Phone(owner, clock, Rounds(owner.conversation, ADDRESS))


@pytest.fixture
async def phone(catalog: Catalog) -> AsyncIterator[Phone]:
    async with talking(catalog) as owner:
        yield phone_of(owner)


class TestReminders:
    @both_languages
    async def test_after_a_day_and_after_four_and_then_never(
        self, phone: Phone, language: str
    ) -> None:
        await phone.owner.start(language)
        await phone.owner.say("Corner Bakery")
        question = (await phone.owner.state()).current
        came = await phone.wait(days=60)
        assert [reply.type for reply in came] == ["wait", "wait"]
        assert [when - NOON for when, _ in phone.written] == [
            timedelta(days=1),
            timedelta(days=4),
        ]
        assert len({reply.text for reply in came}) == 2
        assert all(reply.text.count("\n") == 0 for reply in came)
        assert [o.id for o in came[0].options] == ["/resume", "/later", "/mute"]
        state = await phone.owner.state()
        assert (state.current, state.waiting) == (question, None)

    async def test_one_tap_goes_on_with_the_question(self, phone: Phone) -> None:
        await phone.owner.start("en")
        before = await phone.owner.say("Corner Bakery")
        await phone.wait(days=2)
        after = await phone.owner.press("/resume")
        asked = phone.owner.conversation.catalog.question("en", "sector")["ask"]
        assert after[-1].question == before[-1].question == "sector"
        assert after[-1].text == asked
        assert after[-1].options == before[-1].options

    async def test_an_answer_to_the_question_itself_counts(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.say("Corner Bakery")
        await phone.wait(days=2)
        await phone.owner.say("sector=restaurant")
        assert await phone.owner.value("sector") == "restaurant"

    async def test_each_silence_has_its_own(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.wait(days=30)
        await phone.owner.say("Corner Bakery")
        assert len(await phone.wait(days=30)) == 2

    async def test_never_at_night_and_never_on_shabbat(self, phone: Phone) -> None:
        for hours in range(0, 24 * 7, 11):
            phone.clock.now = NOON + timedelta(days=40 * (hours + 1), hours=hours)
            await phone.owner.start("en")
            await phone.wait(days=9)
        assert len(phone.written) == 2 * len(range(0, 24 * 7, 11))
        assert not [when for when, _ in phone.written if is_quiet(when, ISRAEL)]

    async def test_what_was_due_while_nothing_ran_comes_in_the_morning(self, phone: Phone) -> None:
        await phone.owner.start("en")
        phone.clock.now = datetime(2026, 3, 4, 23, tzinfo=ISRAEL)
        assert await phone.rounds.due(phone.owner.store) == 0
        assert len(await phone.wait(hours=11)) == 1
        assert phone.written[0][0] == datetime(2026, 3, 5, 9, tzinfo=ISRAEL)

    async def test_not_now_means_once_more(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.wait(days=1)
        said = await phone.owner.press("/later")
        assert [reply.text for reply in said] == [phone.text("not_now")]
        assert len(await phone.wait(days=60)) == 1
        assert phone.written[-1][0] - phone.written[0][0] >= timedelta(days=4)

    async def test_whoever_paused_is_left_alone(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.say("Corner Bakery")
        await phone.owner.press("/pause")
        assert await phone.wait(days=60) == []
        await phone.owner.press("/continue")
        assert len(await phone.wait(days=60)) == 2

    @pytest.mark.parametrize("words", ["stop", "עצור"])
    async def test_stop_is_respected_until_the_owner_writes_again(
        self, phone: Phone, words: str
    ) -> None:
        await phone.owner.start("en")
        await phone.owner.say("Corner Bakery")
        said = await phone.owner.say(words)
        assert said[0].text == phone.text("paused")
        assert await phone.wait(days=60) == []
        await phone.owner.say("sector=restaurant")
        assert len(await phone.wait(days=60)) == 2

    @pytest.mark.parametrize("words", ["no more reminders", "בלי תזכורות", None])
    async def test_no_more_reminders_holds_until_they_are_wanted_again(
        self, phone: Phone, words: str | None
    ) -> None:
        await phone.owner.start("en")
        await phone.owner.say("Corner Bakery")
        said = await (phone.owner.say(words) if words else phone.owner.press("/mute"))
        assert phone.text("reminders_off") in said[0].text
        await phone.owner.say("sector=restaurant")
        assert await phone.wait(days=60) == []
        said = await phone.owner.say("remind me")
        assert phone.text("reminders_on") in said[0].text
        assert len(await phone.wait(days=60)) == 2

    async def test_a_new_start_brings_them_back(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.say("Corner Bakery")
        await phone.owner.press("/mute")
        said = await phone.owner.start("en")
        assert said[0].text == phone.text("reminders_on")
        assert len(await phone.wait(days=60)) == 2

    async def test_whoever_blocked_us_hears_nothing(self, phone: Phone) -> None:
        await phone.owner.start("en")
        async with phone.owner.store.unit() as unit:
            chat = await unit.chat(ADDRESS, NOON)
            await unit.set_stopped(chat.id, NOON)
        assert await phone.wait(days=60) == []

    async def test_with_everything_else_they_are_forgotten(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.say("Corner Bakery")
        async with phone.owner.store.unit() as unit:
            await unit.forget((await unit.chat(ADDRESS, NOON)).id)
        assert await phone.wait(days=60) == []

    async def test_a_deployment_may_want_none(self, catalog: Catalog) -> None:
        async with talking(catalog) as owner:
            phone = phone_of(owner, Pace(delays=()))
            await owner.start("en")
            assert await phone.wait(days=60) == []


class TestCheckins:
    @both_languages
    async def test_a_week_of_the_plan(self, phone: Phone, language: str) -> None:
        """Asked about once a week, at most three at once, with the step that comes next."""
        await phone.owner.start(language)
        await phone.owner.finish()
        assert await phone.wait(days=6, hours=23) == []
        (asked,) = await phone.wait(days=1)
        going = phone.owner.conversation.catalog.texts[language]["followups"]["going"]
        assert [o.label for o in asked.options[:4]] == list(going.values())
        states = ["/did:done", "/did:under_way", "/did:not_started", "/did:dropped"]
        assert [o.id for o in asked.options] == [*states, "/mute"]
        assert asked.text.count("\n\n") == 1
        told = await phone.progress()
        assert 1 <= len(told) <= 3
        assert {p.unanswered for p in told.values()} == {1}
        assert await phone.wait(days=6) == []

    async def test_what_is_told_is_kept_and_shown(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.wait(days=8)
        actions = list(await phone.progress())
        said = await phone.owner.press("/did:done")
        assert said[-1].options[0].id == "/skip"
        said = await phone.owner.say("we called 25 of them")
        assert "25" in said[-1].text
        said = await phone.owner.say("Under way")
        said = await phone.owner.press("/did:dropped")
        assert phone.text("checkin_done") in said[-1].text
        assert "/plan" in [option.id for option in said[-1].options]
        told = await phone.progress()
        states = [(told[action].state, told[action].value) for action in actions]
        assert states == [("done", 25.0), ("under_way", None), ("dropped", None)]
        assert all(p.at == phone.clock.now for p in told.values())
        shown = (await phone.owner.press("/plan"))[0]
        name = phone.owner.conversation.catalog.action_text("en", actions[0])["name"]
        assert phone.text("plan_done").format(names=name) in shown.text
        assert shown.done == (actions[0],)

    async def test_a_number_may_be_left_out(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.wait(days=8)
        action = next(iter(await phone.progress()))
        await phone.owner.press("/did:done")
        await phone.owner.press("/skip")
        assert (await phone.progress())[action].state == "done"
        assert (await phone.progress())[action].value is None

    async def test_anything_else_lets_it_drop(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.wait(days=8)
        await phone.owner.say("employees=9")
        assert await phone.owner.value("employees") == 9
        assert "/did:done" not in phone.owner.options()

    async def test_thirteen_weeks_and_no_longer(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.wait(weeks=30)
        assert 2 <= len(phone.written) <= 13
        assert phone.written[-1][0] - NOON < timedelta(weeks=14)
        assert not [when for when, _ in phone.written if is_quiet(when, ISRAEL)]
        gaps = [b[0] - a[0] for a, b in pairwise(phone.written)]
        assert min(gaps) >= timedelta(days=6)

    async def test_a_pause_after_the_plan_is_no_stop(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.owner.press("/pause")
        assert len(await phone.wait(days=8)) == 1

    @pytest.mark.parametrize("control", ["/stop", "/mute"])
    async def test_whoever_wants_none_gets_none(self, phone: Phone, control: str) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.owner.press(control)
        assert await phone.wait(weeks=3) == []
        await phone.owner.start("en")
        assert await phone.wait(weeks=2)

    async def test_turned_off_from_the_question_itself(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        await phone.wait(days=8)
        said = await phone.owner.press("/mute")
        assert phone.text("reminders_off") in said[-1].text
        assert "/plan" in phone.owner.options()
        assert await phone.wait(weeks=5) == []

    async def test_nobody_is_interrupted(self, phone: Phone) -> None:
        await phone.owner.start("en")
        await phone.owner.finish()
        phone.clock.now = NOON + timedelta(days=7) - timedelta(minutes=1)
        await phone.owner.press("/plan")
        phone.clock.now += timedelta(minutes=2)
        assert await phone.rounds.due(phone.owner.store) == 0
        assert len(await phone.wait(hours=3)) == 1

    async def test_a_deployment_may_want_none(self, catalog: Catalog) -> None:
        async with talking(catalog) as owner:
            phone = phone_of(owner, Pace(checkins=False))
            await owner.start("en")
            await owner.finish()
            assert await phone.wait(weeks=5) == []


@pytest.mark.postgres
async def test_of_several_processes_one_writes(catalog: Catalog, postgres: Postgres) -> None:
    with postgres.database(migrated=True) as url:
        stores = [await Store.open(url) for _ in range(4)]
        clock = Clock()
        reader = FakeReader(catalog)
        talks = [Conversation(catalog, store, reader, clock) for store in stores]
        rounds = [Rounds(talk, "test:") for talk in talks]
        for number in range(5):
            owner = Owner(stores[0], reader, talks[0], f"test:{number}")
            await owner.start("en")
        clock.now += timedelta(days=1, hours=1)
        written = await asyncio.gather(*(r.due(r.store) for r in rounds))
        async with stores[0].unit() as unit:
            waiting = await unit.unsent("test:")
        for store in stores:
            await store.close()
    assert sum(written) == 5
    assert len(waiting) == len({row.address for row in waiting}) == 5


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Stop.", "/stop"),
        ("don't remind me", "/mute"),
        ("להפסיק תזכורות", "/mute"),
        ("תזכירי לי", "/remind"),
        ("we stop at nine", None),
        ("קפה עצור", None),
    ],
)
def test_whole_messages_say_whether_we_may_write(text: str, control: str | None) -> None:
    assert wished(text) == control


@pytest.mark.parametrize(
    ("text", "value"),
    [("25", 25), ("about 12 customers", 12), ("חזרו 7 לקוחות", 7), ("30%", 30), ("good", None)],
)
def test_the_number_of_a_measure(text: str, value: float | None) -> None:
    assert figure_in(text) == value
