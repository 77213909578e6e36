"""Readings that are offered: what is typed then, and that nothing is stored until it is clear."""

from __future__ import annotations

import pytest
from talking import Owner, known

from advisor.catalog import load_catalog
from advisor.interview import Reading
from advisor.interview import events as happened
from advisor.model import LANGUAGES
from bot.keyboards import Keyboards
from bot.offered import typed
from bot.understanding.words import load_words

CATALOG = load_catalog()
WHOLESALE, MAKER = (known(CATALOG.slots["sector"], v) for v in ("wholesale", "manufacturing"))
SIX_DAYS, SIX_MONTHS = (known(CATALOG.slots["cash_runway"], v) for v in ("6", "180"))


def pressed(waiting: happened.ReadingsOffered | happened.MenuShown, text: str) -> str | None:
    options = Keyboards(CATALOG, "en").waiting(waiting)
    return typed(waiting, options, text, load_words())


@pytest.mark.parametrize(
    ("text", "button"),
    [
        *(("Manufacturing", "/reading:1"), ("manufacturing.", "/reading:1")),
        *(("wholesale", "/reading:0"), ("the first", "/reading:0"), ("2", "/reading:1")),
        *(("the last one", "/reading:1"), ("Neither", "/reading:none"), ("השנייה", "/reading:1")),
        *(("a bakery", None), ("3", None), ("", None), ("the third", None)),
    ],
)
def test_readings_are_chosen_in_words(text: str, button: str | None) -> None:
    assert pressed(happened.ReadingsOffered((WHOLESALE, MAKER), "asked"), text) == button


@pytest.mark.parametrize(
    ("text", "button"), [("months", "/reading:1"), ("6 days", "/reading:0"), ("6", None)]
)
def test_a_number_in_a_label_counts_nothing(text: str, button: str | None) -> None:
    assert pressed(happened.ReadingsOffered((SIX_DAYS, SIX_MONTHS), "asked"), text) == button


def test_other_buttons_are_typed_in_full_only() -> None:
    menu = happened.MenuShown(())
    assert pressed(menu, "change an answer") == "/change"
    assert pressed(menu, "answer") is None


async def doubtful(owner: Owner, *readings: str) -> None:
    """Bring two readings, or one, of an unclear answer about the sector."""
    answers = tuple(known(CATALOG.slots["sector"], value) for value in readings)
    first = {"sector": answers[0]}
    owner.reader.taught["hm"] = Reading("inform", first, confidence=0.4, alternatives=answers)
    await owner.start("en")
    await owner.say("Corner")
    await owner.say("hm")


class TestNothingIsStoredUntilItIsClear:
    async def test_two_readings_are_buttons(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale", "manufacturing")
        assert owner.options() == ["/reading:0", "/reading:1", "/reading:none"]
        assert await owner.value("sector") is None

    async def test_one_reading_is_asked_about(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale")
        assert "Did you mean: Wholesale, distribution?" in owner.text
        assert await owner.value("sector") is None
        await owner.say("affirm")
        assert await owner.value("sector") == "wholesale"

    async def test_a_no_asks_again(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale")
        await owner.say("deny")
        assert owner.last.question == "sector"
        assert await owner.value("sector") is None

    async def test_a_yes_does_not_choose_between_two(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale", "manufacturing")
        await owner.say("affirm")
        assert await owner.value("sector") is None
        assert owner.options() == ["/reading:0", "/reading:1", "/reading:none"]

    async def test_a_label_is_typed(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale", "manufacturing")
        await owner.say("manufacturing")
        assert await owner.value("sector") == "manufacturing"

    async def test_a_third_answer_is_heard(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale", "manufacturing")
        await owner.say("sector=shop")
        assert await owner.value("sector") == "shop"

    async def test_who_stays_unclear_is_led_on(self, owner: Owner) -> None:
        await doubtful(owner, "wholesale", "manufacturing")
        for _ in range(8):
            if owner.last.question == "customer_type":
                break
            await owner.say("hm")
        assert owner.last.question == "customer_type"
        assert await owner.value("sector") is None

    async def test_a_yes_says_which_of_yes_and_no(self, owner: Owner) -> None:
        slot = CATALOG.slots["backup_supplier"]
        both = (known(slot, "false"), known(slot, "true"))
        owner.reader.taught["hm"] = Reading("inform", {slot.id: both[0]}, alternatives=both)
        await owner.start("en")
        await owner.go_until("backup_supplier")
        if owner.last.question != "backup_supplier":
            await owner.say("change backup_supplier")
        await owner.say("hm")
        await owner.say("affirm")
        assert await owner.value("backup_supplier") is True


@pytest.mark.parametrize("language", LANGUAGES)
async def test_labels_work_in_both_languages(owner: Owner, language: str) -> None:
    answers = (WHOLESALE, MAKER)
    owner.reader.taught["hm"] = Reading("inform", {"sector": MAKER}, alternatives=answers)
    await owner.start(language)
    await owner.say("Corner")
    await owner.say("hm")
    await owner.say(CATALOG.option_label(language, "sector", "manufacturing"))
    assert await owner.value("sector") == "manufacturing"


class TestANumberFarFromTheOneBefore:
    """What was volunteered and is many times the size is likelier of something else."""

    async def volunteers(self, owner: Owner, value: str) -> None:
        before, now = (known(CATALOG.slots["customers_before"], v) for v in ("300", value))
        for said, answer in (("we had 300", before), ("and then", now)):
            owner.reader.taught[said] = Reading("inform", {"customers_before": answer})
        await owner.start("en")
        await owner.say("Corner")
        await owner.say("we had 300")
        await owner.say("and then")

    @pytest.mark.parametrize(("said", "stored"), [("affirm", 70_000), ("deny", 300)])
    async def test_it_is_asked_about(self, owner: Owner, said: str, stored: int) -> None:
        await self.volunteers(owner, "70000")
        assert "shall I change it to 70,000?" in owner.text
        assert await owner.value("customers_before") == 300
        await owner.say(said)
        assert await owner.value("customers_before") == stored
        assert owner.last.question == "sector"

    async def test_a_nearer_one_is_taken(self, owner: Owner) -> None:
        await self.volunteers(owner, "340")
        assert await owner.value("customers_before") == 340

    async def test_of_two_at_once_none_is_lost(self, owner: Owner) -> None:
        slots = ("customers_before", "customers_now")
        for said, values in (("at first", ("300", "200")), ("no", ("7000", "5000"))):
            told = {n: known(CATALOG.slots[n], v) for n, v in zip(slots, values, strict=True)}
            owner.reader.taught[said] = Reading("inform", told)
        await owner.start("en")
        for said in ("Corner", "at first", "no"):
            await owner.say(said)
        assert [await owner.value(name) for name in slots] == [7000, 5000]
