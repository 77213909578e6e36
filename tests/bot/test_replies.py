"""Every event can be said in both languages, whole and in the right direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import get_args

import pytest
from talking import known, plain

from advisor.amendments import Amendment, Dropped
from advisor.catalog import Catalog, load_catalog
from advisor.interview import Event, Interview
from advisor.interview import events as happened
from advisor.interview.acts import ACTS
from advisor.model import AREAS, LANGUAGES, NUMERIC, WITH_OPTIONS, Answer, AnswerState, Kind, Slot
from advisor.whatif import EXAMPLES, Supposition
from bot.documents import PlanMade
from bot.messages import Reply, Sent
from bot.replies import replies

CATALOG = load_catalog()
SLOTS = sorted(CATALOG.slots.values(), key=lambda slot: slot.id)
ANSWERS = {slot.id: known(slot, plain(slot)) for slot in SLOTS}
NAME = "Levi & Sons {Ltd}"
LEFTOVERS = re.compile(r"[{}]|\bNone\b|\bnull\b|Answer\(|Money\(|\bTrue\b|\bFalse\b|  +")
TOPICS = (
    *("welcome", "missed_menu", "choose_one", "stale_option", "first_question", "kept"),
    *("nothing_changed", "nothing_to_change", "yes_to_what", "no_to_what", "plan_too_early"),
    *("language_chosen", "noted_unknown", "noted_skipped", "why_all", "out_of_scope"),
    *("help", "privacy", "progress", "greet", "thanks", "bot_challenge"),
    *("consent_given", "consent_refused", "whatif_unclear"),
    *("empty", "too_long", "not_text", "other_script"),
    *(f"sent_{kind}" for kind in get_args(Sent)),
    *("edit_same", "edit_late"),
    *("signed", "passed_on", "nobody_to_answer"),
    *("not_now", "reminders_off", "reminders_on", "checkin_done"),
)
TOPICS_ABOUT_A_SLOT = ("why", "left_open", "going_back", "correcting", "undone", "edit_unclear")
OTHER_HOURS = Supposition("answers", answers=(known(CATALOG.slots["hours_per_week"], "12"),))
PLAN = PlanMade("plan-1", ("First change.", "Second change."), same=False)

both_languages = pytest.mark.parametrize("language", LANGUAGES)


def values(slot: Slot) -> Iterator[Answer]:
    """Every way in which a slot may be answered."""
    yield ANSWERS[slot.id]
    yield Answer(slot.id, AnswerState.UNKNOWN)
    yield Answer(slot.id, AnswerState.SKIPPED)
    if slot.kind in WITH_OPTIONS:
        yield from (known(slot, option) for option in slot.options)
    if slot.kind in NUMERIC:
        answer = ANSWERS[slot.id]
        yield replace(answer, approximate=True)
        yield replace(answer, low=10, high=30)
        yield replace(answer, low=10)
        yield replace(answer, high=30)
    if slot.kind is Kind.TEXT:
        yield known(slot, NAME)


def all_events() -> Iterator[Event]:
    """Events of every type, for every slot, wording and topic that there is."""
    yield from (happened.InterviewStarted(language) for language in LANGUAGES)
    yield from (happened.LanguageChosen(language) for language in LANGUAGES)
    for slot in SLOTS:
        for wording in get_args(happened.Wording):
            yield happened.QuestionAsked(slot.id, wording)
            yield happened.QuestionAsked(slot.id, wording, slot.options[:2], ("employees",))
        for answer in values(slot):
            yield from (happened.AnswerAccepted(answer, how) for how in get_args(happened.How))
            yield happened.ReadingsOffered((answer,), "asked")
            yield happened.ReadingsOffered((answer, ANSWERS[slot.id]), "volunteered")
        yield happened.AnswerUndone(slot.id, None)
        yield happened.AnswerUndone(slot.id, ANSWERS[slot.id])
        yield happened.AnswerCleared(slot.id, "sector")
        if slot.range:
            yield happened.ValueRejected(slot.id, "too_low", *slot.range)
            yield happened.ValueRejected(slot.id, "too_high", *slot.range)
            yield happened.ValueRejected(slot.id, "above_hundred", *slot.range)
        yield from (happened.Told(topic, slot.id) for topic in TOPICS_ABOUT_A_SLOT)
    yield happened.OptionTicked("churn_reasons", "price", True)
    yield happened.MessageMissed(1)
    yield from (happened.ConfirmationAsked(what) for what in ("restart", "forget"))
    yield from (happened.ContradictionAsked(n, r.slots) for n, r in CATALOG.contradictions.items())
    yield happened.TargetAsked(tuple(slot.id for slot in SLOTS[:8]), True, 0)
    yield from (happened.InsightReached(name) for name in CATALOG.texts["en"]["insights"])
    yield from (happened.AreaChosen(area) for area in AREAS)
    yield from (
        happened.PlanRequested(cause) for cause in ("finished", "asked", "deepened", "changed")
    )
    yield from (happened.MenuShown(areas) for areas in ((), AREAS))
    yield from (happened.Paused(), happened.Resumed(), happened.Returned(), happened.Restarted())
    yield from (happened.DataForgotten(), happened.DataExported(), happened.HumanRequested())
    yield happened.ComfortOffered()
    yield happened.MessageRead("message-1", "sector", None, None, 0.1, away=False)
    yield from (happened.ConsentAsked(after_plan) for after_plan in (True, False))
    yield from (happened.ConsentAnswered(given) for given in (True, False))
    yield from (happened.Told(topic) for topic in TOPICS)
    for supposed in (*EXAMPLES.values(), OTHER_HOURS):
        yield happened.Supposed(supposed)
        yield happened.Supposed(supposed, ("gross_margin", "average_sale"))
    yield happened.NumberOffered(("gross_margin", "average_sale"))
    yield happened.ExamplesOffered(tuple(EXAMPLES))
    yield from (happened.VersionsCompared(since) for since in (None, 1))
    yield from (happened.Reminded(step) for step in (1, 2, 3))
    yield from (happened.RemindersTurned(on) for on in (True, False))
    for action in CATALOG.actions:
        asked = happened.CheckinAsked("plan-1", 3, (action,), action, opening=True)
        yield from (asked, replace(asked, step=None), replace(asked, opening=False))
        yield happened.MeasureAsked(action, asked)
        yield from (happened.ProgressReported(action, going) for going in get_args(happened.Going))
        yield happened.ProgressReported(action, "done", 12.5)
    yield from of_consultants()


def of_consultants() -> Iterator[Event]:
    """What consultants do, and the answers to it."""
    who = (NAME, NAME)
    for slot in SLOTS:
        for answer in values(slot):
            yield happened.AnswerRevised(answer, None, *who, NAME)
            yield happened.AnswerRevised(answer, ANSWERS[slot.id], *who, NAME)
    at, change = "2026-03-01T12:00:00+00:00", Dropped("call_lost_customers")
    yield happened.PlanAmended(Amendment("1", who[0], at, NAME, change))
    yield happened.PlanApproved(1, who[0])
    yield from (happened.PlanSent(1, *who, word) for word in ("", NAME))
    yield happened.PlanSigned(1)
    yield happened.WordSent(*who, f"{NAME}\n{NAME}")
    yield happened.WordReturned("message-1", who[0])
    yield happened.PersonWaits(who[0], "plan")
    yield happened.PersonWaits(who[0], "answer", "employees")
    yield happened.PersonWaits(who[0], "word")
    yield happened.WordAwaited(who[0])


def said(
    language: str, events: Sequence[Event], answers: dict[str, Answer] | None = None
) -> list[Reply]:
    state = Interview(language=language, answers=ANSWERS if answers is None else answers)
    return replies(CATALOG, state, events, PLAN, "{}", "help@example.org")


@cache
def each(language: str) -> list[tuple[Event, list[Reply]]]:
    """Every event, and what is said to it."""
    return [(event, said(language, [event])) for event in all_events()]


def texts(said: Sequence[Reply]) -> Iterator[str]:
    """All that an owner reads."""
    for reply in said:
        yield from reply.text.split("\n")
        yield from (option.label for option in reply.options)


def first_strong(line: str) -> str:
    """The direction of the first letter that has one, or '' where there is none."""
    kinds = (unicodedata.bidirectional(character) for character in line)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "")


def test_every_type_is_tried() -> None:
    assert {type(event) for event in all_events()} == set(get_args(Event))


def test_every_topic_of_the_interview_is_tried() -> None:
    """Topics that the code tells and this file doesn't know would go unseen."""
    from pathlib import Path

    import advisor.interview

    folder = Path(advisor.interview.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    told = set(re.findall(r'Told\("(\w+)"', source)) | set(re.findall(r'telling\("(\w+)"', source))
    assert told - {"noted_"} <= {*TOPICS, *TOPICS_ABOUT_A_SLOT}
    assert set(ACTS) == set(CATALOG.acts)


@both_languages
def test_nothing_is_left_over(language: str) -> None:
    for event, heard in each(language):
        for text in texts(heard):
            assert not LEFTOVERS.search(text.replace(NAME, "x")), (event, text)


@both_languages
def test_nothing_is_left_over_where_nothing_is_known(language: str) -> None:
    for event in all_events():
        if isinstance(event, happened.ContradictionAsked | happened.InsightReached):
            continue  # they are about answers
        for text in texts(said(language, [event], {})):
            assert not LEFTOVERS.search(text.replace(NAME, "x")), (event, text)


def test_hebrew_lines_begin_from_the_right() -> None:
    for event, heard in each("he"):
        if isinstance(event, happened.LanguageChosen) and event.language == "en":
            continue
        for reply in heard:
            for line in reply.text.split("\n"):
                if reply.language == "he" and line not in PLAN.changes:
                    assert first_strong(line) in ("R", "AL", ""), (event, line)


@both_languages
def test_the_language_is_that_of_the_owner(language: str) -> None:
    hebrew = re.compile("[\u05d0-\u05ea]")
    for event in all_events():
        for reply in said(language, [event, happened.Told("thanks")]):
            if reply.language == "en":
                assert not hebrew.search(reply.text), (event, reply.text)
            elif reply.text and NAME not in reply.text:
                assert hebrew.search(reply.text), (event, reply.text)


@both_languages
def test_every_reply_says_something(language: str) -> None:
    for event, heard in each(language):
        assert all(reply.text.strip() for reply in heard), event


@both_languages
def test_options_are_told_apart(language: str) -> None:
    for event, heard in each(language):
        for reply in heard:
            ids = [option.id for option in reply.options]
            assert len(set(ids)) == len(ids), event
            labels = [option.label for option in reply.options]
            if not isinstance(event, happened.ReadingsOffered):  # the same answer twice, here
                assert len(set(labels)) == len(labels), event


@both_languages
def test_only_questions_and_waits_have_options(language: str) -> None:
    for event, heard in each(language):
        for reply in heard:
            assert bool(reply.options) <= (reply.type in ("ask", "wait"))
            assert (reply.question is not None) == (reply.type == "ask")
            assert (reply.type == "wait") <= bool(reply.options), event


@both_languages
def test_notes_stand_in_front_of_the_question(language: str) -> None:
    accepted = happened.AnswerAccepted(known(CATALOG.slots["employees"], "7"), "asked")
    [reply] = said(language, [accepted, happened.QuestionAsked("sector", "ask")])
    note, blank, question = reply.text.split("\n")
    assert "7" in note
    assert not blank
    assert question == CATALOG.question(language, "sector")["ask"]


@both_languages
def test_the_same_answer_again_is_not_echoed(language: str) -> None:
    accepted = happened.AnswerAccepted(ANSWERS["employees"], "asked")
    [reply] = said(language, [accepted, happened.QuestionAsked("sector", "ask")])
    assert reply.text == CATALOG.question(language, "sector")["ask"]


@both_languages
def test_each_plan_says_why_it_comes(language: str) -> None:
    wording = CATALOG.texts[language]["replies"]
    for cause, key in (("finished", "plan_ready"), ("asked", "plan_so_far")):
        [reply] = said(language, [happened.PlanRequested(cause)])
        assert (reply.type, reply.plan, reply.text) == ("plan", "plan-1", wording[key])
    [reply] = said(language, [happened.PlanRequested("changed")])
    assert [line.strip("\u200e\u200f") for line in reply.text.split("\n")] == [
        wording["plan_changed"],
        *PLAN.changes,
    ]
    same = replace(PLAN, changes=(), same=True)
    [reply] = replies(CATALOG, Interview(language), [happened.PlanRequested("changed")], same)
    assert reply.text == wording["plan_same"]


@both_languages
def test_a_notice_goes_in_front(language: str) -> None:
    asked = [happened.QuestionAsked("sector", "ask")]
    first, second = replies(CATALOG, Interview(language), asked, notice="nlu_away")
    assert first == Reply("say", CATALOG.texts[language]["replies"]["nlu_away"], language)
    assert second.question == "sector"


def test_curly_brackets_in_a_name_stay(catalog: Catalog) -> None:
    answer = known(catalog.slots["business_name"], NAME)
    [reply] = said("en", [happened.AnswerAccepted(answer, "asked")])
    assert NAME in reply.text
