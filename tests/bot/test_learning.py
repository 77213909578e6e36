"""Learning from use: asked once, never in the way, nothing before a yes, nothing after a no."""

from __future__ import annotations

import json
from typing import Any

import pytest
from talking import NOON, Owner

from advisor.interview import Reading
from advisor.interview import events as happened
from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.store import Consent, Misreading

both_languages = pytest.mark.parametrize("language", LANGUAGES)
CONSENT = ["/learn:yes", "/learn:no"]
MISREAD = "wibble wobble, 054-7654321, Corner Bakery"


async def kept(owner: Owner) -> list[Misreading]:
    """What waits for a person."""
    async with owner.store.unit() as unit:
        return [row.misreading for row in await unit.waiting_misreadings()]


async def consent(owner: Owner) -> Consent:
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        return await unit.consent(chat.id)


async def misread_to_a_plan(owner: Owner, language: str = "en") -> None:
    """An interview with one message that isn't understood, up to its plan."""
    await owner.start(language)
    await owner.go_until("churn_share")
    await owner.say(MISREAD)
    assert owner.last.type == "ask"
    await owner.say("churn_share=35")
    await owner.go_until()
    assert [reply.type for reply in owner.replies[-2:]] == ["plan", "wait"]


class TestAsking:
    @both_languages
    async def test_it_comes_after_the_plan_with_two_buttons(
        self, owner: Owner, language: str
    ) -> None:
        await misread_to_a_plan(owner, language)
        assert owner.options() == CONSENT
        assert (await consent(owner)).asked_at is not None
        assert (await consent(owner)).given is None
        assert not any(set(CONSENT) & {o.id for o in r.options} for r in owner.said[:-1])

    async def test_nobody_is_asked_where_all_was_understood(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until()
        assert "/plan" in owner.options()
        assert (await consent(owner)).asked_at is None

    @pytest.mark.parametrize("answer", [*CONSENT, "affirm", "deny"])
    async def test_an_answer_leads_to_the_menu(self, owner: Owner, answer: str) -> None:
        await misread_to_a_plan(owner)
        await (owner.press(answer) if answer in CONSENT else owner.say(answer))
        assert "/plan" in owner.options()
        said = await consent(owner)
        assert said.given is (answer in ("/learn:yes", "affirm"))
        assert said.answered_at is not None
        assert not (await owner.state()).paused

    @pytest.mark.parametrize(
        "message", ["thanks", "plan", "!nonsense", "change cash_runway=20", "employees=7", "help"]
    )
    async def test_anything_else_goes_on_as_usual_and_it_is_not_asked_again(
        self, owner: Owner, message: str
    ) -> None:
        await misread_to_a_plan(owner)
        await owner.say(message)
        assert "/plan" in owner.options()
        await owner.say("change cash_runway=400")
        assert [reply.type for reply in owner.replies[-2:]] == ["plan", "wait"]
        assert "/plan" in owner.options()
        assert (await consent(owner)).given is None
        assert await kept(owner) == []

    async def test_buttons_of_the_menu_work_before_it_is_seen(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/area:churn")
        assert owner.last.type == "ask"

    async def test_a_second_start_shows_the_menu(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.start()
        assert "/plan" in owner.options()

    async def test_a_new_interview_does_not_ask_again(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.start(anew=True)
        await misread_to_a_plan_again(owner)
        assert "/plan" in owner.options()

    async def test_a_no_is_not_asked_again_either(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:no")
        await owner.start(anew=True)
        await misread_to_a_plan_again(owner)
        assert "/plan" in owner.options()
        assert await kept(owner) == []

    async def test_it_can_be_asked_for_at_any_question(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.press("/learn")
        assert owner.options() == CONSENT
        await owner.say("churn_share=35")
        assert await owner.value("churn_share") == 35
        await owner.press("/learn")
        standing = (await owner.state()).current
        await owner.press("/learn:yes")
        assert owner.last.question == standing


async def misread_to_a_plan_again(owner: Owner) -> None:
    await owner.go_until("churn_share")
    await owner.say("wobble wibble")
    await owner.go_until()


class TestKeeping:
    async def test_nothing_is_kept_before_a_yes(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        assert await kept(owner) == []
        await owner.say("!more nonsense")
        assert await kept(owner) == []

    async def test_a_yes_goes_for_what_was_before(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        [row] = await kept(owner)
        assert row.text == "wibble wobble, <phone>, <name>"
        assert (row.reason, row.question, row.language) == ("not_understood", "churn_share", "en")
        assert row.read["act"] is None
        assert row.read["confidence"] == 0.2
        assert row.corrected == {"slots": [["churn_share", "<percent>"]]}

    async def test_names_of_earlier_interviews_are_known(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        await owner.start(anew=True)
        await owner.say("Hat Shop")
        await owner.go_until("churn_share")
        await owner.say("mumble about Corner Bakery and hat shop")
        assert (await kept(owner))[-1].text == "mumble about <name> and <name>"

    async def test_what_was_kept_earlier_stays_as_the_talk_goes_on(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        before = await kept(owner)
        for _ in range(9):
            await owner.say("thanks")
        assert await kept(owner) == before

    async def test_afterwards_each_is_kept_at_once(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        await owner.press("/area:churn")
        await owner.say("gobbledygook 77")
        rows = await kept(owner)
        assert [row.text for row in rows][1:] == ["gobbledygook <count>"]

    async def test_what_is_understood_is_not_kept(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        await owner.say("employees=9")
        await owner.say("thanks")
        assert len(await kept(owner)) == 1

    async def test_a_change_keeps_the_message_that_was_misread(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/learn:yes")
        await owner.go_until("status")
        text = "it limps along"
        owner.reader.taught[text] = inform(status="closed")
        await owner.say(text)
        await owner.say("change status=partial")
        [row] = await kept(owner)
        assert (row.text, row.reason, row.question) == (text, "corrected", "status")
        assert row.read["slots"] == [["status", "closed"]]
        assert row.corrected == {"slots": [["status", "partial"]]}

    async def test_a_change_of_mind_much_later_is_no_misreading(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/learn:yes")
        await owner.say("business_name=Corner Bakery, employees=4")
        await owner.go_until()
        await owner.say("change employees=9")
        assert await kept(owner) == []

    async def test_an_undone_answer(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/learn:yes")
        await owner.say("business_name=Corner Bakery")
        await owner.say("sector=restaurant, employees=4")
        await owner.press("/undo:employees")
        [row] = await kept(owner)
        assert (row.reason, row.corrected) == ("undone", None)
        assert row.read["slots"] == [["employees", "<count>"]]
        assert "4" not in row.text

    async def test_two_readings_with_the_one_that_was_chosen(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/learn:yes")
        await owner.go_until("status")
        first, second = (known("status", option) for option in ("closed", "partial"))
        text = "sort of half shut"
        owner.reader.taught[text] = Reading(
            "inform", {"status": first}, confidence=0.6, alternatives=(first, second)
        )
        await owner.say(text)
        [row] = await kept(owner)
        assert (row.reason, row.corrected) == ("two_readings", None)
        assert row.read["slots"] == [["status", "closed"], ["status", "partial"]]
        await owner.press("/reading:1")
        [row] = await kept(owner)
        assert row.corrected == {"slots": [["status", "partial"]]}

    async def test_something_else_only_while_a_question_stands(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        await owner.say("out_of_scope")
        assert len(await kept(owner)) == 1
        await owner.press("/area:churn")
        await owner.say("out_of_scope")
        assert [row.reason for row in await kept(owner)] == ["not_understood", "out_of_scope"]

    async def test_a_reading_that_was_not_sure(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/learn:yes")
        await owner.go_until("status")
        owner.reader.taught["so so"] = inform(0.3, status="partial")
        await owner.say("so so")
        [row] = await kept(owner)
        assert (row.reason, row.read["confidence"]) == ("low_confidence", 0.3)

    async def test_what_a_question_for_a_name_got_is_left_out(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/learn:yes")
        await owner.say("!Doe and Sons")
        assert await kept(owner) == []

    async def test_what_nobody_could_read_is_left_out(self, owner: Owner) -> None:
        """While the model is away its readings teach nothing."""
        await owner.start()
        await owner.press("/learn:yes")
        await owner.go_until("status")
        owner.reader.away = True
        await owner.say("mumble")
        assert await kept(owner) == []


class TestTakingBack:
    @pytest.mark.parametrize(
        "words", ["Don't learn from me!", "don’t learn from me", "לא ללמוד ממני", "ביטול הסכמה."]
    )
    async def test_in_words_at_any_time(self, owner: Owner, words: str) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        assert len(await kept(owner)) == 1
        await owner.press("/area:churn")
        standing = owner.last.question
        await owner.say(words)
        assert await kept(owner) == []
        assert (await consent(owner)).given is False
        assert owner.last.question == standing
        await owner.say("gibberish")
        assert await kept(owner) == []

    async def test_and_given_again_in_words(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:no")
        await owner.say("אפשר ללמוד ממני")
        assert len(await kept(owner)) == 1

    async def test_a_business_may_be_called_so(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Learn from me")
        assert await owner.value("business_name") == "Learn from me"
        assert (await consent(owner)).given is None

    async def test_forgetting_takes_it_along(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        await owner.say("forget")
        await owner.press("/yes")
        assert await kept(owner) == []
        assert await consent(owner) == Consent(None, None, None)

    async def test_an_export_holds_it(self, owner: Owner) -> None:
        await misread_to_a_plan(owner)
        await owner.press("/learn:yes")
        await owner.say("export")
        [document] = [json.loads(r.document or "") for r in owner.replies if r.type == "export"]
        learning: dict[str, Any] = document["learning"]
        assert [row["text"] for row in learning["kept"]] == ["wibble wobble, <phone>, <name>"]
        assert learning["consent"][0]["given"] is True


async def test_events_that_remember_readings_hold_no_words(owner: Owner) -> None:
    await misread_to_a_plan(owner)
    async with owner.store.unit() as unit:
        chat = await unit.chat(owner.address, NOON)
        [interview] = await unit.interview_ids(chat.id)
        turns = await unit.past_turns(interview)
    reads = [e for turn in turns for e in turn if isinstance(e, happened.MessageRead)]
    assert reads
    assert not any(MISREAD in str(event) for event in reads)


def known(slot: str, value: str) -> Answer:
    return Answer(slot, AnswerState.KNOWN, value)


def inform(confidence: float = 0.9, **values: str) -> Reading:
    answers = {slot: known(slot, value) for slot, value in values.items()}
    return Reading("inform", answers, confidence=confidence)
