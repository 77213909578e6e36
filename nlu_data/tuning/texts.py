"""Texts in parts, as the tuning sees them: messages worn by typing, and examples joined to one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components.labels import Label
from components.plain import plain
from examples import JOINS, Example
from messages import Part, Told

MARKS = re.compile(r"[.,!?;]+")
WITHOUT_MARKS, LOWER = 0.35, 0.2
JOIN = Label("")
"""The label of what joins two examples: it teaches nothing."""


@dataclass(frozen=True)
class Laid:
    """A text in its parts."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole."""
        return "".join(text for text, _ in self.parts)

    @property
    def labels(self) -> list[Label]:
        """What its parts state."""
        return [label for _, label in self.parts if label not in (None, JOIN)]

    @property
    def keeps_places(self) -> bool:
        """Whether the model sees every letter at its place."""
        return len(plain(self.text)) == len(self.text)

    def pieces(
        self, offsets: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[Label | None, list[int]]]:
        """For each part, which of the pieces stand in it; none of what only joins."""
        start = 0
        for text, label in self.parts:
            end = start + len(text)
            places = [i for i, (a, b) in enumerate(offsets) if b > a and start <= (a + b) / 2 < end]
            if places and label != JOIN:
                yield label, places
            start = end


def worn(message: Told, chance: random.Random) -> Laid:
    """A message as it is typed in a hurry: now and then without marks or capitals."""
    parts = message.parts
    if chance.random() < WITHOUT_MARKS:
        parts = tuple((MARKS.sub("", text) or " ", label) for text, label in parts)
    if chance.random() < LOWER:
        parts = tuple((text.lower(), label) for text, label in parts)
    return Laid(parts)


def together(
    examples: Sequence[Example], remark: str, without_marks: float, chance: random.Random
) -> Laid:
    """Examples of one language as one message, with a remark among them where there is one."""
    language = examples[0].language
    ways = JOINS["bare" if chance.random() < without_marks else "joins"][language]
    said: list[Part] = [(example.text.rstrip("."), example.label) for example in examples]
    if remark:
        said.insert(chance.randrange(len(said) + 1), (remark, None))
    parts = said[:1]
    for part in said[1:]:
        parts += [(chance.choice(ways), JOIN), part]
    return Laid(tuple(parts))
