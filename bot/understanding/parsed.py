"""What the Rasa model says of a message: probabilities for the whole and for each clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REMARK = "remark"
"""What words speak of that answer nothing."""


@dataclass(frozen=True, slots=True)
class Segment:
    """text[start:end] of a message: the probability of each topic (an act or a slot), of each
    option of each slot, and of each target of a correction or a change of language; and how much of
    its words (0-1) speak of each topic where they stand, or are a remark that answers nothing."""

    start: int
    end: int
    topics: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    said: Mapping[str, float] = field(default_factory=dict)

    def topic(self, name: str) -> float:
        """The probability of a topic."""
        return self.topics.get(name, 0.0)

    def speaks_of(self, name: str) -> float:
        """How surely it speaks of a topic, by itself or where it stands."""
        return max(self.topic(name), self.said.get(name, 0.0))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The whole message first, then its clauses (none where it is a single one)."""

    whole: Segment
    clauses: tuple[Segment, ...] = ()

    @property
    def parts(self) -> tuple[Segment, ...]:
        """The clauses, or the whole where there are none."""
        return self.clauses or (self.whole,)


def parsed_from(document: Mapping[str, Any]) -> Parsed:
    """Take the answer of the model's HTTP interface. Raises KeyError where it isn't ours."""
    segments = [
        Segment(
            row["start"], row["end"], row["topics"], row["options"], row["targets"], row["said"]
        )
        for row in document["segments"]
    ]
    return Parsed(segments[0], tuple(segments[1:]))


def nothing_parsed(text: str) -> Parsed:
    """What is known of a message while the model is away."""
    return Parsed(Segment(0, len(text)))
