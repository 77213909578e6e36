"""The line protocol of `comeback understand`: {"question", "text"} in, what was read out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

from advisor.codec import plain_answers
from advisor.interview.inputs import Reading
from bot.understanding.port import Reader


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """A reading as one object."""
    return {
        "act": reading.act,
        "slots": plain_answers(reading.answers),
        "target": reading.target,
        "confidence": round(reading.confidence, 3),
    }


async def understand(reader: Reader, lines: AsyncIterable[str]) -> AsyncIterator[str]:
    """One line of JSON for each line that isn't blank. A line that isn't a message reads as one
    that says nothing, so that answers stay in step with the lines."""
    async for line in lines:
        if not line.strip():
            continue
        text, question = asked(line)
        reading = await reader.read(text, question)
        yield json.dumps(reading_as_json(reading), ensure_ascii=False)


def asked(line: str) -> tuple[str, str | None]:
    """The text and the question of a line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "", None
    if not isinstance(row, dict):
        return "", None
    question = row.get("question")
    return str(row.get("text") or ""), question if isinstance(question, str) else None
