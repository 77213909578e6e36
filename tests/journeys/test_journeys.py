"""Whole interviews as transcripts, compared to the letter.

A line that begins with `owner:` is a button that is pressed (or `start`, with a language), one with
`owner says:` is typed; all the others are what comes back. What is typed is a name, a "what if", or
`slot=value` as the tests' reader takes it. `pytest tests/journeys --update-journeys` plays the
owner's lines and writes the others anew; read the difference before you keep it.
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
SAYS = "owner says: "


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
async def test_a_journey(catalog: Catalog, path: Path, request: pytest.FixtureRequest) -> None:
    async with talking(catalog) as owner:
        lines = [line async for line in played(owner, doings(path))]
    if request.config.getoption("--update-journeys"):
        write(path, lines)
    assert lines == read(path)


def read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def doings(path: Path) -> list[str]:
    """What the owner does."""
    return [line for line in read(path) if line.startswith((OWNER, SAYS))]


async def played(owner: Owner, doings: list[str]) -> AsyncIterator[str]:
    """The transcript that it leads to."""
    for doing in doings:
        yield doing
        press = doing.removeprefix(OWNER)
        command, _, language = press.partition(" ")
        if doing.startswith(SAYS):
            await owner.say(doing.removeprefix(SAYS))
        elif command == "start":
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
