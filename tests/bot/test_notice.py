"""Owners are told what is kept before they are asked anything, and get it or have it deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from talking import NOON, Owner, talking

from advisor.catalog import Catalog
from advisor.model import LANGUAGES
from advisor.render.direction import bare, first_strong
from advisor.store.practice import Filter, Page
from advisor.store.practice.tokens import digest
from advisor.store.records import Agreement
from bot.invited import admit
from bot.messages import Incoming, Reply
from bot.privacy import right_in, rights

LINK = "AbcDEF-123_xyzAbcDEF-123_xyz0000"
VERSION = "1"
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def notices(owner: Owner, language: str = "en") -> list[Reply]:
    """Every short notice that was said."""
    first = short(owner.conversation.catalog, language)["alone"].split(".")[0]
    return [reply for reply in owner.said if bare(reply.text).startswith(first)]


def short(catalog: Catalog, language: str) -> Mapping[str, str]:
    return catalog.texts[language]["privacy"]["short"]


async def agreement(owner: Owner, version: str = VERSION) -> Agreement | None:
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        return await unit.agreement(chat.id, version)


def newer(catalog: Catalog) -> Catalog:
    """The same content with another version of the notice."""
    texts: dict[str, Any] = {
        language: {**words, "privacy": {**words["privacy"], "version": "2"}}
        for language, words in catalog.texts.items()
    }
    return replace(catalog, texts=MappingProxyType(texts))


async def invite(owner: Owner, practice: str) -> None:
    """Let the owner come by the link of a practice."""
    at = datetime(2026, 3, 1, 11, tzinfo=UTC)
    async with owner.store.unit() as unit:
        made = await unit.accounts.add_practice(practice, at)
        lead = await unit.accounts.add_consultant(made.id, "d@x", "D", "lead", "he", "x", at)
        assert lead is not None
        await unit.practice(made.id).invite_owner(digest(LINK), lead, "The baker", at, 7)
    await admit(owner.conversation, owner.address, LINK, "en")


@both_languages
async def test_the_notice_comes_before_the_first_question(owner: Owner, language: str) -> None:
    await owner.start(language)
    assert [reply.type for reply in owner.replies] == ["say", "say", "ask"]
    told = owner.replies[1]
    assert bare(told.text) == short(owner.conversation.catalog, language)["alone"]
    assert told.language == language
    assert len(told.text.split("\n")) == 3
    rtl = {"he": ("R", "AL"), "en": ("L",)}[language]
    assert all(first_strong(line) in rtl for line in told.text.split("\n"))
    assert (await agreement(owner)).agreed_at is None


@both_languages
@pytest.mark.parametrize("practice", ["Second Wind", "רוח חדשה", "{Levi} & <Sons>"])
async def test_whoever_was_invited_reads_who_reads_along(
    owner: Owner, language: str, practice: str
) -> None:
    await invite(owner, practice)
    await owner.start(language)
    (told,) = notices(owner, language)
    assert practice in bare(told.text)


async def test_whoever_comes_uninvited_belongs_to_the_practice_that_takes_them_in(
    owner: Owner,
) -> None:
    async with owner.store.unit() as unit:
        made = await unit.accounts.add_practice("Second Wind", NOON)
    owner.conversation.practice = "Second Wind"
    await owner.start()
    await owner.say("Corner Bakery")
    assert "Second Wind" in notices(owner)[0].text

    async def clients() -> list[str | None]:
        async with owner.store.unit() as unit:
            found, _ = await unit.practice(made.id).page(Filter(), Page(NOON))
        assert all(client.consultant_id is None for client in found)
        return [client.name for client in found]

    assert await clients() == ["Corner Bakery"]
    await owner.say("delete my data")
    await owner.press("/yes")
    assert await clients() == [None], "a new start belongs there, too"
    async with owner.store.unit() as unit:
        acts = [entry.act for entry in await unit.practice(made.id).entries()]
    assert acts == ["owner_joined", "owner_forgotten", "owner_joined"]


async def test_an_invitation_goes_before_the_practice_that_takes_in(owner: Owner) -> None:
    async with owner.store.unit() as unit:
        made = await unit.accounts.add_practice("Second Wind", NOON)
    owner.conversation.practice = "Second Wind"
    await invite(owner, "Our Own")
    await owner.start()
    assert "Our Own" in notices(owner)[0].text
    async with owner.store.unit() as unit:
        assert (await unit.practice(made.id).counts(NOON))["all"] == 0


async def test_a_practice_that_is_not_there_takes_nobody_in(owner: Owner) -> None:
    owner.conversation.practice = "Nowhere"
    await owner.start()
    assert owner.last.type == "ask"
    assert len(notices(owner)) == 1


async def test_answering_after_that_is_agreeing(owner: Owner) -> None:
    await owner.start()
    await owner.say("!why")
    await owner.press("/skip")
    assert (await agreement(owner)).agreed_at is None, "nothing was answered yet"
    answer = owner.options()[0]
    await owner.press(answer)
    agreed = await agreement(owner)
    assert agreed.agreed_at is not None
    async with owner.store.unit() as unit:
        interview = await unit.open_interview((await unit.chat(owner.address, NOON)).id)
        assert interview is not None
        said = await unit.transcript(interview.id)
    assert [row.option for row in said if row.id == agreed.message_id] == [answer]
    await owner.answer(owner.conversation.catalog.slots[owner.last.question or ""])
    assert await agreement(owner) == agreed, "the first one counts"


async def test_what_was_told_before_agrees_to_nothing(owner: Owner) -> None:
    await owner.send(Incoming(owner.address, text="employees=4", language="en"))
    assert await owner.value("employees") == 4
    assert len(notices(owner)) == 1
    assert (await agreement(owner)).agreed_at is None


async def test_it_is_shown_once(owner: Owner) -> None:
    await owner.start()
    await owner.start()
    await owner.say("Corner Bakery")
    await owner.go_until()
    await owner.start()
    assert len(notices(owner)) == 1


async def test_in_another_language_it_is_said_again_until_something_is_answered(
    owner: Owner,
) -> None:
    await owner.start("he")
    await owner.press("/language:en")
    assert len(notices(owner, "en")) == len(notices(owner, "he")) == 1
    await owner.say("Corner Bakery")
    await owner.press("/language:he")
    assert len(notices(owner, "he")) == 1


@pytest.mark.parametrize("finished", [False, True])
async def test_a_new_version_is_shown_once_on_return(owner: Owner, finished: bool) -> None:
    await owner.start()
    await owner.say("Corner Bakery")
    if finished:
        await owner.finish()
    owner.conversation.catalog = newer(owner.conversation.catalog)
    await owner.start()
    assert len(notices(owner)) == 2
    assert notices(owner)[-1] == owner.replies[-2], "right before what is asked"
    assert (await agreement(owner, "2")).agreed_at is None
    await owner.say("employees=5")
    assert (await agreement(owner, "2")).agreed_at is not None
    assert (await agreement(owner)).agreed_at is not None, "the old one stays on record"
    await owner.start()
    assert len(notices(owner)) == 2


async def test_whoever_starts_again_after_deleting_is_told_again(owner: Owner) -> None:
    await owner.start()
    await owner.say("Corner Bakery")
    await owner.say("delete my data")
    await owner.press("/yes")
    assert owner.last.type == "ask"
    assert len(notices(owner)) == 2
    assert (await agreement(owner)).agreed_at is None


async def test_whoever_despairs_is_not_met_by_a_notice(owner: Owner) -> None:
    await owner.send(Incoming(owner.address, text="distress", language="en"))
    assert notices(owner) == []
    await owner.press("/continue")
    assert notices(owner) == [owner.replies[-2]]


@both_languages
async def test_everything_is_told_when_asked(owner: Owner, language: str) -> None:
    await owner.start(language)
    texts = owner.conversation.catalog.texts[language]["privacy"]
    asked = owner.last.question
    for ask in (
        owner.say("מה נשמר כאן?"),
        owner.say("What is kept here?"),
        owner.press("/privacy"),
    ):
        await ask
        assert bare(owner.replies[0].text).startswith(str(texts["long"]).split("(")[0])
        assert "{" not in owner.replies[0].text
        assert (owner.last.type, owner.last.question) == ("ask", asked)


@pytest.mark.parametrize("act", ["forget", "export", "privacy"])
async def test_words_for_rights_count_where_a_name_is_asked(catalog: Catalog, act: str) -> None:
    """They need no model, so they work while it loads, too."""
    for number, phrase in enumerate(sorted(rights()[act].phrases)):
        assert right_in(f" {phrase.capitalize()}! ") == f"/{act}", number
    assert right_in("Export Ltd") is None
    assert right_in("delete") is None
    async with talking(catalog) as owner:
        await owner.start()
        assert owner.last.question == "business_name"
        await owner.say({"forget": "תמחקו אותי", "export": "Send me my data."}.get(act, "פרטיות?"))
        named = await owner.value("business_name")
        assert (named is None) == (act != "privacy"), "a single word may be a name"


@both_languages
def test_the_notice_promises_words_that_work(catalog: Catalog, language: str) -> None:
    for text in (*short(catalog, language).values(), catalog.texts[language]["privacy"]["long"]):
        quoted = text.split('"')[1::2]
        assert len(quoted) >= 3
        for words in quoted:
            assert right_in(words) or words in OTHER_ACTS[language], words


OTHER_ACTS = {
    "he": {"לשנות תשובה", "לדבר עם אדם"},
    "en": {"change an answer", "talk to a person"},
}
"""Words for acts of the interview, which the reader's own tests hold."""
