"""Many owners finish whole interviews while processes are killed at random; at the end each has the
plan that an owner gets whom nothing disturbs, and nothing that was to be sent was given up.

    python tests/serving/soak.py [--owners 200] [--minutes 20] [--seed 7]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

if __name__ == "__main__":
    here = Path(__file__).parent
    sys.path[:0] = [str(here), str(here.parent), str(here.parent / "bot" / "telegram")]

from deployment import Deployment, Running, deployed, idle
from owners import address, alone
from telegram_owner import by_button, by_typing, interviewed
from telegram_peer import Phone, Server, eventually
from telegram_running import clock

from advisor.catalog import Catalog, load_catalog
from advisor.store import Store
from advisor.store.codec import plan_from_json

RECEIVERS, WORKERS = 2, 2
ABREAST = 25
"""Owners who talk at the same time."""


@dataclass(slots=True)
class Killed:
    """What was done to the processes."""

    times: int = 0
    running: list[Running] = field(default_factory=list)


async def killing(
    deployment: Deployment, killed: Killed, dice: random.Random, pause: float
) -> None:
    """Kill one process after the other, and start another one in its place."""
    while True:
        await asyncio.sleep(dice.uniform(0.5, 1.5) * pause)
        victim = killed.running.pop(dice.randrange(len(killed.running)))
        if victim.role == "serve":
            deployment.delivery.receivers.remove(victim.root)
        await victim.end()
        killed.times += 1
        killed.running.append(await deployment.start(victim.role))


@asynccontextmanager
async def disturbed(
    deployment: Deployment, dice: random.Random, pause: float
) -> AsyncIterator[Killed]:
    """Processes at work that are killed at random until the end of the context."""
    killed = Killed()
    for role, number in (("serve", RECEIVERS), ("worker", WORKERS)):
        for _ in range(number):
            killed.running.append(await deployment.start(role))
    task = asyncio.create_task(killing(deployment, killed, dice, pause))
    try:
        yield killed
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()


async def plan(store: Store, phone: Phone) -> tuple[dict[str, Any], Any]:
    """An owner's answers, and what the plan does when."""
    async with store.unit() as unit:
        chat = await unit.chat(address(phone), clock())
        interview = await unit.open_interview(chat.id)
        assert interview is not None, phone.chat
        made = await unit.last_plan(interview.id)
    assert made is not None, phone.chat
    answers = {slot: (a.state, a.value) for slot, a in interview.state.answers.items()}
    return answers, plan_from_json(made.document).actions


async def whole(phone: Phone, catalog: Catalog, patience: float) -> None:
    """A whole interview: by buttons, or (every second owner) by typing."""
    await phone.say("/start en")
    answer = by_typing if phone.chat % 2 else by_button
    await asyncio.wait_for(interviewed(phone, catalog, answer), patience)


async def soak(
    database: str,
    server: Server,
    folder: Path,
    owners: int,
    seed: int,
    pause: float,
    patience: float,
) -> int:
    """Run it; how often a process was killed. Raises AssertionError where a plan is wrong."""
    catalog, dice, gate = load_catalog(), random.Random(seed), asyncio.Semaphore(ABREAST)
    async with alone(folder) as (store, phone):
        expected = []
        for each in (phone, Phone(phone.server, 2, "en")):
            await whole(each, catalog, patience)
            expected.append(await plan(store, each))
    phones = [Phone(server, 100 + number, "en", patience) for number in range(owners)]

    async def one(phone: Phone) -> None:
        async with gate:
            await whole(phone, catalog, patience)

    async with deployed(database, server, folder) as deployment:
        async with disturbed(deployment, dice, pause) as killed:
            await asyncio.gather(*map(one, phones))
        async with deployment.store() as store:
            await eventually(lambda: idle(store), 120)
            async with store.unit() as unit:
                assert not await unit.dead_messages()
                assert not await unit.dead_updates()
            for phone in phones:
                assert await plan(store, phone) == expected[1 - phone.chat % 2], phone.chat
    return killed.times


async def main(owners: int, minutes: float, seed: int) -> None:
    """A soak on a PostgreSQL of its own."""
    from databases import running_postgres
    from telegram_peer import serving

    begun = monotonic()
    with (
        running_postgres() as postgres,
        postgres.database(migrated=True) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        async with asyncio.timeout(minutes * 60), serving() as server:
            killed = await soak(url, server, Path(folder), owners, seed, 4.0, minutes * 60)
    print(
        f"{owners} owners, {killed} processes killed, {owners} right plans,"
        f" {monotonic() - begun:.0f} s"
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--owners", type=int, default=200)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    asyncio.run(main(chosen.owners, chosen.minutes, chosen.seed))
