"""Run by test_store_killed: for each line of input a fresh process takes turns without end and says
after each that it is saved, until it is killed. Forked before anything is open, so that the
imports are paid for once."""

import asyncio
import os
import sys
from datetime import UTC, datetime

import aiosqlite  # noqa: F401
import psycopg  # noqa: F401

from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.state import replay
from advisor.model import Answer, AnswerState, Money
from advisor.store import Store, Unit

ADDRESS = "telegram:7:1"
SLOTS = ("customers_now", "average_sale", "crisis")


def events_of(turn: int) -> list[Event]:
    """A correction, an answer that goes with it, and the next question."""
    slot, other = SLOTS[turn % 3], SLOTS[(turn + 1) % 3]
    answer = Answer(slot, AnswerState.KNOWN, Money(turn, "ILS"), low=turn / 3)
    return [
        happened.AnswerAccepted(answer, "asked"),
        happened.AnswerCleared(other, slot),
        happened.QuestionAsked(other, "ask"),
    ]


async def take_turn(unit: Unit) -> int:
    """What a conversation does in one transaction."""
    now = datetime.now(UTC)
    chat = await unit.chat(ADDRESS, now)
    interview = await unit.open_interview(chat.id) or await unit.start_interview(chat.id, now)
    turn = interview.turns + 1
    await unit.receive_update("7", turn, {"turn": turn}, now, ADDRESS)
    message = await unit.add_message(
        chat.id, interview.id, "in", f"in {turn}", None, None, None, now
    )
    events = events_of(turn)
    await unit.save_turn(interview, replay(interview.state, events), events, message, now)
    await unit.add_plan(interview.id, "changed", {"turn": turn}, now)
    await unit.add_message(chat.id, interview.id, "out", f"out {turn}", None, None, None, now)
    await unit.queue(chat.id, {"turn": turn}, now)
    await unit.finish_update("7", turn, now)
    return turn


def say(line: object) -> None:
    """In one write, so that a kill can't leave half a line."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


async def take_turns(url: str) -> None:
    say(os.getpid())
    store = await Store.open(url)
    await store.migrate()
    while True:
        async with store.unit() as unit:
            turn = await take_turn(unit)
        say(turn)


if __name__ == "__main__":
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(take_turns(sys.argv[1]))
        _, status = os.waitpid(child, 0)
        say(f"killed by {os.WTERMSIG(status)}")
