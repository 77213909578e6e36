"""Drafts under the details of an action, over a real Bot API server."""

import pytest
from telegram_owner import by_button, interviewed
from telegram_peer import TOKEN, Message, Phone, Server
from telegram_running import running

from advisor.catalog import Catalog
from advisor.render.direction import bare
from advisor.render.view import PlanView
from bot.conversation import Conversation
from bot.telegram.keyboard import unpack
from bot.telegram.layout import view_of


def buttons(message: Message, kind: str) -> list[str]:
    return [option for option in message.options if option.startswith(kind)]


async def shown_plan(talk: Conversation, message: Message, language: str) -> PlanView:
    """The plan whose buttons a message carries."""
    press = unpack(message.buttons[0][1])
    assert press is not None
    async with talk.store.unit() as unit:
        return view_of(talk.catalog, language, await unit.plan(press.version))


@pytest.mark.parametrize("language", ["he", "en"])
async def test_each_draft_comes_as_a_message_that_is_its_text(
    server: Server, talk: Conversation, catalog: Catalog, language: str
) -> None:
    phone = Phone(server, code=language)
    async with running(talk, TOKEN, server.root):
        await phone.say(f"/start {language}")
        await interviewed(phone, catalog, by_button)
        plan = next(m for m in phone.screen if buttons(m, "/action:"))
        view = await shown_plan(talk, plan, language)
        shown = [view.action(o.partition(":")[2]) for o in buttons(plan, "/action:")]
        for action in [a for a in shown if a.drafts][:3]:
            before = len(phone.screen)
            await phone.press(plan, f"/action:{action.id}")
            opened = (await phone.until(lambda screen, n=before: screen[n:]))[0]
            before, count = len(phone.screen), 2 * len(action.drafts)
            await phone.press(opened, f"/drafts:{action.id}")
            came = await phone.until(lambda screen, n=before + count: screen[n - 1 :] and screen)
            texts = [bare(message.text) for message in came[before : before + count]]
            assert texts[1::2] == [bare(draft.text) for draft in action.drafts]
            for about, draft in zip(texts[::2], action.drafts, strict=True):
                assert about.startswith(f"{draft.name}\n{draft.channel_name}\n")
    assert all(request["status"] == 200 for request in server.requests)


async def test_an_action_that_needs_no_words_has_no_button(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    async with running(talk, TOKEN, server.root):
        await phone.say("/start he")
        await interviewed(phone, catalog, by_button)
        plan = next(m for m in phone.screen if buttons(m, "/action:"))
        view = await shown_plan(talk, plan, "he")
        shown = [view.action(o.partition(":")[2]) for o in buttons(plan, "/action:")]
        silent = next(action for action in shown if not action.drafts)
        before = len(phone.screen)
        await phone.press(plan, f"/action:{silent.id}")
        opened = (await phone.until(lambda screen, n=before: screen[n:]))[0]
    assert silent.name in opened.text
    assert not opened.buttons


async def test_drafts_of_a_plan_that_is_gone_are_explained(
    server: Server, talk: Conversation, catalog: Catalog, phone: Phone
) -> None:
    """After everything was deleted the button of an old message does nothing but say so."""
    async with running(talk, TOKEN, server.root):
        await phone.say("/start en")
        await interviewed(phone, catalog, by_button)
        plan = next(m for m in phone.screen if buttons(m, "/action:"))
        view = await shown_plan(talk, plan, "en")
        shown = [view.action(o.partition(":")[2]) for o in buttons(plan, "/action:")]
        with_drafts = next(action for action in shown if action.drafts)
        before = len(phone.screen)
        await phone.press(plan, f"/action:{with_drafts.id}")
        opened = next(
            m
            for m in await phone.until(lambda screen, n=before: screen[n:])
            if buttons(m, "/drafts:")
        )
        await phone.say("/forget")
        asked = await phone.prompt()
        await phone.press(asked, "/yes")
        await phone.prompt()
        before = len(phone.screen)
        await phone.press(opened, buttons(opened, "/drafts:")[0])
        said = await phone.until(lambda screen, n=before: screen[n:])
    assert not [m for m in said if "[" in m.text]
    assert all(request["status"] == 200 for request in server.requests)
