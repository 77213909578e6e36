"""What only a server can do to us: it goes away, it is started anew, others hold its locks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from time import monotonic
from typing import Any

import pytest
from databases import Postgres
from sqlalchemy import text

from advisor.errors import StoreAwayError, StoreError
from advisor.interview import events as happened
from advisor.interview.state import replay
from advisor.model import Answer, AnswerState
from advisor.store import Limits, Store, StoredUpdate, Unit

At = Callable[[int], datetime]
pytestmark = pytest.mark.postgres
CHAT = "telegram:7:1"


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database(migrated=True) as url:
        yield url


@pytest.fixture
async def stores(url: str) -> AsyncIterator[list[Store]]:
    """Two processes, as far as the database can tell."""
    stores = [await Store.open(url, limits=Limits(4, patience=2.0)) for _ in range(2)]
    yield stores
    for store in stores:
        await store.close()


async def turn(unit: Unit, at: datetime, slot: str, wait: float = 0.0, address: str = CHAT) -> None:
    """One answer, on what was there before."""
    chat = await unit.chat(address, at)
    interview = await unit.open_interview(chat.id) or await unit.start_interview(chat.id, at)
    await asyncio.sleep(wait)  # understanding takes its time
    events = [happened.AnswerAccepted(Answer(slot, AnswerState.KNOWN, slot), "asked")]
    await unit.save_turn(interview, replay(interview.state, events), events, None, at)


async def answers(store: Store, at: datetime) -> tuple[int, set[str]]:
    """Turns and answers that are saved."""
    async with store.unit() as unit:
        chat = await unit.chat(CHAT, at)
        interview = await unit.open_interview(chat.id)
    return (interview.turns, set(interview.state.answers)) if interview else (0, set())


async def busy(store: Store, at: datetime, times: int = 4) -> None:
    """As many units at once as there are connections, so that all of them are open and idle."""

    async def one(number: int) -> None:
        async with store.unit() as unit:
            await unit.chat(f"terminal:{number}", at)
            await asyncio.sleep(0.05)

    await asyncio.gather(*(one(number) for number in range(times)))


async def value(store: Store, statement: str) -> Any:
    async with store.engine.connect() as connection:
        return (await connection.execute(text(statement))).scalar_one()


async def test_two_processes_turn_one_chat_and_no_answer_is_lost(
    stores: list[Store], at: At
) -> None:
    async def say(number: int) -> None:
        async with stores[number % 2].unit() as unit:
            await turn(unit, at(number), f"slot{number}", wait=0.01)

    await asyncio.gather(*(say(number) for number in range(12)))
    assert await answers(stores[0], at(0)) == (12, {f"slot{number}" for number in range(12)})


async def test_turns_of_different_chats_do_not_wait_for_each_other(
    stores: list[Store], at: At
) -> None:
    async with stores[0].unit() as one, stores[1].unit() as two:
        await turn(one, at(0), "sector")
        await turn(two, at(0), "sector", address="telegram:7:2")
        await turn(one, at(1), "crisis")


async def test_a_chat_that_is_made_and_forgotten_by_two(stores: list[Store], at: At) -> None:
    """Deleted and made anew while another waits for its lock: the other gets the new one."""

    async def forget(store: Store) -> str:
        async with store.unit() as unit:
            chat = await unit.chat(CHAT, at(0))
            await unit.forget(chat.id)
            return (await unit.chat(CHAT, at(1))).id

    ids = await asyncio.gather(*(forget(stores[number % 2]) for number in range(8)))
    async with stores[0].unit() as unit:
        assert (await unit.chat(CHAT, at(2))).id in ids
    assert len(set(ids)) == 8
    assert await value(stores[0], "SELECT count(*) FROM chats") == 1


async def test_idle_connections_that_were_cut_are_not_noticed(
    stores: list[Store], postgres: Postgres, at: At
) -> None:
    for number in range(3):
        await busy(stores[0], at(0))
        async with stores[0].unit() as unit:
            await turn(unit, at(number), f"slot{number}")
        postgres.cut()
    await busy(stores[0], at(1))
    assert (await answers(stores[0], at(2)))[0] == 3


async def test_idle_connections_survive_a_server_that_is_started_anew(
    stores: list[Store], postgres: Postgres, at: At
) -> None:
    await busy(stores[0], at(0))
    async with stores[0].unit() as unit:
        await turn(unit, at(0), "sector")
    await asyncio.to_thread(postgres.stop)
    try:
        with pytest.raises(StoreAwayError, match="try again"):
            await busy(stores[0], at(0))
    finally:
        await asyncio.to_thread(postgres.start)
    await busy(stores[0], at(1))
    async with stores[0].unit() as unit:
        await turn(unit, at(1), "crisis")
    assert await answers(stores[1], at(2)) == (2, {"sector", "crisis"})


async def test_cut_in_the_middle_nothing_is_saved_and_it_can_be_tried_again(
    stores: list[Store], postgres: Postgres, at: At
) -> None:
    async def cut_off() -> None:
        async with stores[0].unit() as unit:
            await turn(unit, at(0), "sector")
            postgres.cut()
            await turn(unit, at(0), "crisis")

    with pytest.raises(StoreAwayError, match="try again"):
        await cut_off()
    assert await answers(stores[0], at(1)) == (0, set())
    async with stores[0].unit() as unit:
        await turn(unit, at(1), "sector")
    assert await answers(stores[1], at(1)) == (1, {"sector"})


async def test_a_commit_that_does_not_get_through_says_so(
    stores: list[Store], postgres: Postgres, at: At
) -> None:
    async def cut_off() -> None:
        async with stores[0].unit() as unit:
            await turn(unit, at(0), "sector")
            postgres.cut()

    with pytest.raises(StoreAwayError):
        await cut_off()
    assert await answers(stores[0], at(1)) == (0, set())


async def test_waiting_for_a_lock_ends(url: str, stores: list[Store], at: At) -> None:
    impatient = await Store.open(url, limits=Limits(2, patience=0.2))
    async with stores[0].unit() as unit:
        await turn(unit, at(0), "sector")
        began = monotonic()
        with pytest.raises(StoreAwayError):
            await answers(impatient, at(0))
        assert 0.1 < monotonic() - began < 2
    async with impatient.unit() as other:
        await turn(other, at(1), "crisis")
    await impatient.close()
    assert await answers(stores[0], at(1)) == (2, {"sector", "crisis"})


async def test_a_hanging_process_lets_go_of_its_chat(url: str, stores: list[Store], at: At) -> None:
    """The server ends a transaction in which nothing happens, and who is in it is told."""
    hanging = await Store.open(f"{url}&options=-c%20idle_in_transaction_session_timeout%3D100")

    async def hang() -> None:
        async with hanging.unit() as unit:
            await turn(unit, at(0), "sector", wait=0.5)

    with pytest.raises(StoreAwayError, match="try again"):
        await hang()
    async with stores[0].unit() as unit:
        await turn(unit, at(1), "crisis")
    await hanging.close()
    assert await answers(stores[0], at(1)) == (1, {"crisis"})


async def test_an_update_that_another_process_is_at_is_waited_for(
    stores: list[Store], at: At
) -> None:
    async with stores[0].unit() as unit:
        await unit.receive_update("7", 1, {}, at(0), CHAT)

    async def look() -> StoredUpdate | None:
        async with stores[1].unit() as unit:
            return await unit.next_update(CHAT)

    async with stores[0].unit() as unit:
        assert await unit.next_update(CHAT) is not None
        looking = asyncio.create_task(look())
        await asyncio.sleep(0.05)
        assert not looking.done()
        await unit.finish_update("7", 1, at(1))
    assert await looking is None, "it is finished"


async def test_a_claim_is_held_against_other_processes(stores: list[Store]) -> None:
    one, two = (store.claims for store in stores)
    assert await one.take(CHAT)
    assert not await two.take(CHAT)
    await one.give_back(CHAT)
    assert await two.take(CHAT)
    await stores[1].close()
    assert await one.take(CHAT), "a process that ends lets go"


async def test_a_claim_is_lost_with_the_connection(stores: list[Store], postgres: Postgres) -> None:
    one, two = (store.claims for store in stores)
    assert await one.take(CHAT)
    postgres.cut()
    assert not await one.hold(CHAT), "and its holder is told"
    assert await two.take(CHAT)
    assert not await one.take(CHAT)
    await one.give_back(CHAT)
    assert await two.hold(CHAT), "what is lost can't be given back"


async def test_sessions_are_as_they_should_be(url: str) -> None:
    store = await Store.open(f"{url}&options=-c%20work_mem%3D5MB", limits=Limits(patience=7.0))
    for setting, wanted in [
        ("TimeZone", "UTC"),
        ("statement_timeout", "7s"),
        ("lock_timeout", "7s"),
        ("idle_in_transaction_session_timeout", "5min"),
        ("transaction_isolation", "read committed"),
        ("application_name", "comeback"),
        ("work_mem", "5MB"),
    ]:
        assert await value(store, f"SHOW {setting}") == wanted, setting
    await store.close()


async def test_connections_are_as_many_as_allowed(url: str, postgres: Postgres, at: At) -> None:
    store = await Store.open(url, limits=Limits(2))
    await store.claims.take(CHAT)
    await busy(store, at(0), times=8)
    found = postgres.run(
        "SELECT count(*) FROM pg_stat_activity"
        f" WHERE application_name = 'comeback' AND datname = '{url.split('/')[3].split('?')[0]}'"
    )
    assert found == [(3,)], "and one for the claims"
    await store.close()


@pytest.mark.parametrize(
    ("address", "error", "says"),
    [
        ("postgresql://nobody:secret@127.0.0.1:9/x", StoreAwayError, "can't be reached"),
        ("postgres://nobody:secret@127.0.0.1:9/x", StoreAwayError, "can't be reached"),
        ("postgresql://nobody:secret@127.0.0.1:port/x", StoreError, "COMEBACK_DATABASE_URL"),
        ("postgresql+asyncpg://nobody:secret@127.0.0.1/x", StoreError, "COMEBACK_DATABASE_URL"),
        ("postgresql://nobody:secret@127.0.0.1/x?nonsense=1", StoreError, "COMEBACK_DATABASE_URL"),
    ],
)
async def test_addresses_that_lead_nowhere(
    address: str, error: type[StoreError], says: str
) -> None:
    with pytest.raises(error, match=says) as raised:
        await Store.open(address)
    assert "secret" not in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


async def test_a_database_that_is_not_there_is_named(postgres: Postgres) -> None:
    with pytest.raises(StoreAwayError, match='database "nowhere" does not exist'):
        await Store.open(postgres.url("nowhere"))
