"""What a deployment carries on this machine, beside a plain Rasa bot: a table on standard output.

    python -m bench.serving [--without-peer] [--interviews 1000 100000]

Everything runs here: PostgreSQL, Rasa, one receiver, two workers, the callers. Turns are measured
from the commit of many updates at once to the last saved turn with its replies queued.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from telegram import Update

from bench.deployed import Deployment, deployed, rasa
from bench.filling import fill
from bench.peered import Peer, peered
from bench.processor import each, spent, told
from bot.jobs import Jobs
from bot.telegram import Receiver
from comeback.wiring import clock

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
OWNERS = 100
ROUNDS = 6
BURST = 2000
RATES = (20, 30)
"""Messages a second: two thirds of what Telegram lets a bot send, and all of it."""
SECONDS = 20
TEXTS = ("we are a small bakery in town", "I'd say about a quarter of them", "mostly families")
"""Messages that only the model can make something of, whatever the question."""
NUMBERS = count(1)


BEGINNINGS = count(1, OWNERS)
LOOKING = 0.01
"""Seconds between looks at which replies are queued."""
PATIENCE = 120
"""Seconds after which a reply won't come any more."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Turns a second, and what processor one of them took, in milliseconds."""

    rate: float
    costs: Mapping[str, float]


def message(chat: int, text: str) -> dict[str, Any]:
    """An update with a text."""
    user = {"id": chat, "is_bot": False, "first_name": "Noa", "language_code": "en"}
    return {
        "update_id": next(NUMBERS),
        "message": {
            "message_id": next(NUMBERS),
            "date": 1,
            "chat": {"id": chat, "type": "private"},
            "from": user,
            "text": text,
        },
    }


def press(chat: int, data: str) -> dict[str, Any]:
    """An update with a press."""
    shown = message(chat, "…")["message"]
    query = {
        "id": str(next(NUMBERS)),
        "from": shown["from"],
        "chat_instance": "1",
        "data": data,
        "message": shown,
    }
    return {"update_id": next(NUMBERS), "callback_query": query}


async def standing(deployment: Deployment, chats: range) -> list[tuple[int, str]]:
    """Owners' chats, and the first button under the message that stands in each."""
    found = []
    async with await psycopg.AsyncConnection.connect(deployment.database) as connection:
        rows = await connection.execute(
            "SELECT DISTINCT ON (chat_id) address, o.id, payload FROM outbox o"
            " JOIN chats c ON c.id = chat_id WHERE payload->>'type' IN ('ask', 'wait')"
            " AND address LIKE 'telegram:7:%' ORDER BY chat_id, o.id DESC"
        )
        async for address, version, payload in rows:
            options = [option["id"] for option in payload["options"]]
            answers = [option for option in options if not option.startswith("/")] or ["/skip"]
            option = "/done" if "/done" in options else answers[0]
            data = f"{version}|{payload['question'] or ''}|{option}"
            found.append((int(address.split(":")[2]), data))
    return [row for row in found if row[0] in chats]


async def turns(deployment: Deployment, updates: list[dict[str, Any]]) -> float:
    """Seconds from the commit of all of them to the last saved turn."""
    receiver = Receiver(deployment.store, "7", Jobs(deployment.store), clock)
    await receiver.receive([Update.de_json(update, None) for update in updates])
    return await deployment.until_done()


async def rates(deployment: Deployment) -> dict[str, Rate]:
    """How turns go by buttons, and by text, with owners who are new here."""
    begin = next(BEGINNINGS)
    chats = range(begin, begin + OWNERS)
    await turns(deployment, [message(chat, "/start en") for chat in chats])
    times: dict[str, list[float]] = {"buttons": [], "text": []}
    costs: dict[str, dict[str, float]] = {
        kind: dict.fromkeys(deployment.spent(), 0.0) for kind in times
    }
    for number in range(ROUNDS):
        for kind in times:
            if kind == "buttons":
                updates = [press(chat, data) for chat, data in await standing(deployment, chats)]
            else:
                updates = [message(chat, TEXTS[number % len(TEXTS)]) for chat in chats]
            before = deployment.spent()
            times[kind].append(await turns(deployment, updates))
            for name, cost in each(before, deployment.spent(), OWNERS * ROUNDS).items():
                costs[kind][name] += cost
    return {kind: Rate(OWNERS / statistics.median(times[kind]), costs[kind]) for kind in times}


async def intake(deployment: Deployment) -> tuple[float, int]:
    """Updates a second taken in while nobody deals with them, and how many are there."""
    updates = [message(1000 + number % 200, "/progress") for number in range(BURST)]
    begun = perf_counter()
    await asyncio.gather(*(deployment.post(update) for update in updates))
    spent = perf_counter() - begun
    return BURST / spent, await deployment.waiting()


