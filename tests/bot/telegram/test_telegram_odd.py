"""What owners do besides answering: languages, photos, groups, old buttons, leaving."""

from typing import Any

import pytest
from telegram_peer import TOKEN, Message, Phone, Server, eventually
from telegram_running import clock, running

from advisor.catalog import Catalog
from advisor.store import Store
from bot.conversation import Conversation


@pytest.fixture
def he(catalog: Catalog) -> Any:
    return catalog.texts["he"]["replies"]


@pytest.fixture
def en(catalog: Catalog) -> Any:
    return catalog.texts["en"]["replies"]


async def state_of(store: Store, phone: Phone) -> Any:
    """The owner's open interview."""
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        interview = await unit.open_interview(chat.id)
        return interview.state if interview else None


async def shown(phone: Phone, words: str) -> Message:
    """The last message that holds these words, once it is there."""
    found: list[Message] = await phone.until(lambda screen: [m for m in screen if words in m.text])
    return found[-1]


async def test_the_language_is_asked_once_and_kept(
    server: Server, talk: Conversation, phone: Phone, store: Store, he: Any, en: Any
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start")
        choice = await phone.prompt()
        assert choice.text == f"{he['choose_language']}\n{en['choose_language']}"
        assert [label for label, _ in choice.buttons] == ["English", "עברית"]
        assert await state_of(store, phone) is None
        await phone.press(choice, "/language:en")
        await shown(phone, en["welcome"])
        await phone.prompt()
        await phone.say("/start")
        await phone.prompt()
    assert len([text for text in phone.texts if en["choose_language"] in text]) == 1
    assert (await state_of(store, phone)).language == "en"


async def test_what_is_kept_can_be_asked_before_anything_else(
    server: Server, talk: Conversation, he: Any
) -> None:
    phone = Phone(server, code="he")
    async with running(talk, TOKEN, server.root):
        await phone.say("/privacy")
        choice = await phone.prompt()
    assert he["choose_language"] in choice.text
    assert any("מי רואה" in text for text in phone.texts)


async def test_an_english_telegram_gets_english_first(
    server: Server, talk: Conversation, he: Any, en: Any
) -> None:
    phone = Phone(server, code="en-GB")
    async with running(talk, TOKEN, server.root):
        await phone.say("/start")
        choice = await phone.prompt()
    assert choice.text == f"{en['choose_language']}\n{he['choose_language']}"


async def test_first_words_in_hebrew_begin_in_hebrew(
    server: Server, talk: Conversation, he: Any
) -> None:
    phone = Phone(server, code="en")
    async with running(talk, TOKEN, server.root):
        await phone.say("שלום")
        await shown(phone, he["welcome"])


async def test_switching_the_language_asks_the_same_question_in_it(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        first = await phone.prompt()
        await phone.say("/language")
        second = await phone.prompt()
    assert first.question == second.question
    assert catalog.question("en", second.question)["ask"] in second.text


FILE = {"file_id": "secret", "file_unique_id": "b"}
PHOTO = [FILE | {"width": 1, "height": 1}]
STICKER = {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
POLL = {
    "id": "1",
    "question": "secret",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
CONTENT = {
    "picture": {"photo": PHOTO},
    "voice": {"voice": FILE | {"duration": 1}},
    "video": {"video": FILE | {"width": 1, "height": 1, "duration": 1}},
    "document": {"document": FILE | {"file_name": "secret.xlsx"}},
    "contact": {"contact": {"phone_number": "0501234567", "first_name": "Noa"}},
    "place": {"location": {"latitude": 32.0853137, "longitude": 34.8}},
    "poll": {"poll": POLL},
    "sticker": {"sticker": FILE | STICKER},
}


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize(("topic", "content"), CONTENT.items(), ids=CONTENT)
async def test_what_isnt_text_is_answered(
    server: Server,
    talk: Conversation,
    store: Store,
    catalog: Catalog,
    content: dict[str, Any],
    topic: str,
    language: str,
) -> None:
    phone = Phone(server, code=language)
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        before = await phone.prompt()
        for _ in range(4):
            await phone.send(message=phone.message(**content))
            after = await phone.prompt()
            assert catalog.texts[language]["replies"][f"sent_{topic}"] in after.text
            assert after.question == before.question
    state = await state_of(store, phone)
    assert (state.misses, state.answers) == (0, {}), "no question is left open for it"
    async with store.unit() as unit:
        chat = await unit.chat(f"telegram:7:{phone.chat}", clock())
        kept = str(await unit.export(chat.id))
    assert not [word for word in ("0501234567", "32.0853", "secret") if word in kept]


async def test_what_is_written_beside_a_picture_is_read(
    server: Server, talk: Conversation, phone: Phone, store: Store, he: Any
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        await phone.prompt()
        await phone.send(message=phone.message(photo=PHOTO, caption="קפה אלמה"))
        await phone.prompt()
    assert he["caption_read"] in phone.texts
    assert (await state_of(store, phone)).answers["business_name"].value == "קפה אלמה"


async def test_a_shared_place_that_moves_is_no_news(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    place = {"latitude": 32.0, "longitude": 34.8, "live_period": 60}
    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        await phone.prompt()
        sent = phone.message(location=place)
        await phone.send(message=sent)
        await phone.prompt()
        before = len(phone.screen)
        await phone.send(edited_message=sent | {"edit_date": 2})
        await phone.say("/help")
        await phone.prompt()
    assert len(phone.screen) == before + 2


async def test_notices_of_telegram_are_no_messages(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        await phone.prompt()
        before = len(phone.screen)
        await phone.send(
            message=phone.message(message_auto_delete_timer_changed={"message_auto_delete_time": 9})
        )
        await phone.say("/help")
        await phone.prompt()
    assert len(phone.screen) == before + 2


async def test_groups_are_declined_when_they_call_and_left_alone_else(
    server: Server, talk: Conversation, phone: Phone, store: Store, he: Any
) -> None:
    group = {"chat": {"id": -100, "type": "group", "title": "Owners"}}
    async with running(talk, TOKEN, server.root):
        await phone.send(message=phone.message(text="hello all", **group))
        await phone.send(message=phone.message(text="/start@synthetic_bot", **group))
        calls = await phone.until(lambda _: server.made("sendMessage"))
    assert [call.fields["chat_id"] for call in calls] == ["-100"]
    assert calls[0].fields["text"] == he["group"].replace("&", "&amp;")
    assert await state_of(store, phone) is None


async def test_a_button_of_an_earlier_question_is_explained_and_changes_nothing(
    server: Server, talk: Conversation, phone: Phone, store: Store, en: Any
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        first = await phone.prompt()
        await phone.press(first, "/skip")
        second = await phone.prompt()
        await phone.press(second, "/skip")
        third = await phone.prompt()
        before = (await state_of(store, phone)).answers
        await phone.press_data(first.id, first.data("/skip"))
        fourth = await phone.prompt()
    assert en["stale_option"] in fourth.text
    assert fourth.question == third.question
    assert (await state_of(store, phone)).answers == before


async def test_a_yes_to_something_else_deletes_nothing(
    server: Server, talk: Conversation, phone: Phone, store: Store, en: Any
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.press(await phone.prompt(), "/skip")
        await phone.prompt()
        await phone.say("/restart")
        restart = await phone.prompt()
        await phone.press(restart, "/no")
        await phone.prompt()
        await phone.say("/forget")
        await phone.prompt()
        await phone.press_data(restart.id, restart.data("/yes"))
        after = await phone.prompt()
    assert en["stale_option"] in after.text
    assert (await state_of(store, phone)).answers


async def test_a_finger_that_comes_down_twice_is_heard_once(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        first = await phone.prompt()
        await phone.press(first, "/skip")
        await phone.press(first, "/skip")
        await phone.until(lambda _: len(server.made("answerCallbackQuery")) == 2)
        await phone.say("/help")
        await phone.until(lambda screen: len(screen) == 6)
    assert len((await state_of(store, phone)).answers) == 1


async def test_an_owner_who_blocked_us_can_come_back(
    server: Server, talk: Conversation, phone: Phone, store: Store
) -> None:
    async def stopped() -> bool:
        async with store.unit() as unit:
            return (await unit.chat(f"telegram:7:{phone.chat}", clock())).stopped_at is not None

    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        first = await phone.prompt()
        await phone.membership("kicked", "member")
        await phone.until(lambda _: server.unread() == 0)
        await eventually(stopped)
        await phone.membership("member", "kicked")
        await phone.say("/start")
        again = await phone.prompt()
    assert not await stopped()
    assert again.question == first.question


async def test_owners_get_their_data_as_a_file(
    server: Server, talk: Conversation, phone: Phone, en: Any
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.prompt()
        await phone.say("/export")
        await phone.prompt()
        readable, document = server.made("sendDocument")
    assert readable.fields["caption"] == en["exported"]
    assert b'lang="en" dir="ltr"' in readable.files["comeback.html"]
    assert b'"transcript"' in document.files["comeback.json"]


async def test_after_forgetting_nothing_is_left_and_a_new_interview_begins(
    server: Server, talk: Conversation, phone: Phone, store: Store, en: Any
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await phone.press(await phone.prompt(), "/skip")
        await phone.prompt()
        await phone.say("/forget")
        await phone.press(await phone.prompt(), "/yes")
        await shown(phone, en["forgotten"])
        await phone.prompt()
    assert not (await state_of(store, phone)).answers


async def test_commands_are_set_for_each_language_and_for_everyone_else(
    server: Server, talk: Conversation, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        calls = await phone.until(lambda _: len(made := server.made("setMyCommands")) == 3 and made)
    assert {call.fields.get("language_code") for call in calls} == {None, "he", "en"}
