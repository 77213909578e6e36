"""Fills sentences with the owner's answers, the facts and the parameters; what isn't known leaves
its sentence out, so that no gap is ever printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

from advisor.amendments import OWN, Wording
from advisor.catalog import Catalog, Parameter
from advisor.conditions import Known
from advisor.facts import known_values
from advisor.model import WITH_OPTIONS, Answer, Answers, AnswerState, Facts, Kind
from advisor.render import hebrew
from advisor.render.direction import isolate
from advisor.render.formats import (
    format_fact,
    format_number,
    format_value,
    interval,
    lowered,
)

FIELD = re.compile(r"\{(\w+)\}")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
UNITS = {"percent": Kind.PERCENT, "days": Kind.DURATION, "ILS": Kind.MONEY}


@dataclass(frozen=True)
class Teller:
    """Tells one owner's numbers in one language."""

    catalog: Catalog
    language: str
    answers: Answers
    facts: Facts
    told: dict[tuple[str, bool], str | None] = field(default_factory=dict, compare=False)
    """What was put into words already: a plan tells the same number many times."""
    wordings: Mapping[str, Wording] = field(default_factory=dict, compare=False)
    """What consultants call actions, by their ids."""

    @cached_property
    def values(self) -> Known:
        """Values of answers and facts: what conditions look at."""
        return known_values(self.answers, self.facts)

    @property
    def words(self) -> Mapping[str, Any]:
        """The frame of the plan: headings and labels."""
        words: Mapping[str, Any] = self.catalog.texts[self.language]["plan"]
        return words

    def text(self, file: str, name: str) -> Any:
        """A text of another file, by its id."""
        return self.catalog.texts[self.language][file][name]

    def tell(self, template: str, **given: str) -> str:
        """The sentences of a template whose fields are all known, filled in."""
        if not fields(template):
            return still(self.language, template)
        told = [self.sentence(part, given) for part in sentences(template)]
        return " ".join(part for part in told if part)

    def sentence(self, template: str, given: Mapping[str, str]) -> str:
        """One sentence filled in; empty where a field isn't known."""
        template = self.eased(template)
        values = {
            name: given.get(name) or self.known(name, template.startswith(f"{{{name}}}"))
            for name in fields(template)
        }
        if not all(values.values()):
            return ""
        filled = FIELD.sub(lambda field: values[field[1]] or "", template)
        if template.startswith("{"):
            filled = begun(filled)
        return self.once(hebrew.fitted(self.language, filled))

    def eased(self, template: str) -> str:
        """The sentence without an "about" before a range, which says so itself."""
        for lead, name in led(template, self.about):
            span = self.span(name)
            if span is not None:
                starts = template.startswith(lead)
                template = template.replace(lead, span if starts else f"{{{name}}}")
        return template

    def span(self, name: str) -> str | None:
        """A fact or an answer as a range that stands alone; None where it is one number."""
        if name in self.facts:
            return interval(self.catalog, self.language, self.facts[name])
        answer = self.answers.get(name)
        if answer is None or not answer.known or None in (answer.low, answer.high):
            return None
        return self.answer(name) if answer.low != answer.high else None

    def once(self, text: str) -> str:
        """The text without a second "about" where a guess fills a sentence that says it too."""
        twice = text.lower().count(self.about.lower()) > 1
        return doubled(self.about).sub(r"\1", text) if twice else text

    @cached_property
    def about(self) -> str:
        """The word before a number that is rough."""
        template = self.catalog.texts[self.language]["replies"]["approximate"]
        return str(template.format(value="").strip())

    def known(self, name: str, starts: bool = True) -> str | None:
        """A fact, an answer or a parameter in words, or None."""
        key = (name, starts)
        if key not in self.told:
            self.told[key] = self.worded(name, starts)
        return self.told[key]

    def worded(self, name: str, starts: bool) -> str | None:
        """The same, put into words anew."""
        if name in self.facts:
            fact = self.facts[name]
            return format_fact(self.catalog, self.language, fact, inside=True, working=True)
        if name in self.answers:
            return self.inside(name, starts) if self.answers[name].known else None
        if name in self.catalog.parameters:
            return format_parameter(self.catalog, self.language, self.catalog.parameters[name])
        return None

    def answer(self, slot: str) -> str:
        """An answer in words, by itself."""
        answer = self.answers.get(slot, Answer(slot, AnswerState.UNKNOWN))
        return format_value(self.catalog, self.language, slot, answer)

    def inside(self, slot: str, starts: bool) -> str:
        """An answer inside a sentence, where an option's label begins small."""
        told = format_value(self.catalog, self.language, slot, self.answers[slot], inside=True)
        small = self.catalog.slots[slot].kind in WITH_OPTIONS and not starts
        return lowered(self.catalog, self.language, told) if small else told

    def label(self, slot: str) -> str:
        """How a slot is called inside a sentence."""
        return str(self.catalog.question(self.language, slot)["label"])

    def action_name(self, action: str) -> str:
        """An action's name."""
        wording = self.wording(action)
        if wording is not None and wording.name:
            return isolate(self.language, wording.name)
        return str(self.catalog.action_text(self.language, action)["name"])

    def wording(self, action: str) -> Wording | None:
        """A consultant's words for an action: in their language only where the catalogue has it in
        the other."""
        found = self.wordings.get(action)
        fits = found is not None and (found.language == self.language or action.startswith(OWN))
        return found if fits else None


@lru_cache(maxsize=4096)
def sentences(template: str) -> tuple[str, ...]:
    """A template's sentences."""
    return tuple(SENTENCE_END.split(template))


@lru_cache(maxsize=4096)
def fields(template: str) -> tuple[str, ...]:
    """The names of a template's fields."""
    return tuple(FIELD.findall(template))


@lru_cache(maxsize=4096)
def still(language: str, template: str) -> str:
    """A text without fields, as it is said."""
    return " ".join(hebrew.fitted(language, part) for part in sentences(template))


@cache
def doubled(word: str) -> re.Pattern[str]:
    """A word that is said twice in a row."""
    return re.compile(rf"\b({word})\s+{word}\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def led(template: str, word: str) -> tuple[tuple[str, str], ...]:
    """The fields that the word stands before: with it, and their names."""
    found = re.finditer(rf"\b{word}\s+\{{(\w+)\}}", template, re.IGNORECASE)
    return tuple((lead[0], lead[1]) for lead in found)


def begun(text: str) -> str:
    """The text as a line begins."""
    return text[:1].upper() + text[1:]


def format_parameter(catalog: Catalog, language: str, parameter: Parameter) -> str:
    """A parameter in words."""
    kind = UNITS.get(parameter.unit, Kind.COUNT)
    return format_number(catalog, language, kind, parameter.value, "ILS")
