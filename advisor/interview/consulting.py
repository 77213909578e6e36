"""What a consultant does in an interview: the same kind of turn as an owner's, with who and why."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.amendments import Amendment
from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.flow import dependents, fault, tidy
from advisor.interview.sprint import Sprint, same
from advisor.interview.state import Interview
from advisor.model import Answer


@dataclass(frozen=True, slots=True)
class Revise:
    """Correct an answer. `by` and `practice` are names."""

    answer: Answer
    by: str
    practice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Amend:
    """Change the plan, in one go."""

    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Approve:
    """Stand for a version of the plan."""

    version: int
    by: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send a version of the plan, with a word."""

    version: int
    by: str
    practice: str
    word: str


@dataclass(frozen=True, slots=True)
class Write:
    """Write to the owner."""

    by: str
    practice: str
    text: str


Act = Revise | Amend | Approve | Send | Write


def consult(catalog: Catalog, state: Interview, act: Act) -> list[Event]:
    """The events of what a consultant does. Raises ValueError for an answer that can't be right."""
    sprint = Sprint(catalog, state)
    match act:
        case Revise():
            revise(sprint, act)
        case Amend(amendments=amendments):
            for amendment in amendments:
                sprint.emit(happened.PlanAmended(amendment))
        case Approve(version=version, by=by):
            sprint.emit(happened.PlanApproved(version, by))
        case Send(version=version, by=by):
            sprint.emit(happened.PlanSent(version, by, act.practice, act.word))
            sprint.emit(happened.PersonWaits(by, "plan"))
        case Write(by=by):
            sprint.emit(happened.WordSent(by, act.practice, act.text))
            sprint.emit(happened.PersonWaits(by, "word"))
    return sprint.events


def revise(sprint: Sprint, act: Revise) -> None:
    """Another answer in place of the owner's; what depends on it is asked again, as after a change
    of the owner's own."""
    slot = sprint.catalog.slots[act.answer.slot]
    if fault(slot, act.answer) is not None:
        raise ValueError("the answer is out of its bounds")
    before, answer = sprint.state.answers.get(slot.id), tidy(slot, act.answer)
    sprint.emit(happened.AnswerRevised(answer, before, act.by, act.practice, act.reason))
    if before is not None and not same(before, answer):
        for name in dependents(sprint.catalog, sprint.state, slot.id):
            sprint.emit(happened.AnswerCleared(name, slot.id))
    sprint.emit(happened.PersonWaits(act.by, "answer", slot.id))
