"""What comes in is taken once; what goes out goes in order."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest

from advisor.store import Store, Unit
from advisor.store.outbox import UNWANTED
from advisor.store.records import Queue

At = Callable[[int], datetime]


async def waiting(unit: Unit, prefix: str = "telegram:") -> list[tuple[str, int]]:
    return [(row.address, row.payload["n"]) for row in await unit.unsent(prefix)]


async def test_replies_leave_in_the_order_of_their_chat(store: Store, at: At) -> None:
    async with store.unit() as unit:
        one = await unit.chat("telegram:7:1", at(0))
        two = await unit.chat("telegram:7:2", at(0))
        other_bot = await unit.chat("telegram:77:1", at(0))
        for number, chat in enumerate([one, two, one, other_bot, one]):
            # a clock that runs backwards changes nothing
            await unit.queue(chat.id, {"n": number}, at(9 - number))
        assert await waiting(unit, "telegram:7:") == [
            ("telegram:7:1", 0),
            ("telegram:7:2", 1),
            ("telegram:7:1", 2),
            ("telegram:7:1", 4),
        ]
        assert len(await unit.unsent("telegram:", limit=2)) == 2
        assert await unit.unsent("Telegram:7") == []
        assert await unit.unsent("%") == []


async def test_a_reply_waits_until_it_is_sent_or_given_up(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(0))
        ids = [await unit.queue(chat.id, {"n": number}, at(0)) for number in range(3)]
        await unit.mark_sent(ids[0], at(1))
        await unit.mark_failed(ids[1], "429", dead=False, at=at(1))
        await unit.mark_failed(ids[2], "400", dead=True, at=at(1))
        (left,) = await unit.unsent("telegram:")
    assert (left.id, left.attempts, left.failed_at, left.payload) == (ids[1], 1, at(1), {"n": 1})


async def test_a_deleted_reply_s_id_is_never_given_to_another(store: Store, at: At) -> None:
    """A sender that still holds the id of a forgotten reply must not mark a new one as sent."""
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(0))
        gone = await unit.queue(chat.id, {"n": 1}, at(0))
        await unit.forget(chat.id)
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(1))
        await unit.queue(chat.id, {"n": 2}, at(1))
        await unit.mark_sent(gone, at(2))
        assert await waiting(unit) == [("telegram:7:1", 2)]


async def test_an_update_is_taken_once_for_each_bot(store: Store, at: At) -> None:
    async with store.unit() as unit:
        assert await unit.receive_update("7", 100, {"text": "a"}, at(0))
        assert not await unit.receive_update("7", 100, {"text": "b"}, at(1))
        assert await unit.receive_update("8", 100, {"text": "c"}, at(2))
    async with store.unit() as unit:
        assert not await unit.receive_update("7", 100, {"text": "d"}, at(3))
        (update,) = await unit.unfinished_updates("7")
    assert (update.update_id, update.payload, update.attempts) == (100, {"text": "a"}, 0)


async def test_a_finished_update_leaves_only_its_id(store: Store, at: At) -> None:
    async with store.unit() as unit:
        await unit.receive_update("7", 2**40, {"text": "a"}, at(0), "telegram:7:1")
        await unit.finish_update("7", 2**40, at(1))
        assert await unit.unfinished_updates("7") == []
        assert not await unit.receive_update("7", 2**40, {"text": "a"}, at(2), "telegram:7:1")
        assert await unit.unfinished_updates("7") == []


async def test_a_failed_update_is_tried_again_until_it_is_dead(store: Store, at: At) -> None:
    async with store.unit() as unit:
        await unit.receive_update("7", 1, {"text": "a"}, at(0), "telegram:7:1")
        await unit.fail_update("7", 1, "KeyError", dead=False, at=at(1))
        (update,) = await unit.unfinished_updates("7")
        assert (update.attempts, update.failed_at, update.address) == (1, at(1), "telegram:7:1")
        await unit.fail_update("7", 1, "KeyError", dead=True, at=at(2))
        assert await unit.unfinished_updates("7") == []
        assert not await unit.receive_update("7", 1, {}, at(3))


async def test_updates_wait_in_the_order_of_their_arrival(store: Store, at: At) -> None:
    """Not of their numbers: after a quiet week Telegram numbers anew."""
    async with store.unit() as unit:
        for update_id, minute in [(900, 0), (901, 0), (17, 1)]:
            await unit.receive_update("7", update_id, {}, at(minute))
        assert [u.update_id for u in await unit.unfinished_updates("7")] == [900, 901, 17]


async def test_old_ids_are_let_go_but_nothing_that_waits(store: Store, at: At) -> None:
    async with store.unit() as unit:
        for update_id in (1, 2):
            await unit.receive_update("7", update_id, {}, at(0))
        await unit.finish_update("7", 1, at(0))
        await unit.drop_updates(at(1))
        assert await unit.receive_update("7", 1, {}, at(2)), "the number is free again"
        assert not await unit.receive_update("7", 2, {}, at(2)), "it still waits"


async def test_turns_of_one_chat_come_one_after_the_other(store: Store, at: At) -> None:
    """In a SQLite database in memory there is one connection: two open units would mix."""

    async def count_up() -> None:
        async with store.unit() as unit:
            await unit.chat("telegram:7:1", at(0))
            update = (await unit.unfinished_updates("7")) or None
            await asyncio.sleep(0)
            number = update[0].update_id + 1 if update else 1
            if update:
                await unit.finish_update("7", number - 1, at(0))
            await unit.receive_update("7", number, {}, at(0))

    await asyncio.gather(*(count_up() for _ in range(10)))
    async with store.unit() as unit:
        assert [u.update_id for u in await unit.unfinished_updates("7")] == [10]


async def test_two_processes_take_turns_in_one_chat(database: str, at: At) -> None:
    """Two stores on one database stand for them: who reads first writes first, nobody fails."""
    stores = [await Store.open(database) for _ in range(2)]
    await stores[0].migrate()

    async def count_up(store: Store) -> None:
        async with store.unit() as unit:
            await unit.chat("telegram:7:1", at(0))
            number = len(await unit.unfinished_updates("7"))
            await asyncio.sleep(0.001)
            assert await unit.receive_update("7", number, {}, at(0))

    await asyncio.gather(*(count_up(stores[n % 2]) for n in range(8)))
    async with stores[0].unit() as unit:
        assert len(await unit.unfinished_updates("7")) == 8
    for store in stores:
        await store.close()


async def test_a_lane_goes_by_telegrams_numbers(store: Store, at: At) -> None:
    """A message and a press may arrive the wrong way round."""
    lane, other = "telegram:7:1", "telegram:7:2"
    async with store.unit() as unit:
        for number, address in [(12, lane), (11, lane), (10, other)]:
            await unit.receive_update("7", number, {}, at(0), address)
        first = await unit.next_update(lane)
        assert first is not None
        assert (first.update_id, first.received_at) == (11, at(0))
        await unit.finish_update("7", 11, at(1))
        second = await unit.next_update(lane)
        assert second is not None
        assert second.update_id == 12
        await unit.fail_update("7", 12, "KeyError", dead=True, at=at(1))
    async with store.unit() as unit:
        assert await unit.next_update(lane) is None


async def test_what_is_for_nobody_leaves_its_id_only(store: Store, at: At) -> None:
    async with store.unit() as unit:
        assert await unit.receive_update("7", 1, None, at(0), done_at=at(0))
        assert not await unit.receive_update("7", 1, None, at(1), done_at=at(1))
        assert await unit.unfinished_updates("7") == []


async def test_queues_are_as_long_as_what_waits(store: Store, at: At) -> None:
    async with store.unit() as unit:
        for number in range(4):
            await unit.receive_update("7", number, {}, at(number), "telegram:7:1")
        await unit.finish_update("7", 0, at(5))
        await unit.fail_update("7", 1, "KeyError", dead=True, at=at(5))
        chat = await unit.chat("telegram:7:1", at(0))
        for minute in (6, 7, 8):
            queued = await unit.queue(chat.id, {"type": "say"}, at(minute))
        await unit.mark_failed(queued, "BadRequest", True, at(9))
        unwanted = await unit.queue(chat.id, {"type": "say"}, at(9))
        await unit.mark_failed(unwanted, UNWANTED, True, at(9))
        assert [dead.id for dead in await unit.dead_messages()] == [queued]
        assert await unit.queues() == {
            "updates": Queue(2, at(2), 1),
            "messages": Queue(2, at(6), 1),
        }
        assert await unit.waiting_chats("telegram:7:") == {"telegram:7:1": chat.id}
        assert await unit.waiting_chats("telegram:8:") == {}


async def test_what_one_sender_claims_no_other_part_of_it_does(store: Store) -> None:
    assert await store.claims.take("telegram:7:1")
    assert not await store.claims.take("telegram:7:1")
    assert await store.claims.take("telegram:7:2")
    assert await store.claims.hold("telegram:7:1")
    await store.claims.give_back("telegram:7:1")
    assert not await store.claims.hold("telegram:7:1")
    assert await store.claims.take("telegram:7:1")


async def test_the_rows_of_one_chat(store: Store, at: At) -> None:
    async with store.unit() as unit:
        one, two = [await unit.chat(f"telegram:7:{n}", at(0)) for n in (1, 12)]
        for number, chat in enumerate([one, two, one, one]):
            await unit.queue(chat.id, {"n": number}, at(0))
        first = (await unit.unsent_of(one.id))[0]
        await unit.mark_sent(first.id, at(1))
        assert [row.payload["n"] for row in await unit.unsent_of(one.id)] == [2, 3]
        assert [row.payload["n"] for row in await unit.unsent_of(one.id, limit=1)] == [2]


async def test_odd_characters_do_not_make_a_reply_poison(store: Store, at: At) -> None:
    """PostgreSQL takes them in JSON, and fails when it is asked for a key of it."""
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:1", at(0))
        payload = {"type": "ask", "text": "a\x00b\ud83d", "options": [{"label": "\ud83d"}]}
        await unit.queue(chat.id, payload, at(0))
        (row,) = await unit.recent(chat.id, ("ask",), 1)
    assert row.payload["text"] == "a\ufffdb\ufffd"
    assert row.payload["options"] == [{"label": "\ufffd"}]


async def test_a_unit_inside_a_unit_says_so(store: Store) -> None:
    async with store.unit():
        with pytest.raises(RuntimeError, match="inside"):
            async with store.unit():
                pass
