"""Each number that an operator watches moves when it should."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from telegram_peer import TOKEN, Phone, Server, eventually
from telegram_running import clock, running

from advisor.catalog import Catalog
from advisor.followup import FollowUp, Pace
from advisor.store import Store
from bot.conversation import Conversation
from bot.followup.rounds import Rounds
from bot.messages import Incoming
from bot.understanding.parsed import Parsed, nothing_parsed
from bot.understanding.reader import MessageReader
from comeback.watching import queues


class Model:
    """One that is there."""

    available = True

    async def parse(self, text: str) -> Parsed | None:
        return nothing_parsed(text)


def now(name: str, **labels: str) -> float:
    """What a number stands at."""
    return REGISTRY.get_sample_value(f"comeback_{name}", labels) or 0.0


class Moved:
    """How far a number went since this was made."""

    def __init__(self, name: str, **labels: str) -> None:
        self.name = name
        self.labels = labels
        self.before = now(name, **labels)

    def __float__(self) -> float:
        return now(self.name, **self.labels) - self.before


async def test_turns_replies_outcomes_and_questions(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    moved = {
        name: Moved(name)
        for name in (
            "updates_received_total",
            "turns_total",
            "turn_seconds_count",
            "messages_sent_total",
            "reply_seconds_count",
            "nlu_failures_total",
        )
    }
    accepted = Moved("outcomes_total", outcome="answer_accepted")
    asked = Moved("questions_asked_total", question="sector")
    answered = Moved("questions_answered_total", question="business_name")
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("Alma")
        await phone.prompt()
    assert {name: float(each) >= 1 for name, each in moved.items()} == dict.fromkeys(moved, True)
    assert [float(accepted), float(asked), float(answered)] == [1, 1, 1]


async def test_how_sure_the_reading_is(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    talk.reader = MessageReader(catalog, Model())
    read, failures = Moved("nlu_confidence_count"), Moved("nlu_failures_total")
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("Alma")
        await phone.prompt()
    assert [float(read), float(failures)] == [1, 0]


async def test_where_owners_fall_silent(
    server: Server, talk: Conversation, phone: Phone, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        question = (await phone.prompt()).question
    left = Moved("questions_left_total", question=question)
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        interview = await unit.open_interview(chat.id)
        assert interview is not None
        await unit.set_follow_up(interview.id, FollowUp(clock() - timedelta(minutes=1)))
    monkeypatch.setattr(Pace, "reachable", lambda _, at: at)
    talk.clock = lambda: clock() + timedelta(days=2)
    assert await Rounds(talk, "telegram:7:").due(store) == 1
    assert float(left) == 1


async def test_queues_and_dead_letters(
    server: Server,
    talk: Conversation,
    phone: Phone,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long_ago: datetime = clock() - timedelta(minutes=5)
    async with store.unit() as unit:
        row = {"kind": "text", "chat": phone.chat, "text": "/start en"}
        await unit.receive_update("7", 1, row, long_ago, f"telegram:7:{phone.chat}")
    await queues(store)
    assert now("queue_length", queue="updates") == 1
    assert 299 < now("queue_age_seconds", queue="updates") < 400
    failed = Moved("turns_failed_total")

    async def broken(unit: Any, incoming: Incoming) -> None:
        raise RuntimeError

    monkeypatch.setattr(talk, "take", broken)

    async def dead() -> bool:
        await queues(store)
        return now("dead_letters", queue="updates") == 1

    async with running(talk, TOKEN, server.root):
        await eventually(dead)
    assert now("queue_length", queue="updates") == 0
    assert float(failed) == 5
