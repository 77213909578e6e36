"""The list of 10,000 clients: how long the server takes for a page of it.

    .venv/bin/python -m bench.clients

On a file of SQLite and on a PostgreSQL that is started for it. Requests go through the application
(routing, session, query, audit, template), without a network.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import httpx
from rich.console import Console
from rich.table import Table

from advisor.catalog import Catalog, load_catalog
from advisor.clients import Summary
from advisor.model import Answer, AnswerState
from advisor.searching import tokens_of
from advisor.store import Store
from advisor.store.practice import Filter, Page
from bot.consulting import Consulting
from console.app import make_app
from console.parts import Parts
from console.security.cookies import SESSION
from console.security.tokens import digest
from console.texts import load_texts

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
CLIENTS, PEOPLE, RUNS = 10_000, 5, 15
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = ("Corner", "Galilee", "מאפיית", "לוי", "הגליל", "Studio", "Old", "מסעדת", "הים", "North")
TOKEN = "bench"
PAGES = {
    "everybody, by attention": "/clients",
    "a later page": "/clients?after={after}",
    "by cash": "/clients?order=runway",
    "mine": "/clients?consultant=me",
    "in danger": "/clients?danger=1",
    "silent restaurants": "/clients?status=silent&sector=restaurant",
    "a name": "/clients?q=גליל",
    "a name after a prefix": "/clients?q=מגליל",
    "nobody": "/clients?q=zebra",
    "a name and an answer": "/clients?q=corner+מסעדה",
    "an answer of thousands": "/clients?q=restaurant",
}


async def fill(store: Store, catalog: Catalog) -> None:
    """A practice with many clients, and a session in it."""
    chance = Random(1)
    sectors = catalog.slots["sector"].options
    async with store.unit() as unit:
        practice = unit.practice((await unit.accounts.add_practice("One", NOW)).id)
        people = [
            await unit.accounts.add_consultant(
                practice.practice_id, f"{n}@x", f"P{n}", "lead", "he", "x", NOW
            )
            for n in range(PEOPLE)
        ]
        assert people[0] is not None
        await unit.sessions.start(
            people[0], digest(TOKEN), 2, NOW, NOW + timedelta(days=9), None, None
        )
        for n in range(CLIENTS):
            chat = await unit.chat(f"bench:{n}", NOW)
            name = " ".join(chance.sample(WORDS, 2)) + f" {n}"
            given = {
                "business_name": Answer("business_name", AnswerState.KNOWN, name),
                "sector": Answer("sector", AnswerState.KNOWN, chance.choice(sectors)),
            }
            at = NOW - timedelta(hours=chance.randrange(24 * 30))
            line = Summary(
                name=name,
                sector=str(given["sector"].value),
                severity=chance.randrange(100),
                worst_area="churn",
                runway=chance.randrange(400),
                danger=chance.randrange(100),
                answered=20,
            )
            await unit.note_client(chat.id, f"i{n}", line, "he", at)
            await unit.note_tokens(chat.id, tokens_of(catalog, given))
            await unit.set_line(
                chat.id,
                {
                    "practice_id": practice.practice_id,
                    "consultant_id": chance.choice(people),
                    "status": chance.choice(("interviewing", "waiting", "sent", "progress")),
                },
            )


async def measure(store: Store, catalog: Catalog) -> list[tuple[float, float, float]]:
    """Ask for each page some times: median and slowest in milliseconds, and kilobytes."""
    app = make_app(
        Parts(catalog, store, lambda: NOW, load_texts(), Consulting(catalog, lambda: NOW))
    )
    found = []
    transport = httpx.ASGITransport(app)
    async with store.unit() as unit:
        [practice] = await unit.accounts.practices()
        shown, _ = await unit.practice(practice.id).page(Filter(), Page(NOW, size=CLIENTS // 2))
        after = shown[-1].chat_id
    async with httpx.AsyncClient(
        transport=transport, base_url="http://x", cookies={SESSION: TOKEN}
    ) as browser:
        for path in PAGES.values():
            times = []
            for _ in range(RUNS):
                start = perf_counter()
                answer = await browser.get(path.format(after=after))
                times.append((perf_counter() - start) * 1000)
                assert answer.status_code == 200
            found.append((median(times), max(times), len(answer.content) / 1000))
    return found


async def measured(url: str, catalog: Catalog) -> list[tuple[float, float, float]]:
    """Fill a database and measure."""
    store = await Store.open(url)
    await store.migrate()
    await fill(store, catalog)
    found = await measure(store, catalog)
    await store.close()
    return found


async def main() -> None:
    """Print the table."""
    import databases

    catalog = load_catalog()
    with tempfile.TemporaryDirectory() as folder, databases.running_postgres() as server:
        server.run("CREATE DATABASE clients")
        one = await measured(f"sqlite:///{Path(folder)}/clients.db", catalog)
        other = await measured(server.url("clients"), catalog)
    table = Table("page", "SQLite: median ms", "slowest", "PostgreSQL: median ms", "slowest", "KB")
    for name, (ours, slowest, size), (theirs, slow, _) in zip(PAGES, one, other, strict=True):
        table.add_row(name, *(f"{n:.0f}" for n in (ours, slowest, theirs, slow, size)))
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main())
