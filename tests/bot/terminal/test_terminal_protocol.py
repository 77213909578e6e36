"""The line protocol: shapes of lines, and every line is answered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from talking import Owner, plain

from advisor.model import LANGUAGES, Kind
from bot.terminal.protocol import Lines, serve_lines

SHAPES = {
    "ask": {"type", "question", "text", "options"},
    "wait": {"type", "text", "options"},
    "say": {"type", "text"},
    "plan": {"type", "text", "actions", "answers"},
}


class Program:
    """Talks in lines, and checks the shape of every line that comes back."""

    def __init__(self, owner: Owner) -> None:
        self.owner = owner
        self.out: list[dict[str, Any]] = []
        self.lines = Lines(
            catalog=owner.conversation.catalog,
            store=owner.store,
            conversation=owner.conversation,
            address=owner.address,
            clock=owner.conversation.clock,
            emit=self.emit,
            language="he",
        )

    def emit(self, row: dict[str, Any]) -> None:
        assert row == json.loads(json.dumps(row))
        assert row.keys() - {"data"} == SHAPES[row["type"]]
        assert isinstance(row["text"], str)
        for option in row.get("options", []):
            assert option.keys() == {"id", "label"}
        self.out.append(row)

    async def send(self, line: object) -> list[dict[str, Any]]:
        self.out.clear()
        await self.lines.take(line if isinstance(line, str) else json.dumps(line))
        return list(self.out)

    async def finish(self) -> list[dict[str, Any]]:
        """Answer by buttons where there are any, until something else than a question comes."""
        rows = list(self.out)
        for _ in range(60):
            if rows[-1]["type"] != "ask":
                return rows
            slot = self.lines.catalog.slots[rows[-1]["question"]]
            if slot.options:
                rows = await self.send({"option": plain(slot)})
                if slot.kind is Kind.CHOICES:
                    rows = await self.send({"option": plain(slot)})
            elif slot.kind is Kind.TEXT:
                rows = await self.send({"text": plain(slot)})
            else:
                rows = await self.send({"text": f"{slot.id}={plain(slot)}"})
        raise AssertionError("the interview doesn't end")


@pytest.fixture
def program(owner: Owner) -> Program:
    return Program(owner)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_whole_interview(program: Program, language: str) -> None:
    rows = await program.send({"start": True, "lang": language})
    assert [row["type"] for row in rows] == ["say", "say", "ask"]
    rows = await program.finish()
    assert [row["type"] for row in rows[-2:]] == ["plan", "wait"]
    plan = rows[-2]
    for action in plan["actions"]:
        assert action.keys() >= {"id", "start_week", "weeks", "because"}
        assert 1 <= action["start_week"] <= 13
        assert action["because"]
    assert plan["answers"]["business_name"] == "Corner Bakery"
    assert plan["answers"]["churn_share"] == 30
    assert plan["answers"]["contact_channels"] == ["phone"]
    assert plan["answers"]["monthly_budget"] == {"amount": 20.0, "currency": "ILS"}


async def test_pressing_a_ticked_option_means_done(program: Program) -> None:
    await program.send({"start": True, "lang": "en"})
    await program.owner.conversation.receive(
        program.lines.parse('{"text": "business_name=A"}')  # type: ignore[arg-type]
    )
    rows = await program.send({"text": "change weak_links"})
    assert rows[-1]["question"] == "weak_links"
    await program.send({"option": "staff"})
    rows = await program.send({"option": "suppliers"})
    assert rows[-1]["question"] == "weak_links"
    rows = await program.send({"option": "staff"})
    assert rows[-1]["question"] == "sector"
    assert await program.owner.value("weak_links") == ("staff", "suppliers")


async def test_start_goes_on_with_an_unfinished_interview(program: Program) -> None:
    await program.send({"start": True, "lang": "en"})
    await program.send({"text": "Corner Bakery"})
    again = Program(program.owner)
    rows = await again.send({"start": True, "lang": "en"})
    assert rows[-1]["question"] == "sector"
    assert await program.owner.value("business_name") == "Corner Bakery"


async def test_start_begins_anew_after_a_finished_one(program: Program) -> None:
    await program.send({"start": True, "lang": "en"})
    await program.finish()
    rows = await program.send({"start": True, "lang": "he"})
    assert rows[-1]["question"] == "business_name"
    assert not (await program.owner.state()).answers


async def test_starting_twice_is_harmless(program: Program) -> None:
    first = await program.send({"start": True, "lang": "en"})
    second = await program.send({"start": True, "lang": "en"})
    assert second == [first[-1]]


async def test_what_a_run_left_unshown_is_shown_but_for_an_older_question(
    program: Program,
) -> None:
    await program.send({"start": True, "lang": "en"})
    cut_off = program.lines.parse('{"text": "business_name=Corner Bakery, employees=4"}')
    assert cut_off is not None
    await program.owner.conversation.receive(cut_off)
    rows = await Program(program.owner).send({"start": True, "lang": "en"})
    assert [row["type"] for row in rows] == ["ask"]
    assert rows[0]["question"] == "sector"


async def test_a_plan_that_a_run_left_unshown_comes_first(program: Program) -> None:
    await program.send({"start": True, "lang": "en"})
    for slot in program.lines.catalog.core():
        incoming = program.lines.parse(json.dumps({"text": f"{slot.id}={plain(slot)}"}))
        assert incoming is not None
        await program.owner.conversation.receive(incoming)
    rows = await Program(program.owner).send({"start": True, "lang": "en"})
    types = [row["type"] for row in rows]
    assert types.index("plan") < types.index("ask")
    assert types.count("ask") == 1
    assert "wait" not in types
    assert rows[-1]["question"] == "business_name"


async def test_data_come_as_a_say(program: Program) -> None:
    await program.send({"start": True, "lang": "en"})
    await program.send({"text": "Corner Bakery"})
    rows = await program.send({"text": "export"})
    assert rows[0]["type"] == "say"
    assert rows[0]["data"]["chat"]["address"] == program.owner.address
    assert rows[-1]["question"] == "sector"


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "{",
        "[]",
        "17",
        "null",
        '"text"',
        "{}",
        '{"text": 5}',
        '{"text": null}',
        '{"option": ["price"]}',
        '{"start": false}',
        "[" * 100_000,
        '{"a":' * 100_000,
        "\ufffd\ufffd",
        "\x00",
    ],
    ids=lambda line: line[:20],
)
async def test_a_line_that_is_not_of_the_protocol(program: Program, line: str) -> None:
    await program.send({"start": True, "lang": "en"})
    await program.send({"text": "Corner Bakery"})
    [row] = await program.send(line)
    assert row["type"] == "say"
    assert row["text"].startswith("Send one JSON object a line")
    assert (await program.owner.state()).current == "sector"


@pytest.mark.parametrize("lang", [None, "fr", 5, ["he"], {"he": 1}])
async def test_a_language_that_is_none(program: Program, lang: object) -> None:
    rows = await program.send({"start": True, "lang": lang})
    assert rows[-1]["question"] == "business_name"


@pytest.mark.parametrize("text", ["", "\ud800", "a\x00b\x00\x00", "🙂", "x" * 100_000, "Привет"])
async def test_odd_text_is_answered(program: Program, text: str) -> None:
    await program.send({"start": True, "lang": "en"})
    await program.send({"text": "Corner Bakery"})
    rows = await program.send({"text": text})
    assert rows[-1]["question"] == "sector"
    for row in rows:
        json.dumps(row, ensure_ascii=False).encode()


@pytest.mark.parametrize("option", ["", "no-such", "/nothing", "\ud800", "x" * 10_000])
async def test_an_odd_option_is_answered(program: Program, option: str) -> None:
    await program.send({"start": True, "lang": "en"})
    [row] = await program.send({"option": option})
    assert row["question"] == "business_name"


async def test_a_turn_that_breaks_is_told_and_the_talk_goes_on(
    program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await program.send({"start": True, "lang": "en"})
    good = program.owner.reader.read

    async def broken(text: str, question: str | None) -> object:
        raise RuntimeError("the owner's own words")

    monkeypatch.setattr(program.owner.reader, "read", broken)
    [row] = await program.send({"text": "Corner Bakery"})
    assert row["type"] == "say"
    assert "your answers are safe" in row["text"]
    assert "test_terminal_protocol-" in row["text"]
    captured = capsys.readouterr()
    assert "own words" not in captured.out + captured.err
    monkeypatch.setattr(program.owner.reader, "read", good)
    rows = await program.send({"text": "Corner Bakery"})
    assert rows[-1]["question"] == "sector"


async def test_blank_lines_are_passed_over(program: Program) -> None:
    async def lines() -> AsyncIterator[str]:
        for line in ("\n", '{"start": true, "lang": "en"}\n', "  \n"):
            yield line

    await serve_lines(lines(), program.lines)
    assert [row["type"] for row in program.out] == ["say", "say", "ask"]
