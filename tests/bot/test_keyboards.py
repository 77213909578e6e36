"""Buttons: whole, told apart, and never a control and an option at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from talking import known, plain

from advisor.catalog import load_catalog
from advisor.interview import Interview, Pressed, begin, replay, turn
from advisor.interview import events as happened
from advisor.interview.state import Waiting
from advisor.model import AREAS, LANGUAGES, Kind, Slot
from advisor.render.pressed import pressed_words
from advisor.whatif import EXAMPLES
from bot.edits import SENT
from bot.keyboards import OWN_UNKNOWN, Keyboards
from bot.messages import Sent

CATALOG = load_catalog()
SLOTS = sorted(CATALOG.slots.values(), key=lambda slot: slot.id)
ANSWERS = {slot.id: known(slot, plain(slot)) for slot in SLOTS}

both_languages = pytest.mark.parametrize("language", LANGUAGES)
each_slot = pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.id)


def waits() -> Iterator[Waiting]:
    """Everything that is waited for besides answers."""
    yield happened.ConfirmationAsked("restart")
    yield happened.ConfirmationAsked("forget")
    yield happened.ReadingsOffered((ANSWERS["employees"],), "asked")
    yield happened.ReadingsOffered((ANSWERS["employees"], ANSWERS["churn_share"]), "asked")
    yield from (happened.ContradictionAsked(n, r.slots) for n, r in CATALOG.contradictions.items())
    yield happened.TargetAsked(tuple(slot.id for slot in SLOTS[:8]), True, 0)
    yield happened.TargetAsked(("sector",), False, 0)
    yield happened.MenuShown(AREAS)
    yield happened.MenuShown(())
    yield happened.MenuShown(AREAS, going=True, person="Dana")
    yield happened.PersonWaits("Dana", "plan")
    yield happened.PersonWaits("Dana", "answer", "employees")
    yield happened.PersonWaits("Dana", "word")
    yield happened.WordAwaited("Dana")
    yield happened.ComfortOffered()
    yield happened.Paused()
    yield happened.ConsentAsked(after_plan=True)
    yield happened.ConsentAsked(after_plan=False)
    yield happened.NumberOffered(("gross_margin", "average_sale"))
    yield happened.ExamplesOffered(tuple(EXAMPLES))
    asked = happened.CheckinAsked("plan-1", 2, ("measure_churn", "openness"), "map_chain", True)
    yield asked
    yield happened.MeasureAsked("measure_churn", asked)


def test_every_wait_is_tried() -> None:
    assert {type(wait) for wait in waits()} == set(get_args(Waiting))


@both_languages
def test_a_press_can_be_told_in_the_words_of_its_button(language: str) -> None:
    """Readings depend on a message, and consultants' names on who wrote."""
    keyboards = Keyboards(CATALOG, language)
    told = 0
    for wait in waits():
        for option in keyboards.waiting(wait):
            words = pressed_words(CATALOG, language, option.id, None)
            if isinstance(wait, happened.ReadingsOffered):
                assert (words is None) == (option.id in ("/reading:0", "/reading:1"))
            elif option.id == "/reply" or (
                isinstance(wait, happened.NumberOffered) and option.id.startswith("/target:")
            ):
                assert words is not None
                assert words in option.label
            elif isinstance(wait, happened.PersonWaits) and option.id == "/continue":
                assert words is not None
            else:
                assert words == option.label, option.id
                told += 1
    assert told > 30
    for slot in SLOTS:
        asked = happened.QuestionAsked(slot.id, "ask", (), ("employees",))
        for option in keyboards.question(asked):
            assert pressed_words(CATALOG, language, option.id, slot.id) == option.label
    for command in CATALOG.texts[language]["replies"]["commands"]:
        assert command == "start" or pressed_words(CATALOG, language, f"/{command}", None)
    for kind in get_args(Sent):
        assert pressed_words(CATALOG, language, f"{SENT}{kind}", None)
    for unknown in ("", None, "/stale", "/fix:nothing", "/area:x", "/did:x", "cafe"):
        assert pressed_words(CATALOG, language, unknown, "sector") is None


@both_languages
@each_slot
def test_a_question_shows_its_options_and_the_ways_on(language: str, slot: Slot) -> None:
    options = Keyboards(CATALOG, language).question(happened.QuestionAsked(slot.id, "ask"))
    ids = [option.id for option in options]
    assert tuple(i for i in ids if not i.startswith("/")) == slot.options
    assert "/skip" in ids
    says_so_itself = slot.kind is Kind.TEXT or OWN_UNKNOWN & set(slot.options)
    assert ("/unsure" in ids) == (not says_so_itself)
    assert len({option.label for option in options}) == len(options)


@each_slot
def test_options_never_look_like_controls(slot: Slot) -> None:
    assert not any(option.startswith("/") for option in slot.options)


@both_languages
def test_ticks_are_shown_and_lead_on(language: str) -> None:
    event = happened.QuestionAsked("churn_reasons", "tick", ("fear", "price"))
    options = Keyboards(CATALOG, language).question(event)
    assert {option.id for option in options if option.ticked} == {"fear", "price"}
    assert [option.id for option in options if option.id.startswith("/")] == ["/done"]


@both_languages
def test_what_was_volunteered_can_be_taken_back(language: str) -> None:
    event = happened.QuestionAsked("sector", "ask", undoable=("employees", "crisis"))
    options = Keyboards(CATALOG, language).question(event)
    assert [option.id for option in options[-2:]] == ["/undo:employees", "/undo:crisis"]


@both_languages
@pytest.mark.parametrize("wait", list(waits()), ids=lambda wait: wait.type)
def test_waits_have_whole_buttons(language: str, wait: Waiting) -> None:
    options = Keyboards(CATALOG, language).waiting(wait)
    assert options
    assert all(option.id.startswith("/") for option in options)
    assert len({option.id for option in options}) == len(options)
    assert all(option.label and "{" not in option.label for option in options)


@pytest.mark.parametrize("wait", list(waits()), ids=lambda wait: wait.type)
def test_every_button_of_a_wait_is_understood(wait: Waiting) -> None:
    """None is taken for one that belongs to something else."""
    state = replay(Interview(), [*begin(CATALOG, "en"), wait])
    state = replay(state, [happened.AnswerAccepted(a, "asked") for a in ANSWERS.values()])
    revised = happened.AnswerRevised(ANSWERS["employees"], None, "Dana", "North", "so")
    sent = happened.PlanSent(1, "Dana", "North", "")
    state = replay(state, [happened.PlanRequested("finished"), revised, sent, wait])
    for option in Keyboards(CATALOG, "en").waiting(wait):
        events = turn(CATALOG, state, Pressed(option.id))
        assert happened.Told("stale_option") not in events, option.id


@each_slot
def test_every_button_of_a_question_is_understood(slot: Slot) -> None:
    asked = happened.QuestionAsked(slot.id, "ask")
    state = replay(Interview(), [*begin(CATALOG, "en"), asked])
    for option in Keyboards(CATALOG, "en").question(asked):
        events = turn(CATALOG, state, Pressed(option.id, slot.id))
        assert happened.Told("stale_option") not in events, option.id
