"""What owners are told of what is kept: a short notice in front of the first question, each version
of it once, and all of it when asked. Whoever was told and then answers has agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from advisor.catalog import Catalog, read_yaml
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.render import direction
from advisor.render.direction import isolate
from advisor.render.formats import format_day
from advisor.store import Unit
from bot.messages import Reply
from bot.phrasing import Phrasing
from bot.understanding.tidy import tidy
from bot.understanding.words import Phrases

RIGHTS = Path(__file__).with_name("privacy.yml")


@cache
def rights() -> dict[str, Phrases]:
    """Phrases by the control that they stand for."""
    rows: Mapping[str, Any] = read_yaml(RIGHTS)
    return {key: Phrases(p for group in groups for p in group) for key, groups in rows.items()}


def right_in(text: str) -> str | None:
    """The button that a message stands for, where it asks what is kept, for a copy of it or for it
    to be deleted, and for nothing else."""
    said = (key for key, phrases in rights().items() if phrases.whole(tidy(text)))
    return next((f"/{key}" for key in said), None)


def notice(words: Phrasing) -> Mapping[str, Any]:
    """The wording of the notice, with its version and date."""
    texts: Mapping[str, Any] = words.catalog.texts[words.language]["privacy"]
    return texts


def in_full(words: Phrasing) -> str:
    """All that there is to say."""
    texts = notice(words)
    day = date.fromisoformat(texts["date"])
    return words.filled(
        str(texts["long"]), version=texts["version"], date=format_day(words.language, day)
    )


def in_short(words: Phrasing, practice: str | None) -> Reply:
    """Two or three lines; `practice` is whose consultants read along, if any do."""
    short = notice(words)["short"]
    language = words.language
    if practice is None:
        text = words.filled(str(short["alone"]))
    else:
        text = words.filled(str(short["invited"]), practice=isolate(language, practice))
    lines = (direction.line(language, line) for line in text.split("\n"))
    return Reply("say", "\n".join(lines), language=language)


async def with_notice(
    catalog: Catalog,
    unit: Unit,
    chat_id: str,
    events: Sequence[Event],
    said: Sequence[Reply],
    message: str | None,
    at: datetime,
) -> list[Reply]:
    """What is said in a turn of the owner's, with the notice in front of what is asked where this
    version of it wasn't shown yet. An answer after that is noted as agreeing, with its message."""
    place = standing(events, said)
    version = str(catalog.texts[said[-1].language]["privacy"]["version"]) if said else ""
    agreement = await unit.agreement(chat_id, version)
    if agreement is not None and agreement.agreed_at is not None:
        return list(said)
    if agreement is not None and any(map(answers, events)):
        await unit.note_agreed(chat_id, version, message, at)
        return list(said)
    other_language = any(isinstance(event, happened.LanguageChosen) for event in events)
    if place is None or (agreement is not None and not other_language):
        return list(said)
    await unit.note_shown(chat_id, version, at)
    words = Phrasing(catalog, said[place].language)
    told = in_short(words, await unit.practice_of(chat_id))
    return [*said[:place], told, *said[place:]]


def standing(events: Sequence[Event], said: Sequence[Reply]) -> int | None:
    """Where the notice goes: in front of the question, or of the menu that comes after them all."""
    asks = (place for place, reply in enumerate(said) if reply.type == "ask")
    menu = any(isinstance(event, happened.MenuShown) for event in events)
    return next(asks, len(said) - 1 if menu and said else None)


def answers(event: Event) -> bool:
    """Whether an event is an answer; "don't know" and "skip" tell nothing, and so agree to
    nothing."""
    return isinstance(event, happened.AnswerAccepted) and event.answer.known
