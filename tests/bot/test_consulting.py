"""What a consultant does reaches the owner's chat, and the owner's answer comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from talking import NOON, Owner, talking
from talking import known as given

from advisor.amendments import Amendment, Dropped, Moved
from advisor.catalog import Catalog
from advisor.interview.consulting import Act, Amend, Revise, Send, Write
from advisor.model import AnswerState
from advisor.store.codec import plan_from_json
from bot.consulting import Consulting
from bot.messages import Incoming, Reply

HOSTILE = "<b>{slot}</b> & \u202eevil"


@pytest.fixture
async def owner(catalog: Catalog) -> AsyncIterator[Owner]:
    """An owner who has a plan."""
    async with talking(catalog) as owner:
        await owner.start()
        await owner.finish()
        yield owner


async def consulted(owner: Owner, act: Act) -> list[Reply]:
    """A consultant does something; what the owner reads of it."""
    talk = owner.conversation
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        await Consulting(talk.catalog, talk.clock).act(unit, chat.id, act)
        rows = await unit.unsent_of(chat.id)
        for row in rows:
            await unit.mark_sent(row.id, NOON)
    from bot.terminal.outbox import reply_from

    owner.replies = [reply_from(row.payload) for row in rows]
    return owner.replies


def revision(catalog: Catalog, slot: str, value: str, reason: str = "counted again") -> Revise:
    return Revise(given(catalog.slots[slot], value), "Dana", "North", reason)


def amendment(change: object, reason: str = "holidays") -> Amendment:
    return Amendment("a1", "Dana", NOON.isoformat(), reason, change)  # type: ignore[arg-type]


async def versions(owner: Owner) -> list[str]:
    """Causes of the versions, oldest first."""
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        interview = await unit.open_interview(chat.id)
        assert interview is not None
        last = await unit.last_plan(interview.id)
        rows = [await unit.plan_version(interview.id, n + 1) for n in range(last.version)]  # type: ignore[union-attr]
    return [row.cause for row in rows if row is not None]


async def test_a_corrected_answer_is_told_with_who_and_why(owner: Owner, catalog: Catalog) -> None:
    told, asks = await consulted(owner, revision(catalog, "customers_now", "150"))
    assert told.type == "word"
    assert "Dana from North corrected" in told.text
    assert "from 120" in told.text
    assert "to 150" in told.text
    assert "Reason: counted again" in told.text
    assert [option.id for option in asks.options] == [
        "/continue",
        "/restore:customers_now",
        "/reply",
    ]
    assert await owner.value("customers_now") == 150
    assert (await versions(owner))[-1] == "revised"


async def test_a_correction_can_be_taken_back_by_button_and_in_words(
    owner: Owner, catalog: Catalog
) -> None:
    for take_back in ("/restore:customers_now", "!deny"):
        await consulted(owner, revision(catalog, "customers_now", "150"))
        send = owner.press if take_back.startswith("/") else owner.say
        await send(take_back)
        assert await owner.value("customers_now") == 120
        assert "Taken back" in owner.text
        assert owner.replies[-1].type == "wait"


async def test_the_owners_own_later_word_wins(owner: Owner, catalog: Catalog) -> None:
    await consulted(owner, revision(catalog, "customers_now", "150"))
    await owner.say("change customers_now=140")
    assert await owner.value("customers_now") == 140
    assert (await owner.state()).revised == {}


async def test_whatever_is_no_answer_is_taken_as_always(owner: Owner, catalog: Catalog) -> None:
    await owner.press("/area:pricing")
    question = owner.last.question
    assert question is not None
    await consulted(owner, Write("Dana", "North", "One moment"))
    await owner.answer(catalog.slots[question])
    assert question in (await owner.state()).answers


async def test_a_sent_plan_says_what_changed_and_can_be_agreed_to(owner: Owner) -> None:
    name = (await owner.state(), await first_action(owner))[1]
    await consulted(owner, Amend((amendment(Moved(name, 1, 9)),)))
    assert owner.replies == []
    word, plan, asks = await consulted(owner, Send(2, "Dana", "North", f"Courage! {HOSTILE}"))
    assert "Dana from North" in word.text
    assert "Courage! <b>{slot}</b> & evil" in word.text
    assert "starts in week 9 instead of week 1" in word.text
    assert "holidays" in word.text
    assert plan.type == "plan"
    assert [option.id for option in asks.options][:2] == ["/going", "/reply"]
    await owner.press("/going")
    assert "going with it" in owner.text
    assert (await owner.state()).signed == 2
    assert "/going" not in owner.options()
    assert "/reply" in owner.options()


async def first_action(owner: Owner) -> str:
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        interview = await unit.open_interview(chat.id)
        assert interview is not None
        last = await unit.last_plan(interview.id)
    assert last is not None
    return plan_from_json(last.document).actions[0].id


async def test_a_yes_agrees_to_a_plan_and_a_no_goes_on(owner: Owner) -> None:
    await consulted(owner, Send(1, "Dana", "North", ""))
    await owner.say("!deny")
    assert (await owner.state()).signed == 0
    await consulted(owner, Send(1, "Dana", "North", ""))
    await owner.say("!affirm")
    assert (await owner.state()).signed == 1


async def test_amendments_stay_when_the_owner_changes_an_answer(owner: Owner) -> None:
    name = await first_action(owner)
    await consulted(owner, Amend((amendment(Dropped(name)),)))
    await owner.say("change customers_now=119")
    state = await owner.state()
    assert [one.reason for one in state.amendments] == ["holidays"]
    assert name != await first_action(owner)


async def test_an_answer_reaches_the_console(owner: Owner) -> None:
    await consulted(owner, Write("Dana", "North", HOSTILE))
    assert "<b>{slot}</b> & evil" in owner.replies[0].text
    await owner.press("/reply")
    assert "What should Dana know?" in owner.text
    await owner.say("customers_now=3 is what I told them")
    assert "Passed on" in owner.text
    assert await owner.value("customers_now") == 120
    await owner.send(Incoming(owner.address, text="and this, by a reply", to_person=True))
    assert "Passed on" in owner.text
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        exported = await unit.export(chat.id)
    events = [row["payload"] for row in exported["interviews"][0]["events"]]
    kinds = [event["type"] for event in events]
    assert kinds.count("word_returned") == 2
    assert kinds.count("word_sent") == 1


async def test_a_reply_to_nobody_is_not_swallowed(owner: Owner) -> None:
    await owner.send(Incoming(owner.address, text="hello?", to_person=True))
    assert "passed nothing on" in owner.text


async def test_what_a_consultant_did_is_forgotten_with_the_rest(
    owner: Owner, catalog: Catalog
) -> None:
    await consulted(owner, revision(catalog, "customers_now", "150"))
    await owner.say("!forget")
    await owner.press("/yes")
    state = await owner.state()
    assert (state.revised, state.amendments, state.person) == ({}, (), None)
    assert "customers_now" not in state.answers


async def test_an_answer_out_of_bounds_is_refused(owner: Owner, catalog: Catalog) -> None:
    answer = given(catalog.slots["churn_share"], "130")
    assert answer.state is AnswerState.KNOWN
    with pytest.raises(ValueError, match="bounds"):
        await consulted(owner, Revise(answer, "Dana", "North", "no"))
