"""The state of an interview, and how each event changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from advisor.amendments import Amendment
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.model import Answer

Waiting = (
    happened.ReadingsOffered
    | happened.ConfirmationAsked
    | happened.ContradictionAsked
    | happened.TargetAsked
    | happened.MenuShown
    | happened.ComfortOffered
    | happened.NumberOffered
    | happened.ExamplesOffered
    | happened.Paused
    | happened.ConsentAsked
    | happened.PersonWaits
    | happened.WordAwaited
    | happened.CheckinAsked
    | happened.MeasureAsked
)
"""Events that wait for something other than an answer to a slot."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One run through the questions. `current` is the slot waited for; `waiting` takes precedence
    over it. `trail` holds the slots asked, in order; `used` how often each wording of a question
    went out; `again` the slots to ask anew because an answer that they depend on changed."""

    language: str = "he"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    current: str | None = None
    waiting: Waiting | None = None
    misses: int = 0
    trail: tuple[str, ...] = ()
    used: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    area: str | None = None
    undoable: Mapping[str, Answer | None] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    planned: bool = False
    outdated: bool = False
    """Whether an answer changed since the last plan."""
    wondering: happened.Supposed | None = None
    """A "what if" that still lacks an answer."""
    revised: Mapping[str, Answer | None] = field(default_factory=dict)
    """Answers that a consultant corrected, by slot, as the owner had given them."""
    amendments: tuple[Amendment, ...] = ()
    """All that consultants changed in the plan, also what they took back."""
    approved: int = 0
    """The last version of the plan that a consultant stands for; 0 before the first."""
    sent: happened.PlanSent | None = None
    """The last version that a consultant sent."""
    signed: int = 0
    """The last version that the owner agreed to."""
    person: str | None = None
    """The consultant whom an answer would reach."""

    @property
    def going(self) -> bool:
        """Whether a plan was sent that the owner didn't agree to yet."""
        return self.sent is not None and self.signed < self.sent.version

    @property
    def paused(self) -> bool:
        """Whether the owner stopped for now."""
        return isinstance(self.waiting, happened.Paused)


def replay(state: Interview, events: Iterable[Event]) -> Interview:
    """The state after the events."""
    return reduce(apply, events, state)


def apply(state: Interview, event: Event) -> Interview:
    """The state after one event."""
    match event:
        case happened.InterviewStarted(language=language):
            return Interview(language=language)
        case (
            happened.AnswerRevised()
            | happened.PlanAmended()
            | happened.PlanApproved()
            | happened.PlanSent()
            | happened.PlanSigned()
            | happened.WordSent()
        ):
            return consulted(state, event)
        case happened.LanguageChosen(language=language):
            return replace(state, language=language)
        case happened.QuestionAsked():
            return asked(state, event)
        case happened.AnswerAccepted():
            return accepted(state, event)
        case happened.AnswerUndone(slot=slot, restored=restored):
            return undone(state, slot, restored)
        case happened.AnswerCleared(slot=slot):
            rest = {name: answer for name, answer in state.answers.items() if name != slot}
            return replace(state, answers=rest, again=unique((*state.again, slot)), outdated=True)
        case happened.OptionTicked(option=option, on=on):
            rest_ticked = tuple(o for o in state.ticked if o != option)
            return replace(state, ticked=(*rest_ticked, option) if on else rest_ticked)
        case happened.MessageMissed(step=step):
            return replace(state, misses=step)
        case happened.InsightReached(id=name):
            return replace(state, insights=(*state.insights, name))
        case happened.AreaChosen(area=area):
            return replace(state, area=area, waiting=None)
        case happened.PlanRequested():
            return planned(state, event)
        case happened.ContradictionAsked(id=name):
            return replace(state, settled=(*state.settled, name), waiting=event)
        case happened.MenuShown():
            return replace(state, waiting=event, current=None, ticked=(), misses=0)
        case (
            happened.ReadingsOffered()
            | happened.ConfirmationAsked()
            | happened.TargetAsked()
            | happened.ComfortOffered()
            | happened.NumberOffered()
            | happened.ExamplesOffered()
            | happened.Paused()
            | happened.PersonWaits()
            | happened.WordAwaited()
            | happened.CheckinAsked()
            | happened.MeasureAsked()
        ):
            return replace(state, waiting=event)
        case happened.ConsentAsked(after_plan=True):
            return replace(state, waiting=event, current=None, ticked=(), misses=0)
        case happened.ConsentAsked():
            return replace(state, waiting=event)
        case happened.ConsentAnswered():
            waiting = state.waiting
            dropped = isinstance(waiting, happened.ConsentAsked)
            return replace(state, waiting=None if dropped else waiting)
        case happened.Resumed():
            return replace(came_back(state) if state.paused else state, waiting=None)
        case happened.Returned():
            return came_back(state)
        case happened.Supposed(missing=missing):
            # what was answered in between lets the question be asked in words that went out before
            return replace(came_back(state), wondering=event if missing else None)
        case happened.Restarted() | happened.DataForgotten():
            return Interview(language=state.language)
        case _:
            return state


