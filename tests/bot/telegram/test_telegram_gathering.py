"""Updates that come at the same time are written down together, and none pays for another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from telegram import Update

from advisor.errors import StoreAwayError
from bot.telegram.arrived import Arrived
from bot.telegram.gathering import MOST, Gathering
from bot.telegram.receiver import Receiver


class Notebook(Receiver):
    """Where updates are written down, slowly; it refuses what holds one of `bad`."""

    def __init__(self, bad: Iterable[int] = (), error: Exception | None = None) -> None:
        self.bad, self.error = set(bad), error or ValueError("poison")
        self.batches: list[list[int]] = []
        self.known: set[int] = set()

    async def receive(self, updates: Iterable[Update]) -> dict[int, Arrived]:
        numbers = [update.update_id for update in updates]
        self.batches.append(numbers)
        await asyncio.sleep(0.001)
        if self.bad & set(numbers):
            raise self.error
        new = set(numbers) - self.known
        self.known |= new
        return {number: Arrived("text", number) for number in new}


async def all_of(
    notebook: Notebook, numbers: Iterable[int]
) -> list[Arrived | BaseException | None]:
    gathering = Gathering(notebook)
    calls = (gathering.take(Update(number)) for number in numbers)
    return await asyncio.gather(*calls, return_exceptions=True)


async def test_a_burst_takes_few_transactions_and_everybody_hears_of_their_own() -> None:
    notebook = Notebook()
    heard = await all_of(notebook, range(1, 1001))
    assert heard == [Arrived("text", number) for number in range(1, 1001)]
    assert [len(each) for each in notebook.batches] == [MOST] * 10


async def test_one_that_comes_twice_at_once_is_new_once() -> None:
    heard = await all_of(Notebook(), [5, 6, 5, 5])
    assert heard == [Arrived("text", 5), Arrived("text", 6), None, None]


async def test_one_that_cannot_be_written_fails_alone() -> None:
    notebook = Notebook(bad=[3])
    heard = await all_of(notebook, range(1, 6))
    assert [type(each) for each in heard] == [Arrived, Arrived, ValueError, Arrived, Arrived]
    assert notebook.known == {1, 2, 4, 5}


async def test_a_database_that_is_away_is_told_to_all_at_once_and_asked_again_later() -> None:
    notebook = Notebook(bad=range(4), error=StoreAwayError("away"))
    gathering = Gathering(notebook)
    calls = (gathering.take(Update(number)) for number in range(1, 4))
    heard = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(each) for each in heard] == [StoreAwayError] * 3
    assert len(notebook.batches) == 1, "nobody tries each of them while it is away"
    notebook.bad.clear()
    assert await gathering.take(Update(1)) == Arrived("text", 1)


async def test_a_call_that_was_cut_off_holds_up_nobody() -> None:
    gathering = Gathering(Notebook())
    first = asyncio.create_task(gathering.take(Update(1)))
    second = asyncio.create_task(gathering.take(Update(2)))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == Arrived("text", 2)
    with pytest.raises(asyncio.CancelledError):
        await first
