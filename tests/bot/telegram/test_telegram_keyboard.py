"""Buttons: what they carry, how they stand, and which way they read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.render.telegram import PARTS
from bot.keyboards import Keyboards
from bot.messages import Option
from bot.telegram.keyboard import ACTION, DRAFTS, PART, TICK, Press, keyboard, pack, unpack
from bot.telegram.layout import ACTIONS

LATEST = str(2**63 - 1)
PLAN = "f" * 32
labels = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
options = st.builds(
    Option,
    id=st.from_regex(r"/?[a-z_]{1,20}", fullmatch=True),
    label=labels,
    ticked=st.booleans(),
)


def test_data_fits_for_every_slot_and_option(catalog: Catalog) -> None:
    every = tuple(catalog.slots)
    for slot in catalog.slots.values():
        asked = happened.QuestionAsked(slot.id, "tick", slot.options, every)
        for option in Keyboards(catalog, "en").question(asked):
            assert len(pack(Press(LATEST, slot.id, option.id)).encode()) <= 64


def test_data_fits_for_everything_else_that_is_waited_for(catalog: Catalog) -> None:
    slots = tuple(catalog.slots)
    waits = (
        happened.TargetAsked(slots, True, 9),
        happened.MenuShown(tuple(catalog.texts["en"]["replies"]["areas"])),
        *(happened.ContradictionAsked(name, slots) for name in catalog.contradictions),
    )
    for wait in waits:
        for option in Keyboards(catalog, "en").waiting(wait):
            assert len(pack(Press(LATEST, None, option.id)).encode()) <= 64


def test_data_fits_for_every_action_of_a_plan(catalog: Catalog) -> None:
    for kind in (ACTION, DRAFTS):
        presses = [Press(PLAN, None, kind + name) for name in catalog.actions]
        assert all(len(pack(press).encode()) <= 64 for press in presses)
        assert [press.wanted for press in presses] == [
            (kind.strip("/:"), name) for name in catalog.actions
        ]


def test_data_fits_for_every_part_of_a_plan() -> None:
    for name in (*PARTS, ACTIONS):
        press = Press(PLAN, None, PART + name)
        assert len(pack(press).encode()) <= 64
        assert press.wanted == ("part", name)


@settings(deadline=None)
@given(st.lists(options, min_size=1, max_size=20, unique_by=lambda option: option.id))
def test_hebrew_rows_are_the_english_ones_turned_round(shown: list[Option]) -> None:
    he, en = (keyboard(shown, language, "5", "sector") for language in ("he", "en"))
    assert he is not None
    assert en is not None
    assert he.inline_keyboard == tuple(row[::-1] for row in en.inline_keyboard)


@settings(deadline=None)
@given(st.lists(options, min_size=1, max_size=20, unique_by=lambda option: option.id))
def test_controls_stand_below_the_options(shown: list[Option]) -> None:
    made = keyboard(shown, "en", "5", "sector")
    assert made is not None
    pressed = [unpack(str(b.callback_data)) for row in made.inline_keyboard for b in row]
    controls = [press.option.startswith("/") for press in pressed if press]
    assert controls == sorted(controls)
    assert len(controls) == len(shown)


@settings(deadline=None)
@given(st.from_regex(r"[0-9a-f]{1,20}", fullmatch=True), st.none() | st.just("sector"), options)
def test_a_press_says_what_its_button_said(version: str, question: str | None, o: Option) -> None:
    assert unpack(pack(Press(version, question, o.id))) == Press(version, question, o.id)


@pytest.mark.parametrize("data", ["", "x", "a|b", "a|b|", "🙂"])
def test_foreign_data_is_no_press(data: str) -> None:
    assert unpack(data) is None


def test_chosen_options_are_ticked_and_long_labels_stand_alone() -> None:
    shown = [Option("a", "A", ticked=True), Option("b", "B"), Option("c", "C" * 30)]
    made = keyboard([*shown, Option("/skip", "Skip")], "en", "5", "sector")
    assert made is not None
    rows = [[button.text for button in row] for row in made.inline_keyboard]
    assert rows == [[TICK + "A", "B"], ["C" * 30], ["Skip"]]
