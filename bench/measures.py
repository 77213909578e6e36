"""What is counted: which intent a message stands for, what a pipeline made of it, and how well a
score tells messages in scope from others. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.catalog import Catalog
from advisor.model import WITH_OPTIONS, Kind
from bot.understanding.scoring import Row

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
"""What Rasa's fallback puts first; it is a threshold's verdict, no intent."""
LIKELY = 0.5
"""One option of several is named where it is more likely than not."""
Document = Mapping[str, Any]
"""A server's answer to one message."""


@dataclass(frozen=True, slots=True)
class Intent:
    """An act or a slot, with the options of the slot or the target of the act."""

    topic: str
    rest: frozenset[str] = frozenset()

    @classmethod
    def named(cls, name: str) -> Intent:
        """From a name as the examples have it: `sector.shop`, `advertising.print+social`."""
        topic, _, rest = name.partition(".")
        return cls(topic, frozenset(rest.split("+")) if rest else frozenset())


@dataclass(frozen=True, slots=True)
class Held:
    """A message that no pipeline was trained on; `asked` where it answers the question asked."""

    text: str
    want: Intent
    asked: bool

    @property
    def in_scope(self) -> bool:
        """Whether the message is for us."""
        return self.want.topic != OUT_OF_SCOPE


def held_out(catalog: Catalog, rows: Iterable[Row]) -> list[Held]:
    """Rows of expectations that a single intent can stand for: acts, and messages that name the
    options of one slot. Numbers and texts are read from the message itself, and messages about
    several slots by their clauses, so neither says much of a classifier."""
    found = ((row, intent_of(catalog, row["expect"])) for row in rows)
    return [
        Held(row["text"], want, bool(want.rest) and want.topic == row["question"])
        for row, want in found
        if want
    ]


def intent_of(catalog: Catalog, expect: Row) -> Intent | None:
    """The intent of an expectation, or None where there isn't exactly one."""
    if expect["act"] != "inform":
        return Intent(expect["act"], frozenset(filter(None, [expect.get("target")])))
    if len(expect["slots"]) != 1:
        return None
    ((slot, value),) = expect["slots"].items()
    kind = catalog.slots[slot].kind
    if kind not in WITH_OPTIONS:
        return None
    options = value if kind is Kind.CHOICES else [value]
    return Intent(slot, frozenset(str(option).lower() for option in options))


def ranking(document: Document) -> list[tuple[Intent, float]]:
    """Intents with their confidence, best first."""
    rows = document["intent_ranking"]
    return [(Intent.named(r["name"]), r["confidence"]) for r in rows if r["name"] != FALLBACK]


def best(document: Document) -> Intent:
    """The likeliest intent of all."""
    return ranking(document)[0][0]


def best_option(document: Document, slot: str, several: bool) -> frozenset[str]:
    """The likeliest options of one slot: what is left when it is known what was asked. From our
    classifier's own scores where it gave them, else from the ranking; none where it has none."""
    if "segments" not in document:
        rest = (intent.rest for intent, _ in ranking(document) if intent.topic == slot)
        return next(rest, frozenset())
    scores = document["segments"][0]["options"].get(slot, {})
    likely = [option for option in scores if several and scores[option] > LIKELY]
    return frozenset(likely or sorted(scores, key=lambda option: -scores[option])[:1])


def scope(document: Document) -> float:
    """How sure a pipeline is that a message is in scope: its confidence in the likeliest topic
    other than out_of_scope. Options of a slot add up, else many options would look like doubt."""
    sums: dict[str, float] = defaultdict(float)
    for intent, confidence in ranking(document):
        sums[intent.topic] += confidence
    return max((p for topic, p in sums.items() if topic != OUT_OF_SCOPE), default=0.0)


def area(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Area under the curve: how often a message in scope scores above one that isn't; ties count
    half. 0.5 is chance. Raises ValueError where there is nothing to compare."""
    if not inside or not outside:
        raise ValueError("an area needs messages of both kinds")
    wins = sum((a > b) + (a == b) / 2 for a in inside for b in outside)
    return wins / (len(inside) * len(outside))


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0-1) of the values don't exceed. Raises ValueError without any."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))]
