"""A person at a terminal: numbers for options, letters for controls, typing always."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from talking import Owner, plain

from advisor.model import LANGUAGES
from advisor.render.direction import bare
from bot.messages import Incoming
from bot.terminal.person import Person, chat
from bot.terminal.screen import Screen

MakePerson = Callable[..., Person]


@pytest.fixture
def make(owner: Owner, tmp_path: Path) -> MakePerson:
    def person(language: str = "en", visual: bool = False) -> Person:
        console = Console(file=io.StringIO(), width=80, highlight=False, force_terminal=False)
        return Person(
            catalog=owner.conversation.catalog,
            store=owner.store,
            conversation=owner.conversation,
            address=owner.address,
            clock=owner.conversation.clock,
            folder=tmp_path / "plans",
            screen=Screen(console, language, visual),
            loading=lambda: owner.reader.away,
            language=language,
        )

    return person


def shown(person: Person) -> str:
    """What is on the screen, which is then wiped."""
    file = person.screen.console.file
    assert isinstance(file, io.StringIO)
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text


async def type_in(person: Person, typed: str) -> str:
    await person.send(*person.understood(typed))
    return shown(person)


async def go_to(person: Person, question: str) -> None:
    """Answer until the question stands."""
    for _ in range(40):
        if person.question == question:
            break
        slot = person.catalog.slots[person.question or ""]
        text = plain(slot) if slot.id == "business_name" else f"{slot.id}={plain(slot)}"
        await person.send(Incoming(person.address, text=text))
    assert person.question == question
    shown(person)


async def test_the_first_question(make: MakePerson) -> None:
    person = make()
    await person.begin()
    screen = shown(person)
    assert "What is the business called?" in screen
    assert "a) Skip" in screen
    assert "Question 1 of " in screen


async def test_options_have_numbers_and_controls_letters(make: MakePerson) -> None:
    person = make()
    await person.begin()
    screen = await type_in(person, "Corner Bakery")
    assert "1) Restaurant, café or food" in screen
    assert "15) Something else" in screen
    assert "a) Don't know" in screen
    assert "b) Skip" in screen


@pytest.mark.parametrize("typed", ["2", " 2 ", "2 "])
async def test_a_number_chooses(make: MakePerson, owner: Owner, typed: str) -> None:
    person = make()
    await person.begin()
    await go_to(person, "sector")
    await type_in(person, typed)
    assert await owner.value("sector") == "shop"


@pytest.mark.parametrize("typed", ["b", "B"])
async def test_a_letter_is_a_control(make: MakePerson, owner: Owner, typed: str) -> None:
    person = make()
    await person.begin()
    await go_to(person, "sector")
    screen = await type_in(person, typed)
    assert "All right, skipped." in screen
    assert person.question == "customer_type"


async def test_hebrew_has_hebrew_letters(make: MakePerson) -> None:
    person = make("he")
    await person.begin()
    await go_to(person, "sector")
    await type_in(person, "ב")
    assert person.question == "customer_type"


@pytest.mark.parametrize("typed", ["1,3", "1, 3", "1 3", "3;1", "1,3.", "3,1,3"])
async def test_several_numbers_choose_several(make: MakePerson, owner: Owner, typed: str) -> None:
    person = make()
    await person.begin()
    await go_to(person, "weak_links")
    await type_in(person, typed)
    assert await owner.value("weak_links") == ("logistics", "suppliers")
    assert person.question != "weak_links"


async def test_numbers_one_by_one_are_ticked(make: MakePerson, owner: Owner) -> None:
    person = make()
    await person.begin()
    await go_to(person, "weak_links")
    assert "✓ " in await type_in(person, "1")
    await type_in(person, "2")
    screen = await type_in(person, "1")
    assert screen.count("✓ ") == 1
    assert "a) Done" in screen
    await type_in(person, "a")
    assert await owner.value("weak_links") == ("staff",)


async def test_a_figure_is_no_choice(make: MakePerson, owner: Owner) -> None:
    person = make()
    await person.begin()
    await go_to(person, "employees")
    [incoming] = person.understood("1")
    assert incoming == Incoming(owner.address, text="1", question="employees")


@pytest.mark.parametrize("typed", ["99", "1,99 and more", "z", "", "  ", "1000"])
async def test_anything_else_is_a_message(make: MakePerson, owner: Owner, typed: str) -> None:
    person = make()
    await person.begin()
    await go_to(person, "weak_links")
    [incoming] = person.understood(typed)
    assert incoming.text == typed
    assert incoming.option is None


async def test_a_business_may_have_a_number_for_a_name(make: MakePerson, owner: Owner) -> None:
    person = make()
    await person.begin()
    await type_in(person, "1")
    assert await owner.value("business_name") == "1"


async def test_many_volunteered_answers_fit_the_letters(make: MakePerson, owner: Owner) -> None:
    """More buttons than letters: those past the last one are for other channels."""
    person = make()
    await person.begin()
    apart = ("sector", "sales_channels", "contact_channels", "revenue_now")
    slots = [slot for slot in person.catalog.slots.values() if slot.id not in apart]
    screen = await type_in(person, ", ".join(f"{slot.id}={plain(slot)}" for slot in slots))
    assert "a) Don't know" in screen
    assert "p) Undo:" in screen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_plan_is_shown_and_saved(
    make: MakePerson, owner: Owner, tmp_path: Path, language: str
) -> None:
    person = make(language)
    await person.begin()
    shown(person)
    core = ", ".join(f"{slot.id}={plain(slot)}" for slot in person.catalog.core())
    screen = await type_in(person, core)
    page = tmp_path / "plans" / f"plan-1-{language}.html"
    assert page.exists()
    assert "Corner Bakery" in page.read_text(encoding="utf-8")
    assert "Corner Bakery" in screen
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("png", b"\x89PNG"), ("html", b"<!")):
        saved = page.with_suffix(f".{ending}")
        assert saved.read_bytes().startswith(start)
        assert saved.name in screen
    assert "█" in screen
    assert not re.search(r"[{}]|None(?! in a |\.)", screen.replace(str(tmp_path), ""))
    assert not re.search("[\u2066-\u2069\u200e\u200f]", screen)


@pytest.mark.parametrize(("language", "typed"), [("he", "נוסחים 1"), ("en", "Drafts 1")])
async def test_drafts_are_shown_when_asked_for(
    make: MakePerson, owner: Owner, language: str, typed: str
) -> None:
    person = make(language)
    await person.begin()
    shown(person)
    assert not person.shows_drafts(typed)
    core = ", ".join(f"{slot.id}={plain(slot)}" for slot in person.catalog.core())
    screen = await type_in(person, core)
    assert person.texts["drafts_hint"] in screen
    assert person.view is not None
    with_words = next(action for action in person.view.actions if action.drafts)
    assert with_words.drafts[0].name in screen
    assert person.shows_drafts(typed.replace("1", str(with_words.number)))
    screen = " ".join(shown(person).split())
    for draft in with_words.drafts:
        for text in (draft.name, draft.channel_name, *draft.checks, *draft.paragraphs):
            assert " ".join(bare(text).split()) in screen
    without = next((a for a in person.view.actions if not a.drafts), None)
    assert without is not None
    assert person.shows_drafts(typed.replace("1", str(without.number)))
    assert person.texts["drafts_none"] in shown(person)
    assert not person.shows_drafts(typed.replace("1", "99"))
    assert not person.shows_drafts("what about drafts 1")


async def test_asking_for_drafts_is_no_message(make: MakePerson, owner: Owner) -> None:
    person = make()
    await person.begin()
    core = ", ".join(f"{slot.id}={plain(slot)}" for slot in person.catalog.core())
    await type_in(person, core)
    assert person.view is not None
    number = next(action.number for action in person.view.actions if action.drafts)
    typed = iter([f"drafts {number}"])

    async def read() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    await chat(person, read)
    screen = shown(person)
    assert person.view.words["action"]["draft_checks"] in screen
    assert str(person.catalog.texts["en"]["replies"]["missed"]) not in screen


async def test_data_are_saved(make: MakePerson, tmp_path: Path) -> None:
    person = make()
    await person.begin()
    await go_to(person, "sector")
    screen = await type_in(person, "export")
    assert "my-data.json" in screen
    assert "my-data.html" in screen
    page = (tmp_path / "plans" / "my-data.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Corner Bakery" in page
    assert "Corner Bakery" in (tmp_path / "plans" / "my-data.json").read_text(encoding="utf-8")


async def test_the_language_of_the_screen_follows(make: MakePerson) -> None:
    person = make("en")
    await person.begin()
    await go_to(person, "sector")
    screen = await type_in(person, "language he")
    assert "ממשיכים בעברית" in screen
    assert person.toolbar() == str(person.catalog.texts["he"]["terminal"]["hints"])


async def test_the_toolbar_tells_that_understanding_loads(make: MakePerson, owner: Owner) -> None:
    person = make()
    owner.reader.away = True
    first, second = person.toolbar(), person.toolbar()
    assert first.endswith(str(person.texts["loading"]))
    assert first != second
    owner.reader.away = False
    assert person.toolbar() == str(person.texts["hints"])


async def test_talk_until_the_end_of_input(make: MakePerson, owner: Owner) -> None:
    person = make()
    typed = iter(["Corner Bakery", "2"])

    async def read() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    await person.begin()
    await chat(person, read)
    assert await owner.value("sector") == "shop"
    assert "Everything is saved." in shown(person)


async def test_a_turn_that_breaks_is_told(
    make: MakePerson, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make()
    await person.begin()
    shown(person)

    async def broken(text: str, question: str | None) -> object:
        raise RuntimeError

    monkeypatch.setattr(owner.reader, "read", broken)
    assert "your answers are safe" in await type_in(person, "Corner Bakery")
    monkeypatch.undo()
    await type_in(person, "Corner Bakery")
    assert person.question == "sector"
