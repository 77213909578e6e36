"""Files take time to make, and may fail; nobody waits for that but the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from lo_bot_api_emulator import ApiRefusal
from telegram_owner import by_button, interviewed
from telegram_peer import TOKEN, Message, Phone, Server, eventually
from telegram_running import running

from advisor.catalog import Catalog
from bot.conversation import Conversation
from bot.telegram import apart, layout, outbox


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The PDF isn't done before the end of the context."""
    done, render = Event(), layout.render_pdf

    def slow(view: object) -> bytes:
        assert done.wait(30)
        return render(view)  # type: ignore[arg-type]

    monkeypatch.setattr(layout, "render_pdf", slow)
    monkeypatch.setattr(apart, "TOGETHER", 0.2)
    try:
        yield
    finally:
        done.set()


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """The picture fails so many times; how often it was tried is counted."""
    tries, render = [0], layout.render_png

    def broken(view: object) -> bytes:
        tries[0] += 1
        if tries[0] <= times:
            raise RuntimeError("no picture")
        return render(view)  # type: ignore[arg-type]

    monkeypatch.setattr(layout, "render_png", broken)
    return tries


async def planned(phone: Phone, catalog: Catalog) -> None:
    """Ask for a plan early."""
    await phone.say("/start en")
    await interviewed(phone, catalog, by_button, 4)
    await phone.prompt()
    await phone.say("/plan")
    await phone.prompt()


def pages(screen: list[Message]) -> list[Message]:
    """The documents that can be seen."""
    return [message for message in screen if message.file.endswith(".pdf")]


def acts(server: Server) -> list[str]:
    """The signs of life that were given."""
    return [call.fields["action"] for call in server.made("sendChatAction")]


async def test_who_answers_while_a_file_is_made_is_answered_at_once(
    server: Server,
    talk: Conversation,
    phone: Phone,
    catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running(talk, TOKEN, server.root):
        with held_up(monkeypatch):
            await planned(phone, catalog)
            await phone.say("/skip")
            await phone.prompt()
            assert not pages(phone.screen)
            await phone.until(lambda _: "upload_document" in acts(server))
            assert not pages(phone.screen)
        await phone.until(pages)
    assert len(phone.texts) == len(set(phone.texts)), "nothing came twice"


async def test_a_file_that_fails_is_made_again_and_nothing_else_is(
    server: Server,
    talk: Conversation,
    phone: Phone,
    catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = failing(monkeypatch, 2)
    async with running(talk, TOKEN, server.root):
        await planned(phone, catalog)
        await phone.until(pages)
    assert tries == [3]
    assert len(server.made("sendPhoto")) == 1
    assert len(phone.texts) == len(set(phone.texts)), "nothing came twice"


@pytest.mark.parametrize("how", ["fails", "dies"])
async def test_a_file_that_cannot_be_made_is_given_up_and_its_owner_told(
    server: Server,
    talk: Conversation,
    phone: Phone,
    catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """Where processes die of it, what tells is how often it was begun."""
    tries = failing(monkeypatch, 99)
    if how == "dies":
        monkeypatch.setattr(outbox, "ATTEMPTS", 0)
    sorry = str(catalog.texts["en"]["replies"]["broken"]).partition("{")[0]
    async with running(talk, TOKEN, server.root):
        await planned(phone, catalog)
        await phone.until(lambda screen: [m for m in screen if sorry in m.text])
        await phone.say("/why")
        await phone.prompt()

        async def given_up() -> bool:
            async with talk.store.unit() as unit:
                return (await unit.queues())["messages"].dead == 1

        await eventually(given_up)
    assert tries == [0 if how == "dies" else outbox.ATTEMPTS]
    assert not server.made("sendPhoto", "sendDocument")


async def test_a_file_that_telegram_does_not_take_for_long_is_no_fault_of_the_file(
    server: Server,
    talk: Conversation,
    phone: Phone,
    catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "LONGEST_WAIT", 2.0)
    left = [2 * outbox.ATTEMPTS]

    def fault(method: str, fields: dict[str, str]) -> ApiRefusal | None:
        left[0] -= method == "sendPhoto"
        return ApiRefusal("Bad Gateway", 502) if method == "sendPhoto" and left[0] >= 0 else None

    server.fault = fault
    async with running(talk, TOKEN, server.root):
        await planned(phone, catalog)
        await phone.until(pages)
    assert len(server.made("sendPhoto")) == 1
