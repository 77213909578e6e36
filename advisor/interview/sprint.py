"""A turn in the making: collects events, keeps the state in step, and knows how to go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.interview.events import Event, How, Wording
from advisor.interview.flow import (
    contradiction,
    dependents,
    fault,
    first_insight,
    next_question,
    open_areas,
    tidy,
    wording,
)
from advisor.interview.state import Interview, apply
from advisor.model import Answer, AnswerState
from advisor.whatif import Supposition, work_out

MISSES_BEFORE_SKIP = 3
TARGETS_ON_A_PAGE = 8


class Sprint:
    """Events of one turn and the state that they lead to."""

    def __init__(self, catalog: Catalog, state: Interview) -> None:
        self.catalog = catalog
        self.before = state
        self.state = state
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Note that it happened."""
        self.events.append(event)
        self.state = apply(self.state, event)

    def ask(self, slot: str, preferred: Wording = "ask") -> None:
        """Ask a question, in words that didn't go out twice before; when all did, leave it open."""
        chosen = wording(self.state, slot, preferred)
        if chosen is None and slot not in self.state.answers:
            self.leave_open(slot)
            return
        ticked = self.state.ticked if slot == self.state.current else ()
        fresh = tuple(e.answer.slot for e in self.volunteered())
        self.emit(happened.QuestionAsked(slot, chosen or preferred, ticked, fresh))

    def volunteered(self) -> list[happened.AnswerAccepted]:
        """Answers of this turn that one tap may take back."""
        return [
            event
            for event in self.events
            if isinstance(event, happened.AnswerAccepted)
            and event.how == "volunteered"
            and event.answer.slot in self.state.undoable
        ]

    def leave_open(self, slot: str) -> None:
        """Stop asking: an earlier answer stands, else the slot is unknown; go on."""
        self.emit(happened.Told("left_open", slot))
        self.pass_over(slot, AnswerState.UNKNOWN)

    def pass_over(self, slot: str, how: AnswerState) -> None:
        """Don't know or skip: an answer in itself, which never wipes one that was given."""
        earlier = self.state.answers.get(slot)
        answer = earlier if earlier is not None else Answer(slot, how)
        self.emit(happened.AnswerAccepted(answer, "asked"))
        self.proceed()

    def accept(self, answers: Iterable[Answer], how: How) -> bool:
        """Take answers in; whether all could be believed. What depends on a change is cleared."""
        sound = True
        for answer in answers:
            slot = self.catalog.slots[answer.slot]
            problem = fault(slot, answer)
            if problem is not None:
                self.emit(happened.ValueRejected(slot.id, *problem))  # type: ignore[arg-type]
                sound = False
                continue
            self.store(tidy(slot, answer), "asked" if slot.id == self.state.current else how)
        return sound

    def store(self, answer: Answer, how: How) -> None:
        """One believable answer."""
        before = self.state.answers.get(answer.slot)
        self.emit(happened.AnswerAccepted(answer, how))
        if before is not None and not same(before, answer):
            for name in dependents(self.catalog, self.state, answer.slot):
                self.emit(happened.AnswerCleared(name, answer.slot))

    def proceed(self) -> None:
        """Go on: a contradiction first, then an insight, the next question, or the plan."""
        if self.took_up():
            return
        name = contradiction(self.catalog, self.state)
        if name is not None:
            slots = self.catalog.contradictions[name].slots
            self.emit(happened.ContradictionAsked(name, slots))
            return
        insight = first_insight(self.catalog, self.state)
        if insight is not None:
            self.emit(happened.InsightReached(insight))
        slot = next_question(self.catalog, self.state)
        if slot is not None:
            self.ask(slot)
            return
        self.finish()

    def finish(self) -> None:
        """Nothing left to ask: a plan if anything is new, then the menu."""
        if not self.state.planned:
            self.emit(happened.PlanRequested("finished"))
        elif self.state.area is not None:
            self.emit(happened.PlanRequested("deepened"))
        elif self.state.outdated:
            self.emit(happened.PlanRequested("changed"))
        self.emit(self.menu())

    def menu(self) -> happened.MenuShown:
        """What can be done now that a plan is there."""
        state = self.state
        return happened.MenuShown(open_areas(self.catalog, state), state.going, state.person)

    def stand(self, preferred: Wording = "brief") -> None:
        """Say again what is waited for, so that nobody is left without a next step."""
        if self.took_up():
            return
        waiting = self.state.waiting
        if waiting is not None and not isinstance(waiting, happened.Paused):
            self.emit(self.menu() if isinstance(waiting, happened.MenuShown) else waiting)
        elif self.state.current is not None:
            self.ask(self.state.current, preferred)
        else:
            self.proceed()

    def miss(self, alternatives: tuple[Answer, ...] = ()) -> None:
        """Not understood: an example, then buttons or two readings, then skipped as unknown."""
        slot = self.state.current
        if slot is None or self.state.waiting is not None:
            if not any(isinstance(event, happened.Told) for event in self.events):
                self.emit(happened.Told("missed_menu"))
            self.stand()
            return
        step = self.state.misses + 1
        self.emit(happened.MessageMissed(step))
        if step >= MISSES_BEFORE_SKIP:
            self.leave_open(slot)
        elif alternatives:
            self.emit(happened.ReadingsOffered(alternatives, "asked"))
        else:
            self.ask(slot, "again" if step == 1 else "buttons")

    def hold(self) -> None:
        """The question that stands, with what can be pressed or typed meanwhile; nothing of this
        counts against it."""
        slot = self.state.current
        if slot is None or self.state.waiting is not None:
            self.stand()
        else:
            self.emit(happened.QuestionAsked(slot, "held", self.state.ticked))

    def suppose(self, supposition: Supposition) -> bool:
        """Answer a "what if"; whether what it lacks is waited for now."""
        missing = work_out(supposition, self.state.answers).missing
        self.emit(happened.Supposed(supposition, missing))
        if not missing or self.state.current in missing or not self.free:
            return False
        self.emit(happened.NumberOffered(missing))
        return True

    @property
    def free(self) -> bool:
        """Whether nothing is waited for that something else may not take the place of."""
        return self.state.waiting is None or isinstance(self.state.waiting, happened.MenuShown)

    def took_up(self) -> bool:
        """Answer a "what if" that lacked what this turn brought; whether it waits for more."""
        wondering = self.state.wondering
        if wondering is None:
            return False
        accepted = [e.answer for e in self.events if isinstance(e, happened.AnswerAccepted)]
        if not any(answer.known and answer.slot in wondering.missing for answer in accepted):
            return False
        return self.suppose(wondering.supposition)

    def offer_targets(self, page: int = 0) -> None:
        """Which earlier answer is to be changed?"""
        answered = [name for name in reversed(self.state.trail) if name in self.state.answers]
        answered += [name for name in self.state.answers if name not in answered]
        if not answered:
            self.emit(happened.Told("nothing_to_change"))
            self.stand()
            return
        start = page * TARGETS_ON_A_PAGE % max(len(answered), 1)
        shown = tuple(answered[start : start + TARGETS_ON_A_PAGE])
        more = len(answered) > TARGETS_ON_A_PAGE
        self.emit(happened.TargetAsked(shown, more, page if start else 0))


def same(left: Answer, right: Answer) -> bool:
    """Whether two answers say the same, wherever they came from."""
    return replace(left, message=None) == replace(right, message=None)
