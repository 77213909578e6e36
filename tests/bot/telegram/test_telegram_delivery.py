"""Updates that come twice or fail, and messages that don't get through."""

import asyncio
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from lo_bot_api_emulator import ApiRefusal
from telegram_peer import TOKEN, Phone, Server, eventually, version_of
from telegram_running import clock, running

from advisor.catalog import Catalog
from advisor.errors import ComebackError, StoreAwayError
from advisor.store import Store
from bot.conversation import Conversation
from bot.messages import Incoming
from bot.telegram import run_polling
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace


def refusing(method: str, refusal: ApiRefusal, times: int, chat: int | None = None) -> Any:
    """A fault: so many calls of a method fail."""
    left = [times]

    def fault(called: str, fields: dict[str, Any]) -> ApiRefusal | None:
        hit = called == method and (chat is None or fields.get("chat_id") == str(chat))
        if not hit or not left[0]:
            return None
        left[0] -= 1
        return refusal

    return fault


def broken(talk: Conversation, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """A conversation that fails on one text, after it has written."""
    left, take = [times], talk.take

    async def failing(unit: Any, incoming: Incoming) -> None:
        await take(unit, incoming)
        if incoming.text == "boom" and left[0]:
            left[0] -= 1
            raise RuntimeError(incoming.text)

    monkeypatch.setattr(talk, "take", failing)


async def test_an_update_that_comes_again_is_dealt_with_once(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        started = await phone.say("/start en")
        await phone.prompt()
        skipped = await phone.say("/skip")
        second = await phone.prompt()
        await server.redeliver(*started)
        await server.redeliver(*skipped)
        await phone.say("/why")
        third = await phone.prompt()
    assert second.question == third.question
    assert len(phone.screen) == 5


async def test_what_was_written_down_before_a_stop_is_taken_up(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async with store.unit() as unit:
        payload = {"kind": "text", "chat": phone.chat, "text": "/start en"}
        await unit.receive_update("7", 1, payload, clock(), f"telegram:7:{phone.chat}")
    async with running(talk, TOKEN, server.root):
        await phone.prompt()


async def test_a_turn_that_fails_once_leaves_nothing_behind_and_is_tried_again(
    server: Server, talk: Conversation, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(talk, monkeypatch, 2)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("boom")
        await phone.prompt()
    assert len(phone.screen) == 4


async def test_poison_is_given_up_its_owner_told_once_and_everybody_goes_on(
    server: Server,
    talk: Conversation,
    phone: Phone,
    catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(talk, monkeypatch, 99)
    other = Phone(server, chat=12)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        asked = await phone.prompt()
        poison, _ = await phone.say("boom")
        await phone.say("/why")
        await other.say("/start he")
        await other.prompt()
        again = await phone.prompt()
    sorry = catalog.texts["en"]["replies"]["broken"].format(reference=poison)
    assert phone.texts.count(sorry) == 1
    assert phone.texts[-2] == sorry
    assert again.question == asked.question
    assert catalog.question("en", asked.question)["why"] in again.text


async def test_presses_are_acknowledged_while_a_turn_takes_its_time(
    server: Server, talk: Conversation, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = talk.take

    async def slow(unit: Any, incoming: Incoming) -> None:
        await asyncio.sleep(0.4 if incoming.option else 0)
        await take(unit, incoming)

    monkeypatch.setattr(talk, "take", slow)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        asked = await phone.prompt()
        await phone.press(asked, "/skip")
        await phone.prompt()
    methods = [call.method for call in server.calls]
    sent = [index for index, method in enumerate(methods) if method == "sendMessage"]
    assert methods.index("answerCallbackQuery") < sent[3]


async def test_too_many_requests_holds_one_chat_as_long_as_told(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    refusal = ApiRefusal("Too Many Requests: retry after 2", 429, {"retry_after": 2})
    server.fault = refusing("sendMessage", refusal, 1, phone.chat)
    other = Phone(server, chat=12)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.until(lambda _: any(r["status"] == 429 for r in server.requests))
        refused = monotonic()
        await other.say("/start en")
        await other.prompt()
        assert not phone.screen
        await phone.prompt()
        assert monotonic() - refused > 1.9
    assert len(phone.screen) == 3


async def nothing_waits(store: Store) -> bool:
    """Whether everything was sent or given up."""
    async with store.unit() as unit:
        return not await unit.unsent("telegram:7:")


async def stopped(store: Store, phone: Phone) -> bool:
    """Whether the owner is known to want nothing from us."""
    async with store.unit() as unit:
        return (await unit.chat(f"telegram:7:{phone.chat}", clock())).stopped_at is not None


async def test_who_blocked_us_is_left_alone_until_they_write(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    refusal = ApiRefusal("Forbidden: bot was blocked by the user", 403)
    server.fault = refusing("sendMessage", refusal, 3)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.until(lambda _: [r["status"] for r in server.requests].count(403) == 3)
        await phone.until(lambda _: server.unread() == 0)
        await eventually(lambda: nothing_waits(store))
        assert await stopped(store, phone)
        await phone.say("/start")
        await phone.prompt()
    assert not await stopped(store, phone)


async def test_a_message_that_telegram_refuses_is_given_up_and_the_next_one_sent(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    server.fault = refusing("sendMessage", ApiRefusal("Bad Request: odd: secret", 400), 1)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
    assert len(phone.screen) == 2


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates", "setMyCommands"])
async def test_telegram_out_of_order_is_waited_out(
    server: Server, talk: Conversation, phone: Phone, method: str, catalog: Catalog
) -> None:
    server.fault = refusing(method, ApiRefusal("Bad Gateway", 502), 3)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
    assert phone.texts[0] == catalog.texts["en"]["replies"]["welcome"]
    assert len(phone.screen) == 3


async def test_an_edit_that_telegram_refuses_becomes_a_message(
    server: Server, talk: Conversation, phone: Phone, catalog: Catalog
) -> None:
    server.fault = refusing("editMessageText", ApiRefusal("Bad Request: can't be edited", 400), 1)
    many = next(slot for slot in catalog.core() if slot.kind.value == "choices")
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        asked = await phone.prompt()
        while asked.question != many.id:
            await phone.press(asked, "/skip")
            asked = await phone.prompt()
        await phone.press(asked, many.options[0])
        ticked = await phone.prompt()
    assert ticked.id != asked.id
    assert ticked.question == asked.question


async def test_a_message_that_was_sent_but_not_marked_comes_twice_and_counts_once(
    server: Server,
    talk: Conversation,
    phone: Phone,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note, lost = Outbox.note, []

    async def losing(outbox: Outbox, row: Any, *rest: Any, **more: Any) -> None:
        if row.payload["type"] == "ask" and not lost:
            lost.append(row.id)
            raise StoreAwayError("between the sending and its mark")
        await note(outbox, row, *rest, **more)

    monkeypatch.setattr(Outbox, "note", losing)
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        *_, first, second = await phone.until(lambda screen: len(screen) == 4 and screen)
        phone.seen = version_of(first)
        assert first.buttons == second.buttons
        await phone.press(first, "/skip")
        await phone.press_data(second.id, second.data("/skip"))
        await phone.prompt()
        await phone.say("/help")
        await phone.prompt()
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        interview = await unit.open_interview(chat.id)
        assert interview is not None
        assert len(interview.state.answers) == 1


async def test_all_chats_together_keep_the_pace() -> None:
    pace, begun = Pace(overall=2, chat=0.0), monotonic()
    times = []
    for chat in range(5):
        await pace.turn(str(chat))
        times.append(monotonic() - begun)
    assert times[1] < 0.5, "a few at once are welcome"
    assert all(later - earlier > 0.98 for earlier, later in zip(times, times[2:], strict=False))


async def test_messages_of_one_chat_keep_their_distance(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root, Pace(0.0, 0.3)):
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("/help")
        await phone.prompt()
    times = [call.at for call in server.made("sendMessage")]
    assert all(later - earlier > 0.28 for earlier, later in pairwise(times))


async def test_a_refused_token_is_said_without_telling_it(
    server: Server, talk: Conversation, store: Store
) -> None:
    server.fault = refusing("getMe", ApiRefusal("Unauthorized", 401), 99)
    with pytest.raises(ComebackError) as refused:
        await run_polling(talk, store, "7:very-secret", server.root)
    assert "very-secret" not in repr(refused.value)
    assert refused.value.__suppress_context__


async def test_what_a_newer_version_wrote_is_left_to_it(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    """While versions change: not given up, nobody told, and others served meanwhile."""
    other = Phone(server, chat=phone.chat + 1)
    async with running(talk, TOKEN, server.root) as bot:
        await phone.say("/start en")
        await phone.prompt()
        await rewrite(store, '"misses"', '"invented_later": 1, "misses"')
        await phone.say("/skip")
        await other.say("/start en")
        await other.prompt()
        async with store.unit() as unit:
            (left,) = await unit.unfinished_updates("7")
        assert left.attempts == 0
        assert len(phone.screen) == 3
        await rewrite(store, '"invented_later": 1, ', "")  # as if the newer one had dealt with it
        bot.stop.set()
    async with running(talk, TOKEN, server.root):
        await phone.prompt()


async def rewrite(store: Store, old: str, new: str) -> None:
    """Change the states of all interviews."""
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE interviews SET state = replace(state, ?, ?)", (old, new)
        )
