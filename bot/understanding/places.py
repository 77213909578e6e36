"""Places in the list of options as it is shown: "the first two", "2 to 5", "the last but one"."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding.quantities.lexicon import lexicon
from bot.understanding.words import Words, bare

NUMBER = re.compile(r"#?\(?(\d{1,2})[.)]?$")
DASH = r"\s*[-–—־]\s*"
GROUP = 2
"""Words in 'first two', without articles and a word for options."""


def place_of(piece: str, length: int, words: Words, last: int | None = None) -> int | None:
    """The index that '3', 'the first' or 'the last but one' means in a list of `length` options;
    'the last' by itself is `last`, where that is said."""
    number = NUMBER.match(piece)
    forwards = words.whole_of("ordinals", piece)
    backwards = words.whole_of("from_end", piece)
    if number or (forwards and int(forwards) > 0):
        index = int(number.group(1) if number else str(forwards)) - 1
        return index if 0 <= index < length else None
    if forwards:
        return last if last is not None else length - 1
    return max(0, length - int(backwards)) if backwards else None


def range_of(piece: str, length: int, words: Words) -> list[int]:
    """The indices of '1-4', 'from 2 to 5', 'the first through the third'; none otherwise."""
    found = span(words).match(without_nouns(piece, words))
    if found is None:
        return []
    low, high = (place_of(bare(found.group(end)), length, words) for end in ("low", "high"))
    return list(range(low, high + 1)) if low is not None and high is not None else []


def group_of(piece: str, length: int, words: Words) -> list[int]:
    """The indices of 'the first two' and 'the last three' in a list of `length`; none otherwise."""
    said = [word for word in without_nouns(piece, words).split() if not is_article(word, words)]
    if len(said) != GROUP:
        return []
    for place, number in (said, said[::-1]):
        count = count_of(number)
        if 0 < count <= length and words["first_of"].whole(place):
            return list(range(count))
        if 0 < count <= length and words["last_of"].whole(place):
            return list(range(length - count, length))
    return []


def joined_range(text: str, words: Words) -> str:
    """'Between 2 and 5' written as 2-5, so that its 'and' parts no list."""
    return between(words).sub(r"\g<low>-\g<high>", text)


@cache
def span(words: Words) -> re.Pattern[str]:
    """What stands before, between and after the two ends of a range."""
    start, joint = alternatives(words, "range_opens"), alternatives(words, "range_joins")
    glued = "".join(word for word in words.raw["to"] if len(word) == 1)
    first = "".join(word for word in words.raw["from"] if len(word) == 1)
    opens = rf"(?:(?:{start})\s+|[{first}]-?(?=\w))?"
    joins = rf"{DASH}(?:{joint})?\s*|\s+(?:{joint})(?:\s+|-)|\s+[{glued}]-?(?=\w)"
    return re.compile(rf"^{opens}(?P<low>\S.*?)(?:{joins})(?P<high>\S.*)$", re.I)


@cache
def between(words: Words) -> re.Pattern[str]:
    """'Between' and two numbers in digits."""
    opens = alternatives(words, "between")
    joins = alternatives(words, "joins") + "|" + alternatives(words, "range_joins")
    glued = "".join(word for group in ("to", "joins") for word in words.raw[group] if len(word) < 2)
    end = rf"(?:\s+(?:{joins})\s+|\s+[{glued}]-?)(?P<high>\d{{1,2}})"
    return re.compile(rf"(?<!\w)(?:{opens})\s+(?P<low>\d{{1,2}}){end}(?!\d)", re.I)


def alternatives(words: Words, name: str) -> str:
    """The words of a group that aren't single letters, as a pattern."""
    return "|".join(re.escape(word) for word in words.raw[name] if len(word) > 1)


def without_nouns(piece: str, words: Words) -> str:
    """A piece without its word for options: 'the first two (options)'."""
    return bare(words["option_words"].pattern.sub(" ", piece))


def is_article(word: str, words: Words) -> bool:
    """Whether a word is an article."""
    return words["articles"].whole(word)


def count_of(word: str) -> int:
    """A small number in digits or in a word; 0 for anything else."""
    known = lexicon().numbers
    found = lexicon().stripped(word, known)
    return int(word) if word.isdecimal() else known[found[1]] if found else 0
