"""All that is stored about an owner, to read: one HTML file, made from the export that programs
read. Nothing in it is fetched from elsewhere, and whatever somebody wrote is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from advisor.catalog import Catalog
from advisor.model import NUMERIC, Answer, AnswerState, Kind, Money, Value
from advisor.render.direction import isolate
from advisor.render.formats import format_value
from advisor.render.html import environment
from advisor.render.pressed import pressed_words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said or noted: when, who or what it is about, and the words."""

    at: str
    about: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what is below it."""

    heading: str
    lines: tuple[Line, ...]


def render_export(catalog: Catalog, data: Row, language: str) -> str:
    """The export (`Unit.export`) as a page in a language. What this version doesn't know by name
    stands there as it is stored; times are those of the zone that it names."""
    direction = "rtl" if language == "he" else "ltr"
    zone = ZoneInfo(data.get("timezone", "UTC"))
    book = Book(catalog, language, zone)
    template = environment().get_template("export.html")
    return template.render(
        language=language,
        direction=direction,
        words=book.words,
        zone=zone.key,
        parts=tuple(book.parts(data)),
    )


@dataclass(frozen=True, slots=True)
class Book:
    """Puts the rows of an export into words."""

    catalog: Catalog
    language: str
    zone: tzinfo

    @property
    def words(self) -> Mapping[str, Any]:
        """Headings and labels."""
        words: Mapping[str, Any] = self.catalog.texts[self.language]["export"]
        return words

    def parts(self, data: Row) -> Iterator[Part]:
        """What is told, in order; a part without lines says that there is nothing."""
        interviews: Sequence[Row] = data["interviews"]
        told = {
            "answers": [self.answer(row) for each in interviews for row in each["answers"]],
            "plans": [self.plan(row) for each in interviews for row in each["plans"]],
            "reminders": [*self.reminders(data)],
            "consents": [*self.consents(data)],
            "transcript": [self.message(row) for row in data["transcript"]],
        }
        for name, lines in told.items():
            yield Part(str(self.words[name]), tuple(lines))

    def answer(self, row: Row) -> Line:
        """An answer, and whether another took its place."""
        replaced = row["replaced_at"]
        note = str(self.words["replaced"]).format(at=self.time(replaced)) if replaced else ""
        return Line(self.moment(row["at"]), self.question(row["slot"]), self.value(row), note)

    def moment(self, at: str) -> str:
        """A time to the minute, as clocks showed it where the owner lives."""
        return datetime.fromisoformat(at).astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def time(self, at: str) -> str:
        """A time inside a sentence."""
        return isolate(self.language, self.moment(at))

    def value(self, row: Row) -> str:
        """What an answer says."""
        slot = self.catalog.slots.get(row["slot"])
        try:
            if slot is not None:
                return format_value(self.catalog, self.language, slot.id, answer_of(slot.kind, row))
        except (KeyError, TypeError, ValueError):
            pass  # of an older version, with options that are no longer there
        return as_stored(row["value"])

    def question(self, slot: str | None) -> str:
        """What a question is about."""
        known = slot is not None and slot in self.catalog.slots
        label = str(self.catalog.question(self.language, slot)["label"]) if known and slot else slot
        return (label or "")[:1].upper() + (label or "")[1:]

    def plan(self, row: Row) -> Line:
        """A plan's version, and its actions by name."""
        names = [self.action(each["id"]) for each in row["document"].get("actions", ())]
        version = str(self.words["version"]).format(version=row["version"])
        return Line(self.moment(row["made_at"]), version, "\n".join(names))

    def action(self, action: str) -> str:
        """What an action is called."""
        known: Mapping[str, Any] = self.catalog.texts[self.language]["actions"]
        return str(known[action]["name"]) if action in known else action

    def reminders(self, data: Row) -> Iterator[Line]:
        """When we look at an interview next, whether we may write first, and check-ins."""
        if data["chat"].get("silence"):
            yield Line("", "", str(self.words["muted"]))
        for interview in data["interviews"]:
            if interview["due_at"] and not interview["ended_at"]:
                yield Line(self.moment(interview["due_at"]), "", str(self.words["next"]))
            for row in interview["checkins"]:
                yield self.checkin(row)

    def checkin(self, row: Row) -> Line:
        """A question about an action, and what was told of it."""
        going: Mapping[str, Any] = self.catalog.texts[self.language]["followups"]["going"]
        told = str(going.get(row["state"], self.words["unanswered"]))
        value = "" if row["value"] is None else f"{row['value']:,.10g}"
        return Line(self.moment(row["asked_at"]), self.action(row["action"]), told, value)

    def consents(self, data: Row) -> Iterator[Line]:
        """What was agreed to."""
        for row in data["agreements"]:
            about = str(self.words["privacy"]).format(version=row["version"])
            agreed = str(self.words["agreed" if row["agreed_at"] else "shown"])
            yield Line(self.moment(row["agreed_at"] or row["shown_at"]), about, agreed)
        for row in data["learning"]["consent"]:
            given = {None: "unanswered", True: "yes", False: "no"}[row["given"]]
            at = self.moment(row["answered_at"] or row["asked_at"])
            yield Line(at, str(self.words["learning"]), str(self.words[given]))
        for row in data["learning"]["kept"]:
            yield Line(self.moment(row["at"]), str(self.words["kept"]), as_stored(row["text"]))

    def message(self, row: Row) -> Line:
        """A line of the transcript."""
        who = str(self.words["you" if row["direction"] == "in" else "we"])
        pressed = self.pressed(row) if row["option"] else ""
        return Line(self.moment(row["at"]), who, as_stored(row["text"]) or pressed)

    def pressed(self, row: Row) -> str:
        """A button, by its words."""
        found = pressed_words(self.catalog, self.language, row["option"], row["question"])
        return found or str(row["option"])


def answer_of(kind: Kind, row: Row) -> Answer:
    """An answer from its row."""
    value: Any = row["value"]
    if kind is Kind.MONEY and isinstance(value, Mapping):
        value = Money(value["amount"], value["currency"])
    elif kind in NUMERIC and not isinstance(value, int | float | None):
        raise TypeError("no number")
    elif isinstance(value, list):
        value = tuple(value)
    low, high = row.get("bounds") or (row.get("low"), row.get("high"))
    known: Value | None = value
    state = AnswerState(row["state"])
    return Answer(row["slot"], state, known, low, high, bool(row["approximate"]))


def as_stored(value: Any) -> str:
    """A value whose kind isn't known."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
