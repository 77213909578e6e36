"""Buttons for what is waited for. Ids of controls begin with '/', so that no option can be one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.interview.state import Waiting
from advisor.model import Kind, Slot
from advisor.render import hebrew
from advisor.render.direction import isolate
from advisor.render.formats import format_value
from advisor.render.supposed import example_label
from bot.messages import Option

OWN_UNKNOWN = frozenset({"unknown", "unsure", "never_checked"})
"""Options that already say "I don't know"."""


class Keyboards:
    """Buttons in one language."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        self.catalog = catalog
        self.language = language
        self.texts: Mapping[str, Any] = catalog.texts[language]["replies"]

    def control(self, name: str, argument: str = "", **fields: str) -> Option:
        """A control button; `argument` follows the id after a colon."""
        label = str(self.texts["controls"][name]).format(**fields)
        return Option(f"/{name}:{argument}" if argument else f"/{name}", label)

    def label(self, slot: str) -> str:
        """A slot's name inside a sentence."""
        return str(self.catalog.question(self.language, slot)["label"])

    def question(self, event: happened.QuestionAsked) -> tuple[Option, ...]:
        """The options of a question, then what else can be done about it."""
        slot = self.catalog.slots[event.slot]
        options = [
            Option(
                name,
                self.catalog.option_label(self.language, slot.id, name),
                ticked=name in event.ticked,
            )
            for name in slot.options
        ]
        ways_on = [self.control("done")] if event.ticked else self.ways_on(slot)
        return (*options, *ways_on, *self.undos(event.undoable))

    def ways_on(self, slot: Slot) -> list[Option]:
        """Not knowing and skipping; not knowing only where the question has no option for it."""
        ways = [self.control("skip")]
        if slot.kind is not Kind.TEXT and not OWN_UNKNOWN & set(slot.options):
            ways.insert(0, self.control("unsure"))
        return ways

    def undos(self, slots: tuple[str, ...]) -> list[Option]:
        """One tap to take back what a message volunteered."""
        return [self.control("undo", slot, label=self.label(slot)) for slot in slots]

    def waiting(self, event: Waiting) -> tuple[Option, ...]:
        """Buttons for anything that isn't a question about a slot."""
        match event:
            case happened.ConfirmationAsked():
                return self.control("yes"), self.control("no")
            case happened.ReadingsOffered():
                return self.readings(event)
            case happened.ContradictionAsked(slots=slots):
                fixes = [self.control("fix", slot, label=self.label(slot)) for slot in slots]
                return self.control("keep"), *fixes
            case happened.TargetAsked(slots=slots, more=more):
                return self.targets(slots, more)
            case happened.MenuShown():
                return self.menu(event)
            case happened.PersonWaits():
                return self.person(event)
            case happened.WordAwaited():
                return (self.control("continue"),)
            case happened.ConsentAsked():
                return self.consent()
            case happened.NumberOffered(slots=slots):
                fill_in = [self.filling_in(slot) for slot in slots]
                return (*fill_in, self.control("continue"))
            case happened.ExamplesOffered(examples=examples):
                return (*map(self.example, examples), self.control("continue"))
            case happened.ComfortOffered():
                return self.control("continue"), self.control("pause")
            case happened.Paused():
                return (self.control("continue"),)
            case happened.CheckinAsked():
                return self.going()
            case happened.MeasureAsked():
                return (self.control("skip"),)

    def going(self) -> tuple[Option, ...]:
        """How an action goes, and no more such questions."""
        labels: Mapping[str, str] = self.catalog.texts[self.language]["followups"]["going"]
        states = [Option(f"/did:{state}", label) for state, label in labels.items()]
        return (*states, self.control("mute"))

    def reminder(self) -> tuple[Option, ...]:
        """Under a reminder."""
        return self.control("resume"), self.control("later"), self.control("mute")

    def readings(self, event: happened.ReadingsOffered) -> tuple[Option, ...]:
        """The readings as buttons; a single one is a yes or a no."""
        if len(event.answers) == 1:
            yes, no = self.control("yes"), self.control("no")
            return Option("/reading:0", yes.label), Option("/reading:none", no.label)
        shown = [
            Option(
                f"/reading:{index}", format_value(self.catalog, self.language, answer.slot, answer)
            )
            for index, answer in enumerate(event.answers)
        ]
        return (*shown, Option("/reading:none", self.control("none_of_these").label))

    def targets(self, slots: tuple[str, ...], more: bool) -> tuple[Option, ...]:
        """Answers that can be changed."""
        shown = [Option(f"/target:{slot}", self.label(slot)) for slot in slots]
        rest = [self.control("more")] if more else []
        return (*shown, *rest, self.control("continue"))

    def consent(self) -> tuple[Option, ...]:
        """May we learn from what was misread?"""
        yes, no = self.control("learn_yes"), self.control("learn_no")
        return Option("/learn:yes", yes.label), Option("/learn:no", no.label)

    def filling_in(self, slot: str) -> Option:
        """To answer what a "what if" lacks."""
        return Option(f"/target:{slot}", self.control("answer", label=self.label(slot)).label)

    def example(self, name: str) -> Option:
        """A "what if" in one tap."""
        return Option(f"/whatif:{name}", example_label(self.catalog, self.language, name))

    def since(self, versions: tuple[int, ...]) -> list[Option]:
        """Earlier versions that the plan can be set beside."""
        labels = {n: self.control("changes_since", n=str(n)).label for n in versions}
        return [Option(f"/changes:{n}", label) for n, label in labels.items()]

    def person(self, event: happened.PersonWaits) -> tuple[Option, ...]:
        """What a consultant waits to hear; anything else can be done, too."""
        way_on = self.control("continue")
        if event.about == "plan":
            return self.control("going"), self.reply(event.by), self.control("changes"), way_on
        if event.slot is not None:
            right = Option(way_on.id, self.control("right").label)
            return right, self.control("restore", event.slot), self.reply(event.by)
        return self.reply(event.by), way_on

    def reply(self, name: str) -> Option:
        """To answer a consultant."""
        template = str(self.texts["controls"]["reply"])
        label = template.format(name=isolate(self.language, name))
        return Option("/reply", hebrew.fitted(self.language, label))

    def menu(self, event: happened.MenuShown) -> tuple[Option, ...]:
        """After the plan."""
        names = self.texts["areas"]
        deeper = [self.control("area", area, area=names[area]) for area in event.areas]
        going = [self.control("going")] if event.going else []
        person = [self.reply(event.person)] if event.person is not None else []
        return (
            *going,
            *person,
            *deeper,
            self.control("change"),
            self.control("plan"),
            self.control("whatif"),
            self.control("pause"),
        )