async def replies(deployment: Deployment, rate: int) -> tuple[list[float], list[float]]:
    """Seconds from an owner's message to the queued reply, and to the one that Telegram has, at a
    steady rate, each owner one at a time."""
    queued: list[float] = []
    sent: list[float] = []
    waiting: dict[int, float] = {}

    async def one(chat: int, text: str) -> None:
        heard = asyncio.Event()
        deployment.telegram.heard.setdefault(chat, []).append(heard)
        update = message(chat, text)
        begun = waiting[update["update_id"]] = perf_counter()
        await deployment.post(update)
        await asyncio.wait_for(heard.wait(), PATIENCE)
        sent.append(perf_counter() - begun)

    async def watch() -> None:
        while True:
            for number in await deployment.done(waiting):
                queued.append(perf_counter() - waiting.pop(number))
            await asyncio.sleep(LOOKING)

    watching = asyncio.create_task(watch())
    dice, tasks, begun = random.Random(7), [], perf_counter()
    for number in range(rate * SECONDS):
        await asyncio.sleep(max(0.0, begun + number / rate - perf_counter()))
        text = dice.choice(TEXTS) if number % 2 else "/why"
        tasks.append(asyncio.create_task(one(1 + number % OWNERS, text)))
    await asyncio.gather(*tasks)
    while waiting:  # noqa: ASYNC110  the other task empties it
        await asyncio.sleep(LOOKING)
    watching.cancel()
    return sorted(queued), sorted(sent)


def shares(times: list[float]) -> str:
    """The percentiles that are asked about."""
    return ", ".join(
        f"p{share:.0%}".rstrip("%") + f" {at(times, share)}" for share in (0.5, 0.95, 0.99)
    )


def at(times: list[float], share: float) -> str:
    """A percentile in milliseconds."""
    return f"{1000 * times[min(len(times) - 1, int(len(times) * share))]:.0f} ms"


def row(name: str, *values: object) -> None:
    """A line of the table."""
    print("| " + " | ".join(map(str, (name, *values))) + " |", flush=True)


async def measure(url: str, nlu: str, families: Mapping[str, int], sizes: list[int]) -> None:
    """Everything of ours."""
    async with deployed(url, nlu, families) as deployment:
        await deployment.start("serve")
        # nobody sends until replies are measured: at 30 a second it would take minutes
        assert await deployment.store.claims.take("sender:telegram:7:")
        rate, taken = await intake(deployment)
        again = f", {deployment.resent} sent again" if deployment.resent else ""
        row("updates taken in a second", f"{rate:.0f} ({taken} of {BURST} there{again})")
        for _ in range(2):
            await deployment.start("worker")
        spent = await deployment.until_done()
        row("the burst dealt with", f"{spent:.1f} s with the workers' start")
        await rates(deployment)  # once, to warm up
        for size in sizes:
            await fill(url, size)
            for kind, found in (await rates(deployment)).items():
                row(f"turns a second with {size:,} interviews, {kind}", f"{found.rate:.0f}")
                row(f"processor for one of them, {kind}", told(found.costs))
        await forget_replies(deployment)
        for speed in RATES:
            queued, sent = await replies(deployment, speed)
            row(f"to the queued reply at {speed}/s", shares(queued))
            row(f"to the reply that Telegram has at {speed}/s", shares(sent))
        for role, megabytes in deployment.memory().items():
            row(f"memory of {role}", f"{megabytes} MB")


async def forget_replies(deployment: Deployment) -> None:
    """Have nothing left to send, and let a worker send from now on."""
    async with await psycopg.AsyncConnection.connect(deployment.database) as connection:
        await connection.execute("UPDATE outbox SET sent_at = now() WHERE sent_at IS NULL")
    await deployment.store.claims.give_back("sender:telegram:7:")
    await asyncio.sleep(5)


async def peer_rates(peer: Peer, families: Mapping[str, int]) -> None:
    """The same of the plain Rasa bot."""
    pids = {"Rasa": peer.process.pid, **families}
    for kind in ("buttons", "text"):
        before = {name: spent(pid) for name, pid in pids.items()}
        rate, number = await peer.rate(kind, OWNERS // 4, ROUNDS)
        after = {name: spent(pid) for name, pid in pids.items()}
        row(f"plain Rasa bot ({peer.kept}): turns a second, {kind}", f"{rate:.0f}")
        row(f"processor for one of them, {kind}", told(each(before, after, number)))
    row(f"plain Rasa bot ({peer.kept}): memory", f"{peer.memory()} MB")


def main(run: Callable[..., Any] = asyncio.run) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--without-peer", action="store_true")
    options.add_argument("--interviews", type=int, nargs="*", default=[1000, 100_000])
    chosen = options.parse_args()
    run(all_of_it(chosen))


async def all_of_it(chosen: argparse.Namespace) -> None:
    """Ours, then the peer, on one PostgreSQL."""
    import databases

    with databases.running_postgres() as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
            server.run(f"ALTER SYSTEM RESET {setting}")
        server.run("SELECT pg_reload_conf()")
        row("what", "measured")
        row("---", "---")
        postgres = {"PostgreSQL": postmaster(server)}
        with server.database() as url:
            async with rasa() as (nlu, pid):
                await measure(url, nlu, {**postgres, "Rasa": pid}, chosen.interviews)
        if not chosen.without_peer:
            for database in (None, "peer"):
                if database:
                    server.run(f"CREATE DATABASE {database}")
                async with peered(ROOT / ".state/peer", server.folder, database) as peer:
                    await peer_rates(peer, postgres)


def postmaster(server: Any) -> int:
    """The process that all others of a PostgreSQL come from."""
    return int((server.server.pgdata / "postmaster.pid").read_text().split()[0])


if __name__ == "__main__":
    main()