def asked(state: Interview, event: happened.QuestionAsked) -> Interview:
    """A question stands; a new one starts with no misses and no ticks."""
    fresh = event.slot != state.current
    counts = dict(state.used.get(event.slot, {}))
    counts[event.wording] = counts.get(event.wording, 0) + 1
    return replace(
        state,
        current=event.slot,
        waiting=None,
        misses=0 if fresh else state.misses,
        ticked=event.ticked,
        trail=unique((*state.trail, event.slot)),
        used={**state.used, event.slot: counts},
        undoable={slot: state.undoable.get(slot) for slot in event.undoable},
    )


def accepted(state: Interview, event: happened.AnswerAccepted) -> Interview:
    """An answer stands; what it replaced can be brought back when it was volunteered."""
    slot = event.answer.slot
    undoable = dict(state.undoable)
    if event.how == "volunteered":
        undoable[slot] = state.answers.get(slot)
    return replace(
        state,
        answers={**state.answers, slot: event.answer},
        undoable=undoable,
        revised=without(state.revised, slot),
        again=tuple(name for name in state.again if name != slot),
        misses=0 if slot == state.current else state.misses,
        ticked=() if slot == state.current else state.ticked,
        waiting=None,
        outdated=True,
    )


def undone(state: Interview, slot: str, restored: Answer | None) -> Interview:
    """The answer before stands again, or none."""
    answers = {name: answer for name, answer in state.answers.items() if name != slot}
    if restored is not None:
        answers[slot] = restored
    undoable = without(state.undoable, slot)
    return replace(
        state,
        answers=answers,
        undoable=undoable,
        revised=without(state.revised, slot),
        outdated=True,
    )


def consulted(state: Interview, event: Event) -> Interview:
    """What a consultant did, or the owner's answer to it. A plan isn't out of date for a corrected
    answer: whoever corrects makes it anew."""
    match event:
        case happened.AnswerRevised(answer=answer, before=before, by=by):
            slot = answer.slot
            return replace(
                state,
                answers={**state.answers, slot: answer},
                again=tuple(name for name in state.again if name != slot),
                revised={**state.revised, slot: state.revised.get(slot, before)},
                person=by,
            )
        case happened.PlanAmended(amendment=amendment):
            return replace(state, amendments=(*state.amendments, amendment))
        case happened.PlanApproved(version=version):
            return replace(state, approved=version)
        case happened.PlanSent(by=by):
            return replace(state, sent=event, person=by)
        case happened.PlanSigned(version=version):
            return replace(state, signed=version)
        case happened.WordSent(by=by):
            return replace(state, person=by)
        case _:
            return state


def without(answers: Mapping[str, Answer | None], slot: str) -> dict[str, Answer | None]:
    """The same but for one slot."""
    return {name: answer for name, answer in answers.items() if name != slot}


def came_back(state: Interview) -> Interview:
    """Whoever was away may read the question that stands in words that went out before."""
    used = {slot: counts for slot, counts in state.used.items() if slot != state.current}
    return replace(state, used=used)


def planned(state: Interview, event: happened.PlanRequested) -> Interview:
    """A plan is made of the answers as they stand; a finished area is left."""
    area = state.area if event.cause == "asked" else None
    finished = state.planned or event.cause == "finished"
    return replace(state, planned=finished, outdated=False, area=area)


def unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each name once, where it first stood."""
    return tuple(dict.fromkeys(names))
