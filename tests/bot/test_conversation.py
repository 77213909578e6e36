"""Whole turns: what an owner sends, what they are told, and what is kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from talking import ADDRESS, NOON, Owner, known, talking

from advisor.catalog import Catalog
from advisor.interview import Reading
from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.store.tables import metadata
from bot.messages import Incoming

both_languages = pytest.mark.parametrize("language", LANGUAGES)
HEBREW = re.compile("[\u05d0-\u05ea]")
BEFORE_CHURN = "business_name=Corner Bakery, sector=restaurant, customer_type=consumers, crisis=war"


def reply_text(owner: Owner, key: str, language: str = "en") -> str:
    """A text of the replies."""
    return str(owner.conversation.catalog.texts[language]["replies"][key])


async def everything(owner: Owner) -> str:
    """Every row of every table, as text."""
    rows = []
    async with owner.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            found = await connection.execute(sql(f"SELECT * FROM {table.name}"))
            rows += [str(row) for row in found]
    return "\n".join(rows)


def bytes_in(folder: Path) -> bytes:
    """The database's files as they lie on the disk."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


class TestInterview:
    @both_languages
    async def test_an_interview_leads_to_a_plan(self, owner: Owner, language: str) -> None:
        await owner.start(language)
        await owner.go_until()
        assert [reply.type for reply in owner.replies[-2:]] == ["plan", "wait"]
        asked = [reply.question for reply in owner.said if reply.type == "ask"]
        assert len(set(asked)) <= 20
        assert all(reply.language == language for reply in owner.said)
        assert (await owner.state()).planned
        async with owner.store.unit() as unit:
            plan = await unit.plan(owner.replies[-2].plan or "")
        assert plan.version == 1
        assert plan.document["actions"]

    async def test_both_languages_lead_to_the_same_plan(self, catalog: Catalog) -> None:
        documents = []
        for language in LANGUAGES:
            async with talking(catalog) as owner:
                await owner.start(language)
                await owner.go_until()
                async with owner.store.unit() as unit:
                    documents.append((await unit.plan(owner.replies[-2].plan or "")).document)
        he, en = ({**d, "answers": None} for d in documents)
        assert he == en

    @both_languages
    async def test_what_was_understood_is_echoed(self, owner: Owner, language: str) -> None:
        await owner.start(language)
        await owner.say("Corner Bakery")
        assert "Corner Bakery" in owner.last.text
        assert owner.last.question == "sector"

    async def test_progress_counts_up(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until()
        numbers = [r.progress for r in owner.said if r.type == "ask" and r.progress]
        assert numbers[0] == (1, numbers[0][1])
        assert [n for n, _ in numbers] == sorted(n for n, _ in numbers)
        assert numbers[-1][0] == numbers[-1][1]

    async def test_the_first_insight_follows_the_counts(self, owner: Owner) -> None:
        await owner.start()
        await owner.say(f"{BEFORE_CHURN}, churn_share=10, customers_before=200, customers_now=120")
        [insight] = (await owner.state()).insights
        assert insight == "worse_than_believed"
        told = "\n".join(reply.text for reply in owner.replies if reply.type == "say")
        assert "40%" in told
        assert "10%" in told

    async def test_a_finished_interview_can_be_deepened(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        area = next(o for o in owner.options() if o.startswith("/area:"))
        await owner.press(area)
        assert owner.last.type == "ask"
        await owner.go_until()
        assert [reply.type for reply in owner.replies[-2:]] == ["plan", "wait"]
        assert area not in owner.options()

    async def test_an_unstarted_chat_begins_with_whatever_comes(self, owner: Owner) -> None:
        await owner.say("hello")
        assert owner.last.question == "business_name"
        assert owner.last.language == "he"

    async def test_several_options_are_ticked_and_unticked(self, owner: Owner) -> None:
        await owner.start()
        await owner.say(f"{BEFORE_CHURN}, churn_share=40, customers_before=200, customers_now=120")
        await owner.go_until("churn_reasons")
        for option in ("price", "fear", "price", "hardship"):
            await owner.press(option)
        assert {o.id for o in owner.last.options if o.ticked} == {"fear", "hardship"}
        assert "/done" in owner.options()
        await owner.press("/done")
        assert await owner.value("churn_reasons") == ("fear", "hardship")

    async def test_an_option_that_rules_others_out_stands_alone(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("weak_links")
        await owner.press("staff")
        await owner.press("none")
        assert [o.id for o in owner.last.options if o.ticked] == ["none"]
        await owner.press("staff")
        assert [o.id for o in owner.last.options if o.ticked] == ["staff"]

    async def test_done_with_nothing_chosen_says_so(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("weak_links")
        await owner.press("/done")
        assert reply_text(owner, "choose_one") in owner.text
        assert owner.last.question == "weak_links"


class TestVolunteered:
    async def test_it_is_echoed_and_can_be_taken_back(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("business_name=Corner Bakery, employees=4")
        assert "I also noted people in the business: 4." in owner.last.text
        assert "/undo:employees" in owner.options()
        await owner.press("/undo:employees")
        assert "Taken back" in owner.last.text
        assert owner.last.question == "sector"
        assert await owner.value("employees") is None
        assert await owner.value("business_name") == "Corner Bakery"

    async def test_undo_brings_back_what_stood_before(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("business_name=Corner Bakery, employees=4")
        await owner.say("sector=restaurant, employees=9")
        assert await owner.value("employees") == 9
        await owner.press("/undo:employees")
        assert await owner.value("employees") == 4

    async def test_it_is_not_asked_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("business_name=Corner Bakery, employees=4")
        await owner.go_until()
        assert "employees" not in [reply.question for reply in owner.said]


class TestCorrection:
    async def test_only_what_depends_on_it_is_asked_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.say("contact_fresh=60, last_contact=never")
        before = (await owner.state()).answers
        await owner.say("change contact_channels=phone+email")
        assert "because of that" in owner.text.lower()
        assert owner.last.question == "contact_fresh"
        after = (await owner.state()).answers
        changed = {slot for slot in before if before[slot] != after.get(slot)}
        assert changed == {"contact_channels", "contact_fresh"}

    async def test_the_plan_tells_the_difference(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.say("change cash_runway=600")
        long = owner.replies[-2]
        await owner.say("change cash_runway=20")
        plan = owner.replies[-2]
        assert plan.type == long.type == "plan"
        assert plan.plan != long.plan
        assert plan.text.startswith("Corrected.")
        assert reply_text(owner, "plan_changed") in plan.text
        assert len(plan.text.splitlines()) > 2

    async def test_a_change_that_alters_nothing_says_so(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.say("change business_name=Corner Bakery")
        assert reply_text(owner, "plan_same") in owner.text

    async def test_an_invalid_value_keeps_the_old_one(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("customers_before")
        await owner.say("change churn_share=130")
        assert reply_text(owner, "above_hundred") in owner.text
        assert await owner.value("churn_share") == 30
        assert owner.last.question == "churn_share"
        await owner.say("churn_share=35")
        assert await owner.value("churn_share") == 35
        assert owner.last.question == "customers_before"

    async def test_which_one_is_asked_where_it_is_not_said(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("change")
        assert owner.last.type == "wait"
        assert "/target:crisis" in owner.options()
        await owner.press("/target:crisis")
        assert owner.last.question == "crisis"
        await owner.press("economy")
        assert await owner.value("crisis") == "economy"
        assert owner.last.question == "churn_share"

    async def test_back_keeps_the_answer_until_another_comes(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.say("back")
        assert owner.last.question == "customer_type"
        assert await owner.value("customer_type") == "consumers"
        await owner.press("both")
        assert await owner.value("customer_type") == "both"
        assert owner.last.question == "crisis"

    async def test_the_old_answer_stays_in_the_history(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("customers_before")
        await owner.say("change churn_share=35")
        async with owner.store.unit() as unit:
            chat = await unit.chat(ADDRESS, NOON)
            export = await unit.export(chat.id)
        history = [a for a in export["interviews"][0]["answers"] if a["slot"] == "churn_share"]
        assert [a["value"] for a in history] == [30, 35]
        assert history[0]["replaced_at"]
        assert not history[1]["replaced_at"]


class TestContradiction:
    async def test_it_is_asked_about_once(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("churn_share=40, customers_before=100, customers_now=150")
        assert owner.last.type == "wait"
        assert "100" in owner.last.text
        assert "150" in owner.last.text
        assert owner.options()[0] == "/keep"
        await owner.press("/keep")
        assert reply_text(owner, "kept") in owner.text
        await owner.go_until()
        assert [r.type for r in owner.said if "/keep" in [o.id for o in r.options]] == ["wait"]

    async def test_it_can_be_put_right(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("churn_share=40, customers_before=100, customers_now=150")
        await owner.press("/fix:customers_now")
        assert owner.last.question == "customers_now"
        await owner.say("customers_now=60")
        assert await owner.value("customers_now") == 60
        assert owner.last.type == "ask"

    async def test_a_typed_yes_keeps_both(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("churn_share=40, customers_before=100, customers_now=150")
        await owner.say("affirm")
        assert owner.last.type == "ask"
        assert await owner.value("customers_now") == 150

    async def test_what_is_said_of_something_else_does_not_ask_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("churn_share=40, customers_before=100, customers_now=150")
        await owner.say("data_use=gut")
        assert owner.last.type == "ask"
        assert owner.last.question not in ("churn_share", "data_use")


class TestCorrectionByTheOldValue:
    async def test_it_is_of_the_answer_that_holds_it(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("churn_share=40, customers_before=70, customers_now=40")
        now = Answer("customers_now", AnswerState.KNOWN, 75)
        owner.reader.taught["I said 70"] = Reading(
            "change", {"customers_now": now}, "customers_now", told=(70,)
        )
        await owner.say("I said 70")
        assert await owner.value("customers_before") == 75
        assert await owner.value("customers_now") == 40


class TestLadder:
    @both_languages
    async def test_three_misses_leave_it_open(self, owner: Owner, language: str) -> None:
        await owner.start(language)
        await owner.go_until("crisis")
        for _ in range(2):
            await owner.say("mumble")
            assert owner.last.question == "crisis"
        await owner.say("mumble")
        assert reply_text(owner, "left_open", language).split(",")[0] in owner.text
        assert owner.last.question == "churn_share"
        assert (await owner.state()).answers["crisis"].state is AnswerState.UNKNOWN

    @both_languages
    async def test_no_question_comes_a_third_time_in_the_same_words(
        self, owner: Owner, language: str
    ) -> None:
        await owner.start(language)
        for _ in range(80):
            await owner.say("!!mumble")
            if owner.last.type != "ask":
                break
        assert (await owner.state()).planned
        times = Counter(reply.text for reply in owner.said if reply.type == "ask")
        assert max(times.values()) < 3, times.most_common(1)

    async def test_two_readings_are_offered(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("employees")
        three, four = (Answer("employees", AnswerState.KNOWN, n) for n in (3, 4))
        owner.reader.taught["3 or 4"] = Reading(None, alternatives=(three, four))
        await owner.say("3 or 4")
        assert owner.options() == ["/reading:0", "/reading:1", "/reading:none"]
        await owner.press("/reading:1")
        assert await owner.value("employees") == 4

    async def test_a_no_may_mean_none_of_it(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("price_requests")
        await owner.say("deny")
        assert owner.options() == ["/reading:0", "/reading:none"]
        await owner.say("affirm")
        assert await owner.value("price_requests") == "rarely"

    async def test_an_impossible_value_is_refused_with_its_reason(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("churn_share=130")
        assert reply_text(owner, "above_hundred") in owner.text
        assert owner.last.question == "churn_share"
        assert await owner.value("churn_share") is None

    async def test_not_knowing_is_an_answer(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.say("unsure")
        await owner.press("/skip")
        answers = (await owner.state()).answers
        assert answers["crisis"].state is AnswerState.UNKNOWN
        assert answers["churn_share"].state is AnswerState.SKIPPED
        assert owner.last.question == "customers_before"


class TestControls:
    async def test_pause_and_resume(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.say("pause")
        assert owner.last.type == "wait"
        assert owner.options() == ["/continue"]
        await owner.say("greet")
        assert owner.last.question == "crisis"
        assert reply_text(owner, "resumed") in owner.text

    async def test_an_answer_ends_a_pause(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.press("/pause")
        await owner.say("crisis=economy")
        assert await owner.value("crisis") == "economy"
        assert owner.last.question == "churn_share"

    async def test_start_ends_a_pause(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.press("/pause")
        await owner.start()
        assert owner.last.question == "crisis"

    async def test_restart_is_confirmed(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.say("restart")
        assert owner.options() == ["/yes", "/no"]
        await owner.press("/no")
        assert owner.last.question == "crisis"
        assert await owner.value("sector") == "restaurant"
        await owner.say("restart")
        await owner.say("affirm")
        assert owner.last.question == "business_name"
        assert not (await owner.state()).answers

    async def test_restart_keeps_the_old_interview_aside(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.press("/restart")
        await owner.press("/yes")
        await owner.go_until("churn_share")
        async with owner.store.unit() as unit:
            chat = await unit.chat(ADDRESS, NOON)
            old, new = (await unit.export(chat.id))["interviews"]
        assert old["ended_at"]
        assert len(old["answers"]) == 3
        assert len(new["answers"]) == 4

    async def test_forget_leaves_nothing(self, catalog: Catalog, tmp_path: Path) -> None:
        file = tmp_path / "comeback.db"
        async with talking(catalog, f"sqlite+aiosqlite:///{file}") as owner:
            await owner.start()
            await owner.finish()
            await owner.say("change business_name=Zanzibarissimo")
            await owner.say("forget")
            assert owner.options() == ["/yes", "/no"]
            assert "Zanzibarissimo" in await everything(owner)
            await owner.say("affirm")
            assert owner.replies[0].text == reply_text(owner, "forgotten")
            assert owner.last.question == "business_name"
            left = await everything(owner)
            assert "Zanzibarissimo" not in left
            assert "restaurant" not in left.replace(owner.last.text, "")
            assert not (await owner.state()).answers
            assert b"Zanzibarissimo" not in bytes_in(tmp_path)

    async def test_forget_can_be_called_off(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.press("/forget")
        await owner.say("deny")
        assert reply_text(owner, "nothing_changed") in owner.text
        assert await owner.value("sector") == "restaurant"

    async def test_the_language_switches_and_answers_stay(self, owner: Owner) -> None:
        await owner.start("en")
        await owner.go_until("crisis")
        before = (await owner.state()).answers
        await owner.say("language he")
        assert owner.last.language == "he"
        assert HEBREW.search(owner.last.text)
        assert owner.last.question == "crisis"
        assert (await owner.state()).answers == before
        await owner.press("/language")
        assert owner.last.language == "en"
        await owner.go_until()
        assert owner.replies[-2].type == "plan"

    async def test_who_comes_back_with_another_language_reads_that_one_only(
        self, owner: Owner
    ) -> None:
        await owner.start("he")
        await owner.go_until("crisis")
        await owner.press("/pause")
        await owner.press("/language")
        assert owner.last.question == "crisis"
        assert not HEBREW.search(owner.text)

    async def test_start_in_the_other_language_switches(self, owner: Owner) -> None:
        await owner.start("he")
        await owner.say("Corner Bakery")
        await owner.start("en")
        assert owner.last.language == "en"
        assert owner.last.question == "sector"

    async def test_export_holds_everything(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner Bakery")
        await owner.say("export")
        export = next(reply for reply in owner.replies if reply.type == "export")
        document = json.loads(export.document or "")
        assert "Corner Bakery" in [line["text"] for line in document["transcript"]]
        assert document["interviews"][0]["answers"][0]["value"] == "Corner Bakery"
        assert owner.last.question == "sector"

    async def test_a_person_is_noted(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("!human")
        assert owner.replies[0].text == reply_text(owner, "human")
        assert owner.last.question == "business_name"
        owner.conversation.contact = "help@example.org"
        await owner.press("/human")
        assert "help@example.org" in owner.replies[0].text

    @both_languages
    async def test_distress_is_met_with_help(self, owner: Owner, language: str) -> None:
        await owner.start(language)
        await owner.go_until("crisis")
        await owner.say("distress")
        assert "1201" in owner.replies[0].text
        assert owner.options() == ["/continue", "/pause"]
        await owner.press("/continue")
        assert owner.last.question == "crisis"

    async def test_a_plan_that_is_asked_for_too_early(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner Bakery")
        await owner.say("plan")
        assert reply_text(owner, "plan_too_early") in owner.text
        assert owner.last.question == "sector"

    async def test_a_plan_as_far_as_it_goes(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("churn_share")
        await owner.say("plan")
        assert [reply.type for reply in owner.replies] == ["plan", "ask"]
        assert reply_text(owner, "plan_so_far") in owner.text
        assert owner.last.question == "churn_share"
        assert not (await owner.state()).planned

    @pytest.mark.parametrize(
        "act", ["why", "help", "progress", "repeat", "greet", "thanks", "bot_challenge"]
    )
    async def test_small_talk_changes_nothing(self, owner: Owner, act: str) -> None:
        await owner.start()
        await owner.go_until("crisis")
        before = (await owner.state()).answers
        await owner.say(act)
        assert owner.last.question == "crisis"
        assert (await owner.state()).answers == before

    async def test_a_button_of_an_earlier_question_changes_nothing(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.press("shop", question="sector")
        assert reply_text(owner, "stale_option") in owner.text
        assert await owner.value("sector") == "restaurant"
        # "other" is an option of both: the question that the button belonged to decides
        await owner.press("other", question="sector")
        assert await owner.value("crisis") is None
        assert owner.last.question == "crisis"

    @pytest.mark.parametrize("option", ["/undo:nothing", "/area:no-such", "/", "no-such", "\ud800"])
    async def test_an_unknown_button_is_harmless(self, owner: Owner, option: str) -> None:
        await owner.start()
        await owner.press(option)
        assert reply_text(owner, "stale_option") in owner.text
        assert owner.last.question == "business_name"


class TestStart:
    async def test_twice_is_harmless(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner Bakery")
        question = owner.last.question
        for _ in range(20):
            await owner.start()
            assert owner.last.question == question
        assert await owner.value("business_name") == "Corner Bakery"
        assert list((await owner.state()).answers) == ["business_name"]

    async def test_after_a_plan_it_shows_the_menu(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.start()
        assert owner.last.type == "wait"
        assert "/plan" in owner.options()

    async def test_anew_after_a_plan_begins_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.start(anew=True)
        assert owner.last.question == "business_name"
        assert not (await owner.state()).answers

    async def test_anew_goes_on_with_what_is_unfinished(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        await owner.start(anew=True)
        assert owner.last.question == "crisis"

    async def test_during_a_confirmation_it_asks_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.press("/forget")
        await owner.start()
        assert owner.options() == ["/yes", "/no"]


class TestBadInput:
    @both_languages
    @pytest.mark.parametrize(
        ("text", "topic"),
        [
            ("", "empty"),
            (" \n\t ", "empty"),
            ("\u200f\u200b", "empty"),
            ("\x00\x01\x02", "empty"),
            ("x" * 5000, "too_long"),
            ("שלום " * 1000, "too_long"),
            ("🙂🙂🙂", "not_text"),
            ("?!...", "not_text"),
            ("a\x00\x01\x02\x03", "not_text"),
            ("\ud800", "not_text"),
            ("good \udfff day", "not_text"),
            ("\ufffd\ufffd", "not_text"),
            ("Привет, как дела", "other_script"),
            ("مرحبا", "other_script"),
        ],
    )
    async def test_one_clear_sentence_and_nothing_lost(
        self, owner: Owner, language: str, text: str, topic: str
    ) -> None:
        await owner.start(language)
        await owner.go_until("crisis")
        before = (await owner.state()).answers
        await owner.say(text)
        assert len(owner.replies) == 1
        assert owner.last.language == language
        assert owner.last.text.startswith(reply_text(owner, topic, language))
        assert reply_text(owner, "missed", language) not in owner.last.text
        assert owner.last.question == "crisis"
        assert (await owner.state()).answers == before
        assert not owner.reader.heard or owner.reader.heard[-1] != text

    async def test_control_characters_inside_a_message_are_ignored(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner\x00 Bakery\x07")
        assert await owner.value("business_name") == "Corner Bakery"

    @pytest.mark.parametrize("name", ["Кафе", "קפה", "24", "Ж&Ж"])
    async def test_a_name_may_be_in_any_script(self, owner: Owner, name: str) -> None:
        await owner.start()
        await owner.say(name)
        assert await owner.value("business_name") == name

    async def test_a_name_may_not_be_a_novel(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("name " * 50)
        assert reply_text(owner, "too_long") in owner.text

    @pytest.mark.parametrize("name", ["Stop", "ביטול", "Help", "back", "skip", "Restart", "plan"])
    async def test_a_business_may_be_called_like_a_command(self, owner: Owner, name: str) -> None:
        await owner.start()
        await owner.say(name)
        assert await owner.value("business_name") == name
        assert owner.last.question == "sector"

    async def test_it_never_stops_the_interview(self, owner: Owner) -> None:
        await owner.start()
        for _ in range(80):
            await owner.say("🙂")
            if owner.last.type != "ask":
                break
        assert (await owner.state()).planned


class TestUnderstandingAway:
    async def test_it_is_told_once(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        owner.reader.away = True
        await owner.say("mumble")
        assert owner.replies[0].type == "say"
        assert owner.replies[0].text == reply_text(owner, "nlu_away")
        assert owner.last.question == "crisis"
        await owner.say("mumble")
        assert reply_text(owner, "nlu_away") not in owner.text

    async def test_its_return_is_told_once(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        owner.reader.away = True
        await owner.say("mumble")
        owner.reader.away = False
        await owner.press("war")
        assert owner.replies[0].text == reply_text(owner, "nlu_ready")
        assert owner.last.question == "churn_share"
        await owner.say("churn_share=20")
        assert reply_text(owner, "nlu_ready") not in owner.text

    async def test_it_can_go_away_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.go_until("crisis")
        for away in (True, False, True):
            owner.reader.away = away
            await owner.say("mumble")
            key = "nlu_away" if away else "nlu_ready"
            assert owner.replies[0].text == reply_text(owner, key)

    async def test_nobody_hears_of_it_who_is_understood(self, owner: Owner) -> None:
        owner.reader.away = True
        await owner.start()
        await owner.go_until("crisis")
        await owner.say("why")
        await owner.say("🙂")
        owner.reader.away = False
        await owner.press("war")
        said = "\n".join(reply.text for reply in owner.said)
        assert reply_text(owner, "nlu_away") not in said
        assert reply_text(owner, "nlu_ready") not in said

    async def test_each_chat_is_told_for_itself(self, owner: Owner) -> None:
        neighbour = Owner(owner.store, owner.reader, owner.conversation, "test:neighbour")
        owner.reader.away = True
        for someone in (owner, neighbour):
            await someone.start("he")
            await someone.say("!mumble")
            assert someone.replies[0].text == reply_text(owner, "nlu_away", "he")


class TestAwayForLong:
    async def test_no_question_is_left_open_while_nobody_reads(self, owner: Owner) -> None:
        """However often something is written meanwhile, it is asked once the model is back."""
        await owner.start()
        await owner.go_until("crisis")
        owner.reader.away = True
        for _ in range(6):
            await owner.say("mumble")
            assert owner.last.question == "crisis"
        assert "crisis" not in (await owner.state()).answers
        owner.reader.away = False
        await owner.say("mumble")
        assert (await owner.state()).misses == 1
        assert owner.last.question == "crisis"

    async def test_text_waits_for_a_model_that_is_loading(self, owner: Owner) -> None:
        await owner.start()
        settled = owner.reader.settled
        await owner.say("Corner Bakery")
        await owner.press("restaurant")
        assert owner.reader.settled == settled + 1


class TestTurns:
    async def test_a_turn_that_breaks_saves_nothing(
        self, owner: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await owner.start()
        await owner.say("Corner Bakery")
        before = await everything(owner)

        async def broken(text: str, question: str | None) -> Reading:
            raise RuntimeError("broken")

        monkeypatch.setattr(owner.reader, "read", broken)
        with pytest.raises(RuntimeError):
            await owner.conversation.receive(Incoming(ADDRESS, text="restaurant"))
        assert await everything(owner) == before

    async def test_answers_name_the_message_they_came_from(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner Bakery")
        await owner.press("restaurant")
        await owner.go_until("churn_reasons")
        await owner.press("fear")
        await owner.press("/done")
        async with owner.store.unit() as unit:
            chat = await unit.chat(ADDRESS, NOON)
            export = await unit.export(chat.id)
        came_in = {line["id"]: line for line in export["transcript"] if line["direction"] == "in"}
        sources = {
            answer["slot"]: came_in[answer["message_id"]]
            for answer in export["interviews"][0]["answers"]
        }
        assert sources["business_name"]["text"] == "Corner Bakery"
        assert sources["sector"]["option"] == "restaurant"
        assert sources["churn_reasons"]["option"] == "/done"

    async def test_the_transcript_holds_both_sides_in_order(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner Bakery")
        async with owner.store.unit() as unit:
            chat = await unit.chat(ADDRESS, NOON)
            interview = await unit.open_interview(chat.id)
            assert interview is not None
            lines = await unit.transcript(interview.id)
        assert [line.direction for line in lines] == ["out", "out", "out", "in", "out"]


async def test_what_stands_already_is_not_called_a_correction(owner: Owner) -> None:
    answer = known(owner.conversation.catalog.slots["customer_type"], "consumers")
    owner.reader.taught["families"] = Reading("inform", {"customer_type": answer})
    await owner.start("en")
    await owner.say("Corner")
    for _ in range(2):
        await owner.say("families")
    assert "Already noted, who the customers are: Private customers." in owner.text
    assert "Corrected" not in owner.text
