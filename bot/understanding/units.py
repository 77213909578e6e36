"""The scale and the unit that a number is said in."""

from __future__ import annotations

import re

from bot.understanding.quantities.lexicon import lexicon
from bot.understanding.quantities.tokens import normal

THOUSAND = 1000
WORD = re.compile(r"[^\W\d_]+(?:[\"'][^\W\d_]+)*")


def scale_of(piece: str) -> float:
    """The thousands or millions that a number is said in; 1 where it is said in full."""
    known = {**lexicon().scales, **lexicon().money_scales}
    said = [known[word] for word in map(normal, WORD.findall(piece)) if word in known]
    return max((float(scale) for scale in said if scale >= THOUSAND), default=1.0)


def days_of(piece: str) -> float:
    """How many days one of the unit of a span of time is; 1 where none is said."""
    return unit_of(piece) or 1.0


def unit_of(piece: str) -> float | None:
    """How many days one of the unit is that a span of time is said in; None where none is."""
    units, duals = lexicon().durations, lexicon().duals
    for word in reversed([normal(word) for word in WORD.findall(piece)]):
        if (one := lexicon().stripped(word, units)) is not None:
            return units[one[1]]
        if (two := lexicon().stripped(word, duals)) is not None:
            return duals[two[1]] / 2
    return None
