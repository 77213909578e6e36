"""Buttons pressed in words: a label that is typed, or "the first" of two readings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.interview import events as happened
from advisor.interview.state import Waiting
from bot.messages import Option
from bot.understanding.tidy import tidy
from bot.understanding.words import Words, bare

WORD = re.compile(r"\w+")
NONE_OF_THEM = "/reading:none"


def typed(waiting: Waiting, options: Sequence[Option], text: str, words: Words) -> str | None:
    """The id of the button that a text stands for, or None. Of readings a part of a label will do
    that only one of them has, and its place; of anything else only the label itself."""
    said = bare(tidy(text))
    if not said:
        return None
    for option in options:
        if said == bare(tidy(option.label)):
            return option.id
    if isinstance(waiting, happened.ReadingsOffered) and len(waiting.answers) > 1:
        readings = [option for option in options if option.id != NONE_OF_THEM]
        return by_part(readings, said) or by_place(readings, said, words)
    return None


def by_part(options: Sequence[Option], said: str) -> str | None:
    """The one option whose label holds all the words of a text."""
    holding = [option.id for option in options if words_of(said) <= words_of(option.label)]
    return holding[0] if len(holding) == 1 else None


def words_of(text: str) -> set[str]:
    """The words of a text, without punctuation."""
    return set(WORD.findall(bare(tidy(text))))


def by_place(options: Sequence[Option], said: str, words: Words) -> str | None:
    """The option that a text counts out; a number that stands in a label counts nothing."""
    if any(said in words_of(option.label) for option in options):
        return None
    places = [place for place in range(1, len(options) + 1) if str(place) == said]
    ordinal = words.whole_of("ordinals", said)
    if ordinal is not None:
        places.append(int(ordinal) if int(ordinal) > 0 else len(options))
    return options[places[0] - 1].id if places and places[0] <= len(options) else None
