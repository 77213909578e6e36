"""An owner as a consultant's list shows them: one line that is derived from the interview and its
plan, so that a list of thousands needs neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.catalog import Catalog
from advisor.findings import observe, scored
from advisor.interview.state import Interview
from advisor.model import Answer, Answers, Money

Status = Literal["interviewing", "waiting", "sent", "progress"]
STATUSES: tuple[Status, ...] = ("interviewing", "waiting", "sent", "progress")
"""Under way; a plan waits for its consultant; the consultant sent it; the owner works on it."""
SILENT = "silent"
"""Shown in place of a status where nothing was heard of an owner for SILENT_DAYS."""
SILENT_DAYS = 10

DANGEROUS = 65
"""Severity from which an area, and so the business, is in danger; `areas.LEVELS` says the same."""
CASH_BANDS = ((14, 100), (30, 90), (60, 75), (90, 50), (180, 25))
"""Days of cash, and how dangerous so few are (a convention of ours; below 60 days is E8's)."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the answers say of a business in one line.

    `severity` is that of its worst area (0-100), `runway` how long the cash lasts in days, `danger`
    both in one (0-100). Each is None while nothing is known of it. `areas` are the scores of those
    of which something is known, `observed` the ids of what speaks against the business, and
    `asking` is the question at which an interview stands that has no plan yet.
    """

    name: str | None
    sector: str | None
    severity: int | None
    worst_area: str | None
    runway: int | None
    danger: int
    answered: int
    areas: Mapping[str, int] = field(default_factory=dict)
    observed: tuple[str, ...] = ()
    asking: str | None = None


def summarize(catalog: Catalog, state: Interview) -> Summary:
    """The line of an interview as it stands."""
    answers = state.answers
    found = {area: held for area, held in observe(catalog, answers).items() if held}
    scores = {area: scored(held) for area, held in found.items()}
    worst = max(scores, key=lambda area: scores[area], default=None)
    runway = whole(answers.get("cash_runway"))
    severity = scores[worst] if worst is not None else None
    return Summary(
        name=text(answers.get("business_name")),
        sector=text(answers.get("sector")),
        severity=severity,
        worst_area=worst,
        runway=runway,
        danger=max(severity or 0, cash_danger(runway)),
        answered=sum(answer.known for answer in answers.values()),
        areas=scores,
        observed=tuple(item.id for held in found.values() for item in held if item.points),
        asking=asking_of(state),
    )


def asking_of(state: Interview) -> str | None:
    """The question at which an interview stands that has no plan yet."""
    return None if state.planned else state.current


def cash_danger(days: int | None) -> int:
    """How dangerous it is that the cash lasts so long."""
    if days is None:
        return 0
    return next((danger for most, danger in CASH_BANDS if days <= most), 0)


def status_of(planned: int, sent: int, progressed: bool) -> Status:
    """Where a client stands, by the versions of the plan that were made and sent (0 for none), and
    whether the owner reported progress since."""
    if not planned:
        return "interviewing"
    if sent < planned:
        return "waiting"
    return "progress" if progressed else "sent"


def text(answer: Answer | None) -> str | None:
    """An answer's words or option."""
    value = answer.value if answer is not None and answer.known else None
    return value if isinstance(value, str) else None


def whole(answer: Answer | None) -> int | None:
    """An answer's number, whole."""
    value = answer.value if answer is not None and answer.known else None
    if isinstance(value, Money):
        value = value.amount
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(value) if is_number else None  # type: ignore[arg-type]


def options_of(answers: Answers) -> tuple[tuple[str, str], ...]:
    """Every option that was chosen, with its slot."""
    return tuple(
        (slot, option)
        for slot, answer in answers.items()
        if answer.known
        for option in chosen(answer)
    )


def chosen(answer: Answer) -> tuple[str, ...]:
    """The options of an answer; a yes or a no as the wording names it; none of a number."""
    value = answer.value
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()
