"""What a consultant changed in a plan: rows of a list that only grows, laid over what the answers
alone would give. Hours are the owner's in all, costs shekels in all, weeks 1-13."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

OWN = "own_"
"""How the ids of actions begin that a consultant added."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An action in somebody's own words, in one language; what is empty stays as the catalogue has
    it. `steps` are sentences in order."""

    language: str
    name: str = ""
    why: str = ""
    steps: tuple[str, ...] = ()
    measure: str = ""
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """An action starts in another week."""

    action: str
    old: int
    new: int
    type: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True)
class Resized:
    """An action takes another number of hours."""

    action: str
    old: float
    new: float
    type: Literal["resized"] = "resized"


@dataclass(frozen=True, slots=True)
class Reworded:
    """An action is told in other words."""

    action: str
    wording: Wording
    type: Literal["reworded"] = "reworded"


@dataclass(frozen=True, slots=True)
class Dropped:
    """An action is left out."""

    action: str
    type: Literal["dropped"] = "dropped"


@dataclass(frozen=True, slots=True)
class Added:
    """An action that the catalogue doesn't have."""

    action: str
    area: str
    week: int
    weeks: int
    hours: float
    cost: float
    wording: Wording
    type: Literal["added"] = "added"


@dataclass(frozen=True, slots=True)
class Undone:
    """An earlier amendment is taken back, which may itself have taken one back."""

    amendment: str
    type: Literal["undone"] = "undone"


Alteration = Moved | Resized | Reworded | Dropped | Added | Undone


@dataclass(frozen=True, slots=True)
class Amendment:
    """What was changed, by whom (a name), when (ISO 8601, UTC) and why. The id is unique."""

    id: str
    by: str
    at: str
    reason: str
    change: Alteration


def standing(amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """Those in force, in order: each once, without what was taken back and what took it back."""
    listed = {amendment.id: amendment for amendment in amendments}
    gone: set[str] = set()
    for amendment in reversed(listed.values()):
        if amendment.id not in gone and isinstance(amendment.change, Undone):
            gone.add(amendment.change.amendment)
    return tuple(
        amendment
        for amendment in listed.values()
        if amendment.id not in gone and not isinstance(amendment.change, Undone)
    )
