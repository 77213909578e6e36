"""Which messages of an interview were misread, told from its events alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from advisor.interview import Interview, replay
from advisor.interview import events as happened
from advisor.interview.events import Event, MessageRead
from advisor.model import Answer

Reason = Literal[
    "not_understood", "out_of_scope", "two_readings", "low_confidence", "corrected", "undone"
]
UNREAD = frozenset({"not_understood", "out_of_scope", "two_readings"})
"""Reasons where the answer that the owner gave in the end tells what was meant."""
TAKEN_BACK = frozenset({"corrected", "undone"})
LOW_CONFIDENCE = 0.5
"""Below this (0-1) a reading was less likely than all others together."""
SOON = 6
"""Turns within which a changed answer was probably misread, rather than thought over."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The state before a turn, and what the turn did."""

    before: Interview
    events: tuple[Event, ...]

    @property
    def read(self) -> MessageRead | None:
        """What a typed message was taken for; None for a button."""
        return next((e for e in self.events if isinstance(e, MessageRead)), None)

    @property
    def accepted(self) -> list[Answer]:
        """Answers that the turn took in."""
        return [e.answer for e in self.events if isinstance(e, happened.AnswerAccepted)]


@dataclass(frozen=True, slots=True)
class Misread:
    """A message that was misread: as what (`answers`), and what the owner made of it."""

    read: MessageRead
    reason: Reason
    answers: Mapping[str, Answer] = field(default_factory=dict)
    corrected: Mapping[str, Answer] = field(default_factory=dict)


def turns_of(past: Iterable[Sequence[Event]]) -> list[Turn]:
    """Turns with the states between them, from what an interview's turns did."""
    turns, state = [], Interview()
    for events in past:
        turns.append(Turn(state, tuple(events)))
        state = replay(state, events)
    return turns


def misread(turns: Sequence[Turn]) -> list[Misread]:
    """Messages that weren't read, weren't surely read, or whose answer the owner took back soon
    after; in order, each once, for the reason that says most."""
    found: dict[str, Misread] = {}
    heard: dict[str, tuple[int, MessageRead]] = {}
    for index, turn in enumerate(turns):
        for old, new, reason in taken_back(turn):
            place, read = heard.get(old.message or "", (index, None))
            if read is not None and 0 < index - place <= SOON:
                earlier = found.get(read.message)
                found[read.message] = again(Misread(read, reason), earlier, old, new)
        for key, entry in found.items():
            if index - heard[key][0] <= SOON:
                found[key] = answered_since(entry, turn)
        if turn.read is not None and not turn.read.away:
            heard[turn.read.message] = index, turn.read
            unsure = doubtful(turn, turn.read)
            if unsure is not None:
                found[turn.read.message] = unsure
    return list(found.values())


def again(entry: Misread, earlier: Misread | None, old: Answer, new: Answer | None) -> Misread:
    """A message of which one more answer was taken back."""
    before = earlier if earlier is not None and earlier.reason in TAKEN_BACK else entry
    corrected = {**before.corrected, new.slot: new} if new is not None else before.corrected
    return replace(entry, answers={**before.answers, old.slot: old}, corrected=corrected)


def doubtful(turn: Turn, read: MessageRead) -> Misread | None:
    """Why a message wasn't surely read, as far as its own turn shows."""
    offered = [e for e in turn.events if isinstance(e, happened.ReadingsOffered)]
    refused = any(isinstance(e, happened.ValueRejected) for e in turn.events)
    missed = any(isinstance(e, happened.MessageMissed) for e in turn.events) and not refused
    answers = {answer.slot: answer for answer in turn.accepted if answer.message == read.message}
    if offered:
        both = {str(i): answer for i, answer in enumerate(offered[0].answers)}
        return Misread(read, "two_readings", both)
    if read.act == "out_of_scope":
        return Misread(read, "out_of_scope") if read.question else None
    if read.act is None or missed:
        return Misread(read, "not_understood")
    if read.confidence < LOW_CONFIDENCE and (read.act != "inform" or answers):
        return Misread(read, "low_confidence", answers)
    return None


def taken_back(turn: Turn) -> Iterator[tuple[Answer, Answer | None, Reason]]:
    """Answers that the owner changed or took back in a turn: the old one and the new."""
    for event in turn.events:
        if isinstance(event, happened.AnswerAccepted):
            old = turn.before.answers.get(event.answer.slot)
            if old is not None and old.known and event.answer.known and differ(old, event.answer):
                yield old, event.answer, "corrected"
        elif isinstance(event, happened.AnswerUndone):
            old = turn.before.answers.get(event.slot)
            if old is not None:
                yield old, event.restored, "undone"


def answered_since(entry: Misread, turn: Turn) -> Misread:
    """A message that wasn't read, with the first answer that its question got afterwards."""
    if entry.reason not in UNREAD or entry.corrected:
        return entry
    slots = {answer.slot for answer in entry.answers.values()} | {entry.read.question}
    given = {answer.slot: answer for answer in turn.accepted if answer.known}
    return replace(entry, corrected={slot: given[slot] for slot in given if slot in slots})


def differ(old: Answer, new: Answer) -> bool:
    """Whether two answers say different things, wherever they came from."""
    return replace(old, message=None) != replace(new, message=None)
