"""Whole interviews as transcripts, compared to the letter.

A line that begins with `owner:` is a button that is pressed (or `start`, with a language); all the
others are what comes back. `pytest tests/journeys --update-journeys` plays the owner's lines and
writes the others anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from talking import Owner, talking

from advisor.catalog import Catalog
from advisor.store.codec import plan_from_json
from bot.messages import Reply

FOLDER = Path(__file__).parent
OWNER = "owner: "


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
async def test_a_journey(catalog: Catalog, path: Path, request: pytest.FixtureRequest) -> None:
    async with talking(catalog) as owner:
        lines = [line async for line in played(owner, presses(path))]
        assert not owner.reader.heard, "journeys need nothing but buttons"
    if request.config.getoption("--update-journeys"):
        write(path, lines)
    assert lines == read(path)


def read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def presses(path: Path) -> list[str]:
    """What the owner does."""
    return [line.removeprefix(OWNER) for line in read(path) if line.startswith(OWNER)]


async def played(owner: Owner, presses: list[str]) -> AsyncIterator[str]:
    """The transcript that the presses lead to."""
    for press in presses:
        yield OWNER + press
        command, _, language = press.partition(" ")
        if command == "start":
            await owner.start(language)
        else:
            await owner.press(press)
        for reply in owner.replies:
            for line in written(reply):
                yield line
            if reply.plan is not None:
                async with owner.store.unit() as unit:
                    plan = plan_from_json((await unit.plan(reply.plan)).document)
                for action in plan.actions:
                    last = action.start_week + action.weeks - 1
                    yield f"    week {action.start_week}-{last} {action.id}"
        yield ""


def written(reply: Reply) -> Iterator[str]:
    """A reply as the transcript shows it."""
    place = f" {reply.question}" if reply.question else ""
    place += " {}/{}".format(*reply.progress) if reply.progress else ""
    first, *rest = reply.text.split("\n")
    yield f"{reply.type}{place}: {first}"
    yield from (f"    {line}".rstrip() for line in rest)
    for option in reply.options:
        tick = "x" if option.ticked else " "
        yield f"    [{tick}] {option.id}: {option.label}"
