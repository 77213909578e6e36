"""What a channel remembers about its replies, beside what they say."""

from advisor.store import Store


async def test_notes_are_kept_beside_each_other_and_the_reply_stays(store: Store, at) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("telegram:1:2", at(0))
        number = await unit.queue(chat.id, {"type": "ask", "text": "?"}, at(0))
        await unit.annotate(number, {"message": 5})
        await unit.annotate(number, {"pressed": "x"})
        (row,) = await unit.unsent("telegram:1:")
    assert row.payload == {"type": "ask", "text": "?", "notes": {"message": 5, "pressed": "x"}}


async def test_a_note_on_what_was_forgotten_is_dropped(store: Store, at) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("telegram:1:2", at(0))
        number = await unit.queue(chat.id, {"type": "ask"}, at(0))
        await unit.forget(chat.id)
        await unit.annotate(number, {"message": 5})
        assert not await unit.unsent("telegram:1:")


async def test_recent_gives_a_chats_newest_of_some_types_sent_or_not(store: Store, at) -> None:
    async with store.unit() as unit:
        chat, other = [await unit.chat(f"telegram:1:{n}", at(0)) for n in (1, 2)]
        types = ("ask", "say", "wait", "ask")
        numbers = [await unit.queue(chat.id, {"type": name}, at(0)) for name in types]
        await unit.queue(other.id, {"type": "ask"}, at(0))
        await unit.mark_sent(numbers[0], at(1))
        newest = await unit.recent(chat.id, ("ask", "wait"), 2)
        before = await unit.recent(chat.id, ("ask", "wait"), 5, before=numbers[2])
    assert [row.id for row in newest] == [numbers[3], numbers[2]]
    assert [row.id for row in before] == [numbers[0]]
