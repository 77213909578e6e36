"""What a few words state beyond doubt wherever they stand, beside whatever else a clause says:
"closed since the flood" tells the crisis, "a plumber, on my own" how many work there."""

from __future__ import annotations

import re

from bot.understanding.words import Words

STOP = re.compile(r"[,;.!?]")
REACH = 22
"""Letters between "since" and the event, at most: "since the day the war began"."""
DENIED = 12
"""Letters before "because of" within which a denial still speaks of it."""


def cause(text: str, words: Words) -> str | None:
    """The crisis that something happened since, after or because of, where it is one."""
    found = set()
    for opening in words["since"].find(text):
        if words["negation"].inside(text[max(0, opening.start() - DENIED) : opening.start()]):
            continue
        tail = STOP.split(text[opening.end() :])[0]
        events = [
            (match.start("word"), crisis)
            for crisis, phrases in words.nested["events"].items()
            for match in phrases.find(tail)
            if match.start("word") <= REACH
        ]
        found |= {min(events)[1]} if events else set()
    return found.pop() if len(found) == 1 else None


def alone(text: str, words: Words) -> bool:
    """Whether the owner says that nobody else works there."""
    return words.matches("works_alone", text)
