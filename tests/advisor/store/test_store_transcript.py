"""The transcript and the plans."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from advisor.errors import NotStoredError
from advisor.interview.events import MessageRead
from advisor.model import PersonalWord
from advisor.store import Store

At = Callable[[int], datetime]


async def test_a_transcript_keeps_the_order_in_which_things_were_said(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        for number in range(12):
            direction = "out" if number % 2 else "in"
            await unit.add_message(
                chat.id, interview.id, direction, f"{number}", None, None, None, at(0)
            )
        await unit.add_message(chat.id, None, "in", "before it", None, None, None, at(0))
        said = await unit.transcript(interview.id)
    assert [message.text for message in said] == [str(number) for number in range(12)]
    assert [message.direction for message in said[:2]] == ["in", "out"]


async def test_a_message_is_kept_whatever_was_typed(store: Store, at: At) -> None:
    """Half an emoji or a zero character must not stop the conversation."""
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        message = await unit.add_message(
            chat.id, interview.id, "in", "שלום \ud83d\x00 x", "/skip", "sector", "77", at(1)
        )
        (kept,) = await unit.transcript(interview.id)
    assert kept.id == message
    assert kept.text == "שלום \ufffd\ufffd x"
    assert (kept.option, kept.question, kept.external, kept.at) == ("/skip", "sector", "77", at(1))


async def test_plans_are_numbered_within_their_interview(store: Store, at: At) -> None:
    document = {"actions": [{"id": "call_lapsed", "cost": 0.0}], "later": []}
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        assert await unit.last_plan(interview.id) is None
        first = await unit.add_plan(interview.id, "finished", document, at(1))
        second = await unit.add_plan(interview.id, "changed", {}, at(2))
    async with store.unit() as unit:
        assert await unit.last_plan(interview.id) == second
        assert await unit.plan(first.id) == first
    assert (first.version, second.version, first.document) == (1, 2, document)


async def test_a_version_comes_with_the_last_word_that_was_sent_with_it(
    store: Store, at: At
) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("terminal:test", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        first = await unit.add_plan(interview.id, "finished", {}, at(1))
        second = await unit.add_plan(interview.id, "changed", {}, at(2))
        for text in ("Hello", "Well done"):
            word = PersonalWord("Dana", "North", text, at(3).isoformat())
            await unit.add_word(interview.id, first.version, word)
    async with store.unit() as unit:
        assert (await unit.plan(first.id)).word == word
        assert await unit.plan_version(interview.id, 1) == replace(first, word=word)
        assert await unit.last_plan(interview.id) == second
    assert second.word is None


async def test_a_plan_that_is_gone_is_told_apart(store: Store) -> None:
    async with store.unit() as unit:
        with pytest.raises(NotStoredError):
            await unit.plan("deleted")


async def test_versions_of_an_edited_message_are_found_by_the_channels_id(
    store: Store, at: At
) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(0))
        other = await unit.chat("telegram:7:2", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        assert await unit.last_said(chat.id) is None
        await unit.add_message(other.id, None, "in", "not this", None, None, "5", at(0))
        first = await unit.add_message(chat.id, interview.id, "in", "20", None, None, "5", at(1))
        await unit.add_message(chat.id, interview.id, "out", "ours", None, None, "5", at(1))
        second = await unit.add_message(chat.id, interview.id, "in", "30", None, None, "5", at(2))
        last = await unit.add_message(chat.id, interview.id, "in", "x", None, None, "6", at(3))
        await unit.add_message(chat.id, interview.id, "out", "ours", None, None, None, at(4))
        said = await unit.said(chat.id, "5")
        newest = await unit.last_said(chat.id)
    assert [message.id for message in said] == [first, second]
    assert newest is not None
    assert newest.id == last


async def test_the_question_that_a_message_was_read_for_is_remembered(store: Store, at: At) -> None:
    read = [
        MessageRead("m1", "churn_share", "inform", None, 0.9, away=False),
        MessageRead("m2", None, "inform", None, 0.9, away=False),
    ]
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(0))
        interview = await unit.start_interview(chat.id, at(0))
        await unit.save_turn(interview, interview.state, read, None, at(1))
        assert await unit.question_of(interview.id, ["m1", "m9"]) == "churn_share"
        assert await unit.question_of(interview.id, ["m2"]) is None
        assert await unit.question_of(interview.id, ["m3"]) is None
