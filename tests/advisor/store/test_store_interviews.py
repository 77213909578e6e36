"""A turn is saved whole: state, events, and who said what when."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from traceback import format_exception
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from advisor.errors import TurnOvertakenError
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.state import Interview, replay
from advisor.model import Answer, AnswerState, Money
from advisor.store import Store, StoredInterview, Unit

At = Callable[[int], datetime]


def known(slot: str, value: Any, message: str | None = None) -> Answer:
    return Answer(slot, AnswerState.KNOWN, value, message=message)


def accepted(slot: str, value: Any, message: str | None = None) -> Event:
    return happened.AnswerAccepted(known(slot, value, message), "asked")


async def begin(unit: Unit, at: datetime) -> StoredInterview:
    chat = await unit.chat("terminal:test", at)
    return await unit.start_interview(chat.id, at)


async def take(
    unit: Unit, interview: StoredInterview, events: Sequence[Event], at: datetime
) -> StoredInterview:
    after = replay(interview.state, events)
    return await unit.save_turn(interview, after, events, "typed", at)


async def history(unit: Unit, chat_id: str) -> list[tuple[Any, ...]]:
    (interview,) = (await unit.export(chat_id))["interviews"]
    return [
        (row["slot"], row["value"], row["message_id"], clock(row["at"]), clock(row["replaced_at"]))
        for row in interview["answers"]
    ]


def clock(moment: str | None) -> str:
    return moment[11:16] if moment else ""


async def test_a_chat_is_made_once(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        await unit.set_language(chat.id, "he")
        await unit.set_stopped(chat.id, at(1))
    async with store.unit() as unit:
        again = await unit.chat("terminal:test", at(2))
    assert (again.id, again.language, again.stopped_at) == (chat.id, "he", at(1))


async def test_an_interview_goes_on_in_another_unit(store: Store, at: At) -> None:
    events = [happened.InterviewStarted("en"), accepted("sector", "food")]
    async with store.unit() as unit:
        interview = await begin(unit, at(0))
        saved = await take(unit, interview, events, at(0))
    async with store.unit() as unit:
        assert await unit.open_interview(interview.chat_id) == saved
        assert saved.state == replay(Interview(), events)
        assert saved.turns == 1


async def test_an_interview_that_ended_is_kept_beside_the_next(store: Store, at: At) -> None:
    async with store.unit() as unit:
        first = await begin(unit, at(0))
        await unit.end_interview(first.id, at(1))
        assert await unit.open_interview(first.chat_id) is None
        second = await unit.start_interview(first.chat_id, at(1))
        assert await unit.open_interview(first.chat_id) == second
        assert len((await unit.export(first.chat_id))["interviews"]) == 2


async def test_a_chat_has_one_open_interview(store: Store, at: At) -> None:
    async with store.unit() as unit:
        first = await begin(unit, at(0))
        with pytest.raises(IntegrityError, match=r"UNIQUE|unique") as raised:
            await unit.start_interview(first.chat_id, at(1))
        assert first.chat_id not in "".join(format_exception(raised.value)), "values aren't quoted"


async def test_a_correction_closes_the_answer_before(store: Store, at: At) -> None:
    async with store.unit() as unit:
        one = await begin(unit, at(0))
        two = await take(unit, one, [accepted("budget", Money(5000, "ILS"), "m1")], at(1))
        await take(unit, two, [accepted("budget", Money(7000.5, "ILS"))], at(2))
        assert await history(unit, one.chat_id) == [
            ("budget", {"amount": 5000, "currency": "ILS"}, "m1", "12:01", "12:02"),
            ("budget", {"amount": 7000.5, "currency": "ILS"}, "typed", "12:02", ""),
        ]


async def test_what_is_undone_or_cleared_no_longer_stands(store: Store, at: At) -> None:
    async with store.unit() as unit:
        one = await begin(unit, at(0))
        events = [accepted("sector", "food", "m1"), accepted("reasons", ("far", "price"), "m1")]
        two = await take(unit, one, events, at(1))
        three = await take(unit, two, [accepted("sector", "retail", "m2")], at(2))
        undo = happened.AnswerUndone("sector", known("sector", "food", "m1"))
        four = await take(unit, three, [undo], at(3))
        await take(unit, four, [happened.AnswerCleared("reasons", "sector")], at(4))
        assert await history(unit, one.chat_id) == [
            ("sector", "food", "m1", "12:01", "12:02"),
            ("reasons", ["far", "price"], "m1", "12:01", "12:04"),
            ("sector", "retail", "m2", "12:02", "12:03"),
            ("sector", "food", "m1", "12:03", ""),
        ]


async def test_an_answer_said_again_stays_the_same_row(store: Store, at: At) -> None:
    async with store.unit() as unit:
        one = await begin(unit, at(0))
        two = await take(unit, one, [accepted("online", False, "m1")], at(1))
        await take(unit, two, [accepted("online", False, "m1")], at(2))
        assert await history(unit, one.chat_id) == [("online", False, "m1", "12:01", "")]


async def test_events_that_lead_elsewhere_are_refused(store: Store, at: At) -> None:
    async with store.unit() as unit:
        interview = await begin(unit, at(0))
        with pytest.raises(ValueError, match="don't lead"):
            await unit.save_turn(interview, Interview(misses=2), [], None, at(1))


async def test_a_turn_on_an_old_state_is_refused(store: Store, at: At) -> None:
    async with store.unit() as unit:
        interview = await begin(unit, at(0))
        await take(unit, interview, [happened.MessageMissed(1)], at(1))
        with pytest.raises(TurnOvertakenError):
            await take(unit, interview, [happened.MessageMissed(1)], at(1))


async def test_an_exception_takes_everything_back(store: Store, at: At) -> None:
    async def fail_at_the_end() -> None:
        async with store.unit() as unit:
            interview = await begin(unit, at(0))
            await take(unit, interview, [accepted("sector", "food")], at(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_at_the_end()
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(2))
        assert (await unit.export(chat.id))["chat"]["created_at"] == at(2).isoformat()
        assert await unit.open_interview(chat.id) is None


async def test_times_keep_their_zone_and_must_have_one(store: Store, at: At) -> None:
    there = timezone(timedelta(hours=3))
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        await unit.set_stopped(chat.id, at(5).astimezone(there))
        stopped = (await unit.chat("terminal:test", at(9))).stopped_at
        assert stopped == at(5)
        assert stopped.utcoffset() == timedelta(0)
        with pytest.raises(StatementError, match="without its zone"):
            await unit.set_stopped(chat.id, at(5).replace(tzinfo=None))
