"""The practice that `make console` shows: made by real interviews, the same for the same moment."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from talking import IN_MEMORY, up_to_date

from advisor.catalog import Catalog, read_yaml
from advisor.store import Store
from advisor.store.practice import Filter, Page
from comeback.demo.practice import FOLDER, make_practice

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEW = 3


async def made(catalog: Catalog) -> list[Any]:
    """What the first few owners said and got."""
    store = await Store.open(IN_MEMORY)
    await up_to_date(store, IN_MEMORY)
    await make_practice(catalog, store, NOW, FEW)
    found: list[Any] = []
    async with store.unit() as unit:
        practices = [unit.practice(one.id) for one in await unit.accounts.practices()]
        [practice] = [one for one in practices if (await one.counts(NOW))["all"]]
        clients, _ = await practice.page(Filter(), Page(NOW))
        for client in sorted(clients, key=lambda one: one.name or ""):
            lines = await practice.transcript(client.chat_id)
            plan = await practice.plan(client.chat_id)
            told = [one.state for one in (await practice.progress(client.chat_id)).values()]
            said = [line.text for line in lines]
            found.append((client.name, client.standing, said, told, plan))
    await store.close()
    return found


async def test_owners_of_the_demo_are_really_interviewed(catalog: Catalog) -> None:
    one, two = await made(catalog), await made(catalog)
    assert len(one) == FEW
    for (name, standing, said, told, plan), again in zip(one, two, strict=True):
        assert (name, standing, said, told) == again[:4]
        assert ({"done", "under_way"} <= set(told)) == (standing == "progress")
        assert len(said) > 40
        assert plan.document["actions"]


def test_the_thirty_are_of_every_kind(catalog: Catalog) -> None:
    businesses = read_yaml(FOLDER / "businesses.yml")
    assert len(businesses) == 30
    sectors = {business["answers"]["sector"] for business in businesses}
    assert sectors == set(catalog.slots["sector"].options)
    stages = Counter(business["stage"] for business in businesses)
    assert set(stages) == {"interviewing", "waiting", "sent", "progress"}
    assert {business["language"] for business in businesses} == {"he", "en"}
