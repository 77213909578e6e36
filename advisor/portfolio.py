"""All clients of a practice at once: what is wrong with them, what they do about it, and where they
stop. Counts only, derived from the lines of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import quantiles

from advisor.clients import SILENT
from advisor.model import PLAN_AREAS

HOUR = 3600.0
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """What the portfolio wants to know of a client; see `clients.Summary`. `standing` is a status,
    or silent; `planned_at` is when the first plan was made."""

    standing: str
    areas: Mapping[str, int]
    observed: Sequence[str]
    actions: Sequence[str]
    asking: str | None
    started_at: datetime
    planned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """What became of a question: answered, not known, passed over; and for how many clients, of
    whom nothing was heard for long, it is the one at which they stopped."""

    slot: str
    answered: int
    unknown: int
    skipped: int
    stopped: int

    @property
    def asked(self) -> int:
        """How many clients met it."""
        return self.answered + self.unknown + self.skipped + self.stopped


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Hours from the start to the plan: a quarter of clients needs at most `low`, half `middle`,
    three quarters `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A practice's clients, counted. `areas` gives for each area how many clients stand in each
    band of severity; `observed` and `actions` are the most common first."""

    total: int
    standings: Mapping[str, int]
    areas: Mapping[str, Mapping[str, int]]
    observed: Sequence[tuple[str, int]]
    actions: Sequence[tuple[str, int]]
    questions: Sequence[Question]
    to_plan: Quartiles | None


def gather(
    lines: Iterable[Line],
    answers: Mapping[tuple[str, str], int],
    order: Sequence[str],
    band: Callable[[int], str],
) -> Portfolio:
    """The portfolio of some clients. `answers` counts standing answers by slot and state, `order`
    is that of the questions, `band` names the severity of a score."""
    every = list(lines)
    stopped = Counter(line.asking for line in every if line.standing == SILENT and line.asking)
    questions = [asked(slot, answers, stopped[slot]) for slot in order]
    return Portfolio(
        total=len(every),
        standings=Counter(line.standing for line in every),
        areas={area: bands(every, area, band) for area in PLAN_AREAS},
        observed=most_common(line.observed for line in every),
        actions=most_common(line.actions for line in every),
        questions=tuple(question for question in questions if question.asked),
        to_plan=spread(
            (line.planned_at - line.started_at).total_seconds() / HOUR
            for line in every
            if line.planned_at is not None
        ),
    )


def bands(lines: Iterable[Line], area: str, band: Callable[[int], str]) -> Mapping[str, int]:
    """How many clients stand in each band in an area."""
    scores = (line.areas.get(area) for line in lines)
    return Counter(UNKNOWN if score is None else band(score) for score in scores)


def most_common(found: Iterable[Sequence[str]]) -> tuple[tuple[str, int], ...]:
    """How many clients have each thing; the same number in the order of ids."""
    counts = Counter(name for names in found for name in set(names))
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def asked(slot: str, answers: Mapping[tuple[str, str], int], stopped: int) -> Question:
    """What became of one question."""
    known, unknown, skipped = (
        answers.get((slot, state), 0) for state in ("known", "unknown", "skipped")
    )
    return Question(slot, known, unknown, skipped, stopped)


def spread(hours: Iterable[float]) -> Quartiles | None:
    """The quartiles of some times; None where there are none."""
    every = sorted(hours)
    if not every:
        return None
    if len(every) == 1:
        return Quartiles(every[0], every[0], every[0])
    return Quartiles(*quantiles(every, n=4, method="inclusive"))
