"""Asks for the consent, and keeps what was misread once it is given: never before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from advisor.catalog import Catalog, read_yaml
from advisor.interview import Heard
from advisor.interview import events as happened
from advisor.interview.consent import asked_after_plan
from advisor.interview.events import Event, MessageRead
from advisor.model import NUMERIC, Answer, Kind
from advisor.store import Misreading, Unit
from bot.learning.misread import SOON, Misread, misread, turns_of
from bot.understanding.keyboard import vocabulary_of
from bot.understanding.stripping import PLACEHOLDER, stripped
from bot.understanding.tidy import tidy
from bot.understanding.words import Phrases, load_words

WISHES = Path(__file__).with_name("wishes.yml")
LONGEST = 300
"""Characters of a message that is kept: a whole story says too much about who tells it."""
HEBREW, LATIN = re.compile("[\u05d0-\u05ea]"), re.compile("[A-Za-z]")


class Learner:
    """What a conversation needs to learn from use, for one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def wishes(self) -> dict[str, Phrases]:
        """What says yes and no to being learnt from, at any time."""
        rows: Mapping[str, Any] = read_yaml(WISHES)
        return {key: Phrases(p for group in groups for p in group) for key, groups in rows.items()}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words of our own, which are nobody's name."""
        return vocabulary_of(self.catalog, load_words())

    def wish(self, text: str) -> str | None:
        """The button that a message stands for, where it is about the consent and nothing else."""
        said = (key for key, phrases in self.wishes.items() if phrases.whole(tidy(text)))
        return next((f"/learn:{key}" for key in said), None)

    async def asking(
        self, unit: Unit, chat_id: str, interview_id: str, events: Sequence[Event]
    ) -> list[Event]:
        """The turn's events, with the consent asked for where it ends with a plan, something was
        misread on the way to it, and the owner was never asked."""
        asked = asked_after_plan(events)
        if asked == list(events):
            return asked
        consent = await unit.consent(chat_id)
        if consent.asked_at is not None or consent.given is not None:
            return list(events)
        turns = turns_of([*await unit.past_turns(interview_id), events])
        return asked if any(map(self.worth_keeping, misread(turns))) else list(events)

    async def learn(
        self, unit: Unit, chat_id: str, interview_id: str, events: Sequence[Event], now: datetime
    ) -> None:
        """After a turn was saved: note what was asked and said, and keep what was misread. A yes
        goes for all that was said before, too."""
        given = None
        for event in events:
            if isinstance(event, happened.ConsentAsked):
                await unit.note_consent_asked(chat_id, now)
            elif isinstance(event, happened.ConsentAnswered):
                given = event.given
                await unit.set_consent(chat_id, given, now)
        if given:
            for past in await unit.interview_ids(chat_id):
                await self.keep(unit, chat_id, past)
        elif given is None and (await unit.consent(chat_id)).given:
            await self.keep(unit, chat_id, interview_id, recent=SOON + 1)

    async def keep(
        self, unit: Unit, chat_id: str, interview_id: str, recent: int | None = None
    ) -> None:
        """Put what was misread in an interview into the queue, stripped; only that of its `recent`
        turns where a number is given, as nothing becomes of older ones any more."""
        turns = turns_of(await unit.past_turns(interview_id))
        late = {turn.read.message for turn in turns[-recent:] if turn.read} if recent else None
        found = [
            entry
            for entry in misread(turns)
            if self.worth_keeping(entry) and (late is None or entry.read.message in late)
        ]
        if not found:
            return
        texts = await unit.texts_of({entry.read.message for entry in found})
        names = await self.names(unit, chat_id)
        for entry in found:
            text, at = texts.get(entry.read.message, ("", None))
            if at is None or len(text) > LONGEST:
                continue
            bare = stripped(text, names, self.vocabulary)
            await unit.keep_misreading(chat_id, self.row(entry, bare, at))

    def worth_keeping(self, entry: Misread) -> bool:
        """Whether a person could label it: what was said to a question for a name is mostly one."""
        slot = self.catalog.slots.get(entry.read.question or "")
        return slot is None or slot.kind is not Kind.TEXT

    async def names(self, unit: Unit, chat_id: str) -> set[str]:
        """Names that the owner ever gave, in any interview."""
        names = [slot.id for slot in self.catalog.slots.values() if slot.kind is Kind.TEXT]
        return set(await unit.texts_answered(chat_id, names))

    def row(self, entry: Misread, text: str, at: datetime) -> Misreading:
        """A misreading as it is stored."""
        read = {
            "act": entry.read.act,
            "target": entry.read.target,
            "confidence": round(entry.read.confidence, 3),
            "slots": [self.value(answer) for answer in entry.answers.values()],
        }
        corrected = [self.value(answer) for answer in entry.corrected.values()]
        return Misreading(
            entry.read.message,
            entry.reason,
            language_of(text),
            entry.read.question,
            text,
            read,
            {"slots": corrected} if corrected else None,
            at,
        )

    def value(self, answer: Answer) -> list[Any]:
        """[slot, value]: options as they are, and for anything else only its kind."""
        kind = self.catalog.slots[answer.slot].kind
        value: Any = answer.value if answer.known else answer.state.value
        if answer.known and kind in NUMERIC:
            value = f"<{kind.value}>"
        elif answer.known and kind is Kind.TEXT:
            value = "<name>"
        return [answer.slot, list(value) if isinstance(value, tuple) else value]


def reading_of(received: Heard, question: str | None, away: bool) -> list[Event]:
    """The event that remembers what a message was taken for."""
    if received.message is None:
        return []
    reading = received.reading
    return [
        MessageRead(
            received.message, question, reading.act, reading.target, reading.confidence, away
        )
    ]


def language_of(text: str) -> str:
    """The language of a stripped message by its letters, for the examples that it may join."""
    own = PLACEHOLDER.sub("", text)
    return "he" if len(HEBREW.findall(own)) >= len(LATIN.findall(own)) else "en"
