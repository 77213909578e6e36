"""Killed at any point and started again, nothing is lost and nothing is half there."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select, text

from advisor.interview.state import Interview, replay
from advisor.store import Store, tables
from advisor.store.codec import event_from_json, interview_from_json, value_to_json
from advisor.store.engine import is_sqlite

WRITER = Path(__file__).with_name("writes_until_killed.py")
KILLS, MOST_KILLS = 8, 30


@asynccontextmanager
async def writer(url: str) -> AsyncIterator[Process]:
    """The program that starts writers, ready to."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(WRITER), url, stdin=PIPE, stdout=PIPE, env=environment
    )
    try:
        yield process
    finally:
        await process.communicate(b"")  # the end of its input, and of it


async def write_until_killed(process: Process, chance: random.Random, longest: float = 0.25) -> int:
    """Let a writer run for a moment; the last turn that it said was saved (0 for none). The first
    kills may come while the tables are still being made."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"start\n")
    child = int(await process.stdout.readline())
    await asyncio.sleep(chance.uniform(0.01, longest))
    os.kill(child, signal.SIGKILL)
    last = 0
    async for line in process.stdout:
        if line.startswith(b"killed"):
            assert int(line.split()[-1]) == signal.SIGKILL, "it ran until it was killed"
            break
        last = int(line)
    return last


async def turns_that_are_whole(store: Store) -> int:
    """Check that every table tells of the same turns; how many these are."""
    async with store.engine.connect() as connection:
        if is_sqlite(store.engine):
            assert (await connection.execute(text("PRAGMA integrity_check"))).scalar_one() == "ok"
        interview = (await connection.execute(tables.interviews.select())).one_or_none()
        turns = interview.turns if interview else 0
        rows = tables.events.c
        log = await connection.execute(select(rows.payload).order_by(rows.turn, rows.position))
        state = replay(Interview(), [event_from_json(payload) for (payload,) in log])
        assert (interview_from_json(interview.state) if interview else Interview()) == state
        standing = await connection.execute(
            tables.answers.select().where(tables.answers.c.replaced_at.is_(None))
        )
        assert {row.slot: (row.value, (row.bounds or [None])[0]) for row in standing} == {
            slot: (value_to_json(answer.value), answer.low)
            for slot, answer in state.answers.items()
        }
        for table, each in [
            (tables.events, 3),
            (tables.messages, 2),
            (tables.plans, 1),
            (tables.outbox, 1),
            (tables.updates, 1),
        ]:
            count = await connection.execute(select(func.count()).select_from(table))
            assert count.scalar_one() == turns * each, table.name
    return turns


async def look(url: str) -> int:
    """What a process finds that opens the database next."""
    store = await Store.open(url)
    await store.migrate()
    turns = await turns_that_are_whole(store)
    await store.close()
    return turns


async def test_killed_again_and_again_every_turn_is_whole(database: str) -> None:
    chance = random.Random()
    before = rounds = 0
    async with writer(database) as process:
        while rounds < KILLS or not before:
            rounds += 1
            assert rounds <= MOST_KILLS, "it never takes a turn"
            # where the machine is busy, making the tables takes longer than a moment
            longest = 0.25 if rounds <= KILLS else 2.0
            said = await write_until_killed(process, chance, longest)
            turns = await look(database)
            assert turns >= max(said, before), "what was said to be saved is there"
            assert turns <= max(said, before) + 1, "one more may be saved and not yet said"
            before = turns


async def test_two_processes_turn_one_chat_and_both_are_killed(database: str) -> None:
    """They take turns in the one interview: none is lost, none is half there."""
    chance = random.Random()
    await look(database)  # the tables are there
    before = rounds = 0
    async with writer(database) as one, writer(database) as two:
        while rounds < 3 or not before:
            rounds += 1
            assert rounds < 30, "they never take a turn"
            said = await asyncio.gather(
                write_until_killed(one, chance, 0.8), write_until_killed(two, chance, 0.8)
            )
            turns = await look(database)
            assert max(*said, before) <= turns <= max(*said, before) + 2
            before = turns
