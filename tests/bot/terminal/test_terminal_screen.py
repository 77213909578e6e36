"""Lines on a terminal: wrapped, in order, without invisible marks."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from advisor.catalog import Catalog
from advisor.model import PersonalWord
from advisor.planning import make_plan
from advisor.render.view import plan_view
from bot.messages import Option
from bot.rtl import for_terminal
from bot.terminal.plan import show_plan
from bot.terminal.screen import Screen


def screen(language: str, visual: bool = False, width: int = 40) -> Screen:
    return Screen(Console(file=io.StringIO(), width=width, highlight=False), language, visual)


def shown(screen: Screen) -> list[str]:
    file = screen.console.file
    assert isinstance(file, io.StringIO)
    return [line.rstrip("\n") for line in file.getvalue().splitlines()]


def test_visual_order_turns_letters_but_not_numbers() -> None:
    assert for_terminal("שלום 24", "he", True) == "24 םולש"
    assert for_terminal("שלום Bakery", "he", True) == "Bakery םולש"
    assert for_terminal("שלום (24)", "he", True) == "(24) םולש"


def test_stored_order_is_left_alone() -> None:
    assert for_terminal("שלום 24", "he", False) == "שלום 24"
    assert for_terminal("hello (24)", "en", True) == "hello (24)"


def test_marks_are_left_out() -> None:
    assert for_terminal("\u200fשלום \u2068Bakery\u2069", "he", False) == "שלום Bakery"
    assert for_terminal("\u200fשלום \u2068Bakery\u2069", "he", True) == "Bakery םולש"
    assert for_terminal("\u2068Corner (old)\u2069 24", "he", True) == "24 Corner (old)"
    assert for_terminal("ב-\u2068A\u2069 \u2068B\u2069", "he", True) == "B A-ב"


def test_isolates_that_wrapping_tore_apart() -> None:
    assert for_terminal("שלום \u2068Corner", "he", True) == "Corner םולש"
    assert for_terminal("Bakery\u2069 שלום", "he", True) == "םולש Bakery"


def test_visual_lines_are_wrapped_before_they_are_turned() -> None:
    """The first row holds the first words."""
    page = screen("he", visual=True, width=20)
    page.line("אחת שתיים שלוש ארבע חמש שש")
    rows = [row.strip() for row in shown(page)]
    assert rows[0].endswith("תחא")
    assert rows[-1].startswith("שש")


def test_visual_lines_end_at_the_right() -> None:
    page = screen("he", visual=True, width=30)
    page.line("שלום")
    assert shown(page) == [" " * 26 + "םולש"]


def test_long_lines_are_wrapped() -> None:
    page = screen("en", width=30)
    page.line("word " * 20, indent=4)
    rows = shown(page)
    assert len(rows) > 3
    assert all(row.startswith("    word") and len(row.rstrip()) <= 30 for row in rows)


def test_square_brackets_are_text() -> None:
    """What an owner wrote is no markup."""
    page = screen("en")
    page.say("[bold]Corner[/bold] [Bakery]")
    assert shown(page)[1].rstrip() == "[bold]Corner[/bold] [Bakery]"


def test_a_question_with_its_choices() -> None:
    page = screen("en")
    options = [("1", Option("a", "First", ticked=True)), ("a", Option("/skip", "Skip"))]
    page.ask("Which?", options, "Question 2 of 20")
    rows = [row.rstrip() for row in shown(page)]
    assert rows == ["", "Which?", "  1) ✓ First", "  a) Skip", "Question 2 of 20"]


def test_paths_are_never_broken() -> None:
    page = screen("he", visual=True, width=20)
    path = Path("folder") / ("long-" * 10 + "name.html")
    page.path(path)
    assert shown(page) == [f"  {path}"]


def test_a_consultants_word_stands_above_the_plan(catalog: Catalog) -> None:
    word = PersonalWord("Dana", "North", "Well done.\nGo on.", "2026-03-09T09:30:00+00:00")
    plan = make_plan(catalog, {})
    for given in (word, None):
        made = screen("en", width=80)
        show_plan(made, plan_view(catalog, plan, "en", word=given))
        lines = [line.strip() for line in shown(made)]
        assert ("A personal word" in lines) is (given is not None)
        if given is not None:
            start = lines.index("A personal word")
            told = [line for line in lines[start:] if line]
            assert told[1:4] == ["Well done.", "Go on.", "Dana, North, March 9, 2026"]
