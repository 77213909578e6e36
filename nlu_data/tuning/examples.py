"""Examples as the tuning sees them: typed badly now and then, or several in one breath."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from examples import JOINS, Example

MARKS = re.compile(r"[.,!?'\"]")
SHORT = 6
"""A text shorter than this is left as it is: one wrong letter may make it another word."""


def mistyped(text: str, chance: float, random: random.Random) -> str:
    """Now and then a letter left out, doubled or swapped with the next, or no punctuation."""
    if len(text) < SHORT or random.random() > chance:
        return text
    at = random.randrange(1, len(text) - 1)
    return random.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at] + text[at:],
            MARKS.sub("", text),
        )
    )


def joined(examples: Sequence[Example], random: random.Random, without_marks: float) -> str:
    """Several examples of one language as one message; now and then without the marks that tell
    them apart."""
    text = examples[0].text
    ways = JOINS["bare" if random.random() < without_marks else "joins"]
    for example in examples[1:]:
        text = text.rstrip(".") + random.choice(ways[example.language]) + example.text
    return text
