"""Whole messages as owners write them, with the words of each statement marked.

together/<language>.yml: the question that stood, and a text in which `[words](slot.option)` says
what words state. What stands outside the brackets is remark: it answers nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Optional, Tuple

import yaml
from components.labels import Label, read_label
from examples import LANGUAGES, Example

FOLDER = "together"
MARKED = re.compile(r"\[([^\]]+)\]\(([a-z_0-9]+(?:\.[a-z_0-9+]+)?)\)")
NAMES = ("business_name",)
"""Slots whose value is a name: nothing can be learned from one by itself."""

Part = Tuple[str, Optional[Label]]
"""A piece of a message, and what it states; None for a remark."""


@dataclass(frozen=True)
class Told:
    """A message, in its parts."""

    language: str
    question: Optional[str]
    parts: Tuple[Part, ...]

    @property
    def text(self) -> str:
        """The message as it was typed."""
        return "".join(text for text, _ in self.parts)


def read_messages(project: Path) -> List[Told]:
    """Every message of the project."""
    found = []
    for language in LANGUAGES:
        path = project / FOLDER / f"{language}.yml"
        for row in yaml.safe_load(path.read_text("utf-8")):
            found.append(Told(language, row["question"], tuple(parts_of(row["text"]))))
    return found


def parts_of(marked: str) -> Iterator[Part]:
    """The parts of a marked text, in order."""
    start = 0
    for match in MARKED.finditer(marked):
        if match.start() > start:
            yield marked[start : match.start()], None
        yield match[1], read_label(match[2])
        start = match.end()
    if start < len(marked):
        yield marked[start:], None


def statements(messages: List[Told]) -> List[Example]:
    """What the messages state, each statement by itself."""
    return [
        Example(message.language, text, label)
        for message in messages
        for text, label in message.parts
        if label is not None and label.topic not in NAMES
    ]


def remarks(messages: List[Told], language: str) -> List[str]:
    """What the messages of a language say besides, where it is more than a word."""
    found = [
        text.strip(" ,.;!?-")
        for message in messages
        if message.language == language
        for text, label in message.parts
        if label is None
    ]
    return [text for text in found if " " in text]
