"""Asking the owner whether misread messages may be kept, to learn from.

Asked once, after a plan, in place of the menu; at any time on request. It never holds anything up:
whatever is no answer to it lets it drop and is taken as if it hadn't been asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.inputs import Heard, Input, Pressed
from advisor.interview.sprint import Sprint

ANSWERS = {"/learn:yes": True, "/learn:no": False}
"""Buttons that answer, whatever else is waited for."""


def answered(sprint: Sprint, received: Input) -> bool:
    """Take an answer, or a request to be asked; whether this was one."""
    asked = isinstance(sprint.state.waiting, happened.ConsentAsked)
    match received:
        case Pressed(option="/learn"):
            sprint.emit(happened.ConsentAsked(after_plan=False))
            return True
        case Pressed(option=option) if option in ANSWERS:
            settle(sprint, ANSWERS[option])
            return True
        case Heard(reading=reading) if asked and reading.act in ("affirm", "deny"):
            settle(sprint, reading.act == "affirm")
            return True
    if asked:
        sprint.emit(happened.Resumed())
    return False


def settle(sprint: Sprint, given: bool) -> None:
    """Note the answer, and go on where the owner was."""
    sprint.emit(happened.ConsentAnswered(given))
    sprint.emit(happened.Told("consent_given" if given else "consent_refused"))
    sprint.stand()


def asked_after_plan(events: Sequence[Event]) -> list[Event]:
    """A turn that ended with a plan and the menu, with the question in place of the menu."""
    menu = isinstance(events[-1], happened.MenuShown)
    planned = any(isinstance(event, happened.PlanRequested) for event in events)
    if not (menu and planned):
        return list(events)
    return [*events[:-1], happened.ConsentAsked(after_plan=True)]
