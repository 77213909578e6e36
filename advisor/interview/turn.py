"""One turn: what the owner did, applied to the interview."""

from __future__ import annotations

from advisor.catalog import Catalog
from advisor.interview import consent, following, person, waiting
from advisor.interview import events as happened
from advisor.interview.acts import ACTS
from advisor.interview.editing import edited
from advisor.interview.events import Event
from advisor.interview.inputs import (
    ChangesAsked,
    Edited,
    Heard,
    Input,
    Noticed,
    Opened,
    Pressed,
    Reading,
    Replied,
    Unheard,
    Unreadable,
    Wondered,
)
from advisor.interview.sprint import Sprint
from advisor.interview.state import Interview
from advisor.interview.wondering import tell_changes, wonder, wondered
from advisor.model import Answer, AnswerState, Kind, Slot

FIRST = (consent.answered, following.answered, person.answered)
"""Whoever takes an input before it is an ordinary turn."""
URGENT = frozenset({"distress", "human"})
"""What is answered even where it comes before the first question."""


def begin(catalog: Catalog, language: str, first: Reading | None = None) -> list[Event]:
    """The events of a new interview, up to its first question. `first` is how the words read with
    which the owner began, asked nothing yet: what they tell is kept."""
    sprint = Sprint(catalog, Interview(language=language))
    sprint.emit(happened.InterviewStarted(language))
    if first is not None and first.act in URGENT:
        ACTS[first.act](sprint, first)
        return sprint.events
    sprint.emit(happened.Told("welcome"))
    if first is not None and first.act == "inform":
        sprint.accept(first.answers.values(), "volunteered")
    sprint.proceed()
    return sprint.events


def turn(catalog: Catalog, state: Interview, received: Input) -> list[Event]:
    """What the input does. Every turn ends with something that is waited for."""
    sprint = Sprint(catalog, state)
    if any(take(sprint, received) for take in FIRST):
        return sprint.events
    match received:
        case Heard(reading=reading):
            hear(sprint, reading)
        case Pressed():
            press(sprint, received)
        case Opened():
            return_to(sprint)
        case Wondered(supposition=supposition):
            wonder(sprint, supposition)
        case Unheard():
            sprint.hold()
        case Edited():
            edited(sprint, received)
        case Noticed(topic=topic):
            notice(sprint, topic)
        case Replied():
            notice(sprint, "nobody_to_answer")
        case ChangesAsked(since=since):
            tell_changes(sprint, since)
        case Unreadable(topic=topic):
            sprint.emit(happened.Told(topic))
            sprint.miss()
    return sprint.events


def return_to(sprint: Sprint) -> None:
    """What stands, for someone who was away."""
    sprint.emit(happened.Returned())
    if sprint.state.paused:
        sprint.emit(happened.Resumed())
    sprint.stand("ask")


def notice(sprint: Sprint, topic: str) -> None:
    """A word on what can't be read; the question stands, however often that happens."""
    if sprint.state.paused:
        sprint.emit(happened.Resumed())
    sprint.emit(happened.Told(topic))
    sprint.emit(happened.Returned())
    sprint.stand()


def hear(sprint: Sprint, reading: Reading) -> None:
    """A typed message."""
    if waiting.answered(sprint, reading):
        return
    if sprint.state.waiting is not None and reading.act is None:
        sprint.miss()
        return
    if sprint.state.waiting is not None and reading.act == "inform":
        sprint.emit(happened.Resumed())
    act = ACTS.get(reading.act or "")
    if act is None:
        sprint.miss(reading.alternatives)
    else:
        act(sprint, reading)


def press(sprint: Sprint, button: Pressed) -> None:
    """A button: of a question, of what is waited for, or a command."""
    if button.option.startswith("/"):
        control, _, argument = button.option[1:].partition(":")
        if waiting.pressed(sprint, control, argument) or controlled(sprint, control, argument):
            return
        if control in ACTS and control != "inform":
            hear(sprint, Reading(control, target=argument or None))
            return
        stale(sprint)
        return
    if sprint.state.paused:
        sprint.emit(happened.Resumed())
    slot = sprint.catalog.slots.get(sprint.state.current or "")
    belongs = slot is not None and button.question in (None, slot.id)
    if not belongs or slot is None or button.option not in slot.options:
        stale(sprint)
    elif slot.kind is Kind.CHOICES:
        tick(sprint, slot, button.option)
    else:
        sprint.accept([picked(slot, (button.option,), button.message)], "asked")
        sprint.proceed()


def stale(sprint: Sprint) -> None:
    """A button of something that is over: said so, and what stands now."""
    sprint.emit(happened.Told("stale_option"))
    sprint.stand()


def tick(sprint: Sprint, slot: Slot, option: str) -> None:
    """One of several options, on or off; one that rules others out stands alone."""
    on = option not in sprint.state.ticked
    if on:
        alone = option in slot.exclusive
        for other in sprint.state.ticked:
            if alone or other in slot.exclusive:
                sprint.emit(happened.OptionTicked(slot.id, other, False))
    sprint.emit(happened.OptionTicked(slot.id, option, on))
    sprint.emit(happened.QuestionAsked(slot.id, "tick", sprint.state.ticked))


def controlled(sprint: Sprint, control: str, argument: str) -> bool:
    """Buttons that belong to a question besides its options."""
    slot = sprint.catalog.slots.get(sprint.state.current or "")
    if control == "done" and slot is not None and slot.kind is Kind.CHOICES:
        if not sprint.state.ticked:
            sprint.emit(happened.Told("choose_one"))
            sprint.stand("buttons")
            return True
        sprint.accept([picked(slot, sprint.state.ticked, None)], "asked")
        sprint.proceed()
        return True
    if control == "undo" and argument in sprint.state.undoable:
        sprint.emit(happened.AnswerUndone(argument, sprint.state.undoable[argument]))
        sprint.emit(happened.Told("undone", argument))
        sprint.stand()
        return True
    if control == "privacy":
        notice(sprint, control)
        return True
    if control == "area" and argument and sprint.state.planned:
        waiting.deepen(sprint, argument)
        return True
    return wondered(sprint, control, argument)


def picked(slot: Slot, options: tuple[str, ...], message: str | None) -> Answer:
    """The answer that buttons give."""
    if slot.kind is Kind.YESNO:
        return Answer(slot.id, AnswerState.KNOWN, options[0] == "true", message=message)
    if slot.kind is Kind.CHOICES:
        return Answer(slot.id, AnswerState.KNOWN, tuple(sorted(options)), message=message)
    return Answer(slot.id, AnswerState.KNOWN, options[0], message=message)
