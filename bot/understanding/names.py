"""A business's name: nearly any text is one; what introduces it is left out."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding.words import Words

QUOTED = re.compile(r'(?<!\w)["“”«\']([^"“”»]{2,60})["“”»\'](?!\w)')
NEAR = 25
"""Letters before such an introduction in which a person may be named instead."""
LONGEST = 8
"""Words in a name with its suffix."""
END = re.compile(r"(?:,\s+|\.\s+|\s+[-–]\s+|;\s*|\n)")


@cache
def opening(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What introduces a name."""
    return re.compile(rf"^(?:{'|'.join(phrases)})(?=[\s:,\"'-])[\s:,-]*", re.I)


@cache
def renaming(phrases: tuple[str, ...], glued: tuple[str, ...]) -> re.Pattern[str]:
    """What introduces the right name after a wrong one; `glued` ends with a letter on the name."""
    free = rf"(?:{'|'.join(phrases)})(?=[\s:,\"'-])[\s:,-]*"
    return re.compile(rf"(?<!\w)(?:(?:{'|'.join(glued)})(?=\S)|{free})", re.I)


@cache
def amid(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What introduces a name in the middle of a message."""
    return re.compile("|".join(phrases))


@cache
def courteous(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A 'please' or a 'thank you' behind a name."""
    return re.compile(rf"[\s,]+(?:{'|'.join(phrases)})$", re.I)


@cache
def instead(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What stands between the right name and the wrong one."""
    return re.compile(rf"[\s,]+(?:{'|'.join(phrases)})\s+(?=\S)")


@cache
def closing(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What follows a name."""
    return re.compile(rf"[\s,;.-]+(?:{'|'.join(phrases)})[\s.!]*$", re.I)


@cache
def going_on(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What begins another statement after a name."""
    return re.compile(rf"\s+(?:{'|'.join(phrases)})(?!\w)", re.I)


def surely(text: str, words: Words) -> str | None:
    """The name after words that can't introduce anything else."""
    return after(text, words, tuple(words.raw["name_surely_opens"])) or inside(text, words)


def inside(text: str, words: Words) -> str | None:
    """The name that is introduced in the middle: 'a garage, called Fix It, three of us'."""
    for start in amid(tuple(words.raw["name_inside"])).finditer(text):
        before = text[max(0, start.start() - NEAR) : start.start()]
        if not words["person"].inside(before):
            return ended(text[start.end() :], words)
    return None


def introduced(text: str, words: Words) -> str | None:
    """The name after words that introduce one, or before words that close one; else None."""
    openings = (*words.raw["name_surely_opens"], *words.raw["name_opens"])
    name = surely(text, words) or after(text, words, openings)
    if name:
        return name
    end = closing(tuple(words.raw["name_closes"])).search(text.strip())
    before = text.strip()[: end.start()] if end else ""
    return clean(before) if before.strip() else None


def corrected(text: str, words: Words) -> str | None:
    """The name that a correction gives: 'it should be X', 'change the name to X', 'X, not Y'."""
    free, glued = words.raw["name_becomes"], words.raw["name_becomes_glued"]
    found = list(renaming(tuple(free), tuple(glued)).finditer(text))
    if not found or not text[found[-1].end() :].strip():
        return None
    name = but_not(ended(text[found[-1].end() :], words), words)
    return clean(courteous(tuple(words.raw["courtesy"])).sub("", name)) or None


def but_not(name: str, words: Words) -> str:
    """A name without the wrong one behind it: 'Rosie's, not Rosy's'; 'Why Not' stays."""
    stop = instead(tuple(words.raw["name_not"])).search(name)
    return clean(name[: stop.start()] if stop else name)


def ended(rest: str, words: Words) -> str:
    """A name up to the next statement."""
    name = first_part(rest)
    stop = going_on(tuple(words.raw["name_goes_on"])).search(name)
    return clean(name[: stop.start()] if stop else name)


def plain(text: str, words: Words) -> str:
    """A name that nothing introduces, without a statement behind it: 'Sunny Kids and I am so
    stressed'; 'Mum and I' stays."""
    name = first_part(text)
    stop = going_on(tuple(words.raw["name_goes_on"])).search(name)
    if stop is None or min(len(name[: stop.start()].split()), len(name[stop.end() :].split())) < 2:
        return clean(name)
    return clean(name[: stop.start()])


def after(text: str, words: Words, phrases: tuple[str, ...]) -> str | None:
    """What stands after an introduction, up to the next statement."""
    rest = text.strip()
    start = opening(phrases).match(rest)
    if start is None or not rest[start.end() :].strip():
        return None
    return ended(rest[start.end() :], words)


def unnamed(text: str, words: Words) -> str | None:
    """What a business is called that has no name, 'Moshe's stall' of 'no name really, just Moshe's
    stall'; empty where nothing else is said, and None where a name isn't denied."""
    head, *rest = END.split(text.strip(), maxsplit=1)
    if not words["nameless"].whole(head):
        return None
    called = rest[0].strip() if rest else ""
    while start := words["merely"].opening.match(called):
        called = called[start.end() :].lstrip(" ,:")
    return ended(called, words) if called else ""


def signed(text: str, words: Words) -> bool:
    """Whether a short text bears a company's suffix, as only names do: 'Thank You Ltd'."""
    short = len(text.split()) <= LONGEST
    return short and suffix(tuple(words.raw["name_suffixes"])).search(text) is not None


@cache
def suffix(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A company's suffix at the end of a name."""
    ends = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<=\w)[\s,&]+(?:{ends})[\s.!]*$", re.I)


def first_part(text: str) -> str:
    """A name ends where a new sentence begins."""
    quoted = QUOTED.match(text.strip())
    if quoted:
        return quoted.group(1)
    return END.split(text.strip(), maxsplit=1)[0]


def clean(name: str) -> str:
    """Without quotation marks and a full stop around it."""
    name = " ".join(name.split()).strip(" ,;:")
    name = name[:-1] if name.endswith(".") and name.count(".") == 1 else name
    if len(name) > 2 and name[0] == name[-1] and name[0] in "\"'“”":
        name = name[1:-1]
    return name.strip()
