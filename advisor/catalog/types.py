"""All content as frozen types, beside those of `advisor.model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.model import Action, Condition, Draft, Slot


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that rules and formulas use, with its unit, source and the date it was checked."""

    id: str
    value: float
    unit: str
    source: str
    date: str
    status: str
    """`measured`, `convention` or `prior`: the last two are never printed as facts."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that seldom go together: asked about once; `slots` may be corrected."""

    id: str
    when: Condition
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """A line of evidence for an area's score: points where its condition holds."""

    id: str
    area: str
    when: Condition
    points: int


@dataclass(frozen=True, slots=True)
class Insight:
    """A sentence worth telling where its condition holds; the weightiest three open the plan."""

    id: str
    when: Condition
    weight: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A fact that is told with how it was worked out, where `when` holds; among the first things
    where `main` holds, and at the end where there is no `main`."""

    id: str
    when: Condition
    main: Condition | None


@dataclass(frozen=True, slots=True)
class Source:
    """A point of the articles that questions and actions come from, in short; a frame asks for
    neither."""

    id: str
    gist: str
    frame: bool


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """All content, checked for shape; two are equal only where they are one. Texts are nested
    mappings, the same keys in each language."""

    slots: Mapping[str, Slot]
    acts: tuple[str, ...]
    actions: Mapping[str, Action]
    parameters: Mapping[str, Parameter]
    evidence: Mapping[str, Mapping[str, Any]]
    contradictions: Mapping[str, Contradiction]
    observations: tuple[Observation, ...]
    insights: tuple[Insight, ...]
    sums: Mapping[str, Sum]
    drafts: Mapping[str, Draft]
    sources: Mapping[str, Source]
    texts: Mapping[str, Mapping[str, Any]]

    def core(self) -> tuple[Slot, ...]:
        """The core path, in order."""
        chosen = [slot for slot in self.slots.values() if slot.core is not None]
        return tuple(sorted(chosen, key=lambda slot: slot.core or 0))

    def deepening(self, area: str) -> tuple[Slot, ...]:
        """The questions of an area beyond the core path, in the order of its file."""
        return tuple(s for s in self.slots.values() if s.area == area and s.core is None)

    def question(self, language: str, slot: str) -> Mapping[str, Any]:
        """The wording of a question."""
        wording: Mapping[str, Any] = self.texts[language]["questions"][slot]
        return wording

    def option_label(self, language: str, slot: str, option: str) -> str:
        """The label of an option ('true' and 'false' for yes/no)."""
        return str(self.question(language, slot)["options"][option])

    def action_text(self, language: str, action: str) -> Mapping[str, Any]:
        """The wording of an action."""
        wording: Mapping[str, Any] = self.texts[language]["actions"][action]
        return wording
