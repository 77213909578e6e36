"""Where a message turns to another topic without a sign of it: "i'm a plumber i lost a third".

Each piece of a word has a probability for each topic. The likeliest course of topics over the words
(Viterbi), where every change has its price, tells where one statement ends.
"""

from __future__ import annotations

import re
from typing import List, Sequence

import numpy as np

from components.encoder import Piece

PRICE = 4.0
"""What a change of topic costs, in nats: one odd word isn't worth two changes."""
SHORTEST = 2
"""Words, at least, in a statement that holds no number."""
WORD = re.compile(r"\S+")


def breaks(text: str, pieces: Sequence[Piece]) -> List[int]:
    """Places of the words with which another topic begins."""
    words = list(WORD.finditer(text))
    if len(words) < 2 * SHORTEST or not pieces:
        return []
    course = likeliest(np.array([topics_of(word, pieces) for word in words]))
    starts = [i for i in range(1, len(words)) if course[i] != course[i - 1]]
    kept: List[int] = []
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else len(words)
        before = text[words[kept[-1] if kept else 0].start() : words[start].start()]
        after = text[words[start].start() : words[end - 1].end()]
        if stands(before) and stands(after):
            kept.append(start)
    return [words[start].start() for start in kept]


def stands(statement: str) -> bool:
    """Whether a piece of text can be a statement by itself."""
    return len(statement.split()) >= SHORTEST or any(c.isdigit() for c in statement)


def topics_of(word: re.Match, pieces: Sequence[Piece]) -> np.ndarray:
    """The mean over the pieces of a word."""
    inside = [p.topics for p in pieces if p.start < word.end() and p.end > word.start()]
    return np.mean(inside, axis=0) if inside else np.zeros_like(pieces[0].topics)


def likeliest(scores: np.ndarray) -> List[int]:
    """The course of states, one a row, of the greatest sum of scores less the price of changes."""
    best = scores[0]
    origins = []
    for row in scores[1:]:
        moved = int(best.argmax())
        stay = best >= best[moved] - PRICE
        origins.append(np.where(stay, np.arange(len(best)), moved))
        best = np.where(stay, best, best[moved] - PRICE) + row
    course = [int(best.argmax())]
    for origin in reversed(origins):
        course.append(int(origin[course[-1]]))
    return course[::-1]
