"""A process that is killed loses nothing: the next one goes on at the same question."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from processes import Process, inputs

from advisor.catalog import Catalog

MOMENTS = (0.0, 0.002, 0.005, 0.01, 0.03)
"""Seconds after a line is sent at which the process is killed: before, while and after it is
dealt with."""


async def undisturbed(catalog: Catalog, data: Path) -> dict[str, Any]:
    """The plan of a run from beginning to end."""
    process = await Process.run(data)
    rows = await process.start()
    while rows[-1]["type"] == "ask":
        for line in inputs(catalog, rows[-1]["question"]):
            rows = await process.answer(**line)
    await process.kill()
    assert [row["type"] for row in rows[-2:]] == ["plan", "wait"]
    return rows[-2]


def stored(data: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{data / 'comeback.db'}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.slow
async def test_a_killed_process_goes_on_where_it_was(catalog: Catalog, tmp_path: Path) -> None:
    expected = await undisturbed(catalog, tmp_path / "undisturbed")
    data = tmp_path / "killed"
    kills = 0

    async def again(process: Process) -> tuple[Process, list[dict[str, Any]]]:
        nonlocal kills
        kills += 1
        await process.kill()
        process = await Process.run(data)
        return process, await process.start()

    # after the first question
    process = await Process.run(data)
    rows = await process.start()
    first = rows[-1]["question"]
    process, rows = await again(process)
    assert rows[-1]["question"] == first

    moments = list(MOMENTS)
    ticked = False
    while rows[-1]["type"] == "ask":
        question = rows[-1]["question"]
        lines = inputs(catalog, question)
        if len(lines) > 1 and not ticked:
            # at a multiple choice with one option chosen: the choice is still there
            ticked = True
            await process.answer(**lines[0])
            process, rows = await again(process)
            assert rows[-1]["question"] == question
            lines = lines[1:]
        elif len(lines) == 1 and moments and question != first:
            # in the middle of an answer: it was saved as a whole, or not at all
            process.send(**lines[0])
            await asyncio.sleep(moments.pop(0))
            process, rows = await again(process)
            if rows[-1]["question"] != question:
                continue
        for line in lines:
            rows = await process.answer(**line)
    assert kills == len(MOMENTS) + 2
    assert not moments

    plan = next(row for row in rows if row["type"] == "plan")
    assert plan["answers"] == expected["answers"]
    assert plan["actions"] == expected["actions"]

    # after the plan: it stays, and a start begins anew
    process, rows = await again(process)
    assert rows[-1]["question"] == first
    await process.kill()
    assert stored(data, "SELECT count(*) FROM plans") == [(1,)]
    assert stored(data, "SELECT count(*) FROM interviews WHERE ended_at IS NULL") == [(1,)]
