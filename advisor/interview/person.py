"""Between the owner and a consultant: agreeing to a plan, taking back a correction, answering.

What a consultant asks holds nothing up: whatever is no answer to it lets it drop, and is taken as
if nobody had asked.
"""

from __future__ import annotations

from advisor.interview import events as happened
from advisor.interview.inputs import Heard, Input, Noticed, Opened, Pressed, Replied, Unheard
from advisor.interview.sprint import Sprint

OURS = (happened.PersonWaits, happened.WordAwaited)
LEAVES_IT = (Opened, Noticed, Unheard)
"""After these, what a consultant asked still stands."""


def answered(sprint: Sprint, received: Input) -> bool:
    """Take what is meant for a consultant; whether this was it."""
    waiting = sprint.state.waiting
    match received:
        case Replied(message=message) if sprint.state.person is not None:
            pass_on(sprint, message)
        case Pressed(option=option) if pressed(sprint, option):
            pass
        case Heard(reading=reading) if isinstance(waiting, happened.PersonWaits):
            if not said(sprint, waiting, reading.act):
                sprint.emit(happened.Resumed())
                return False
        case _:
            if isinstance(waiting, OURS) and not isinstance(received, LEAVES_IT):
                sprint.emit(happened.Resumed())
            return False
    return True


def pressed(sprint: Sprint, option: str) -> bool:
    """A button of ours; whether it was one that still means something."""
    control, _, argument = option.partition(":")
    state = sprint.state
    if control == "/reply" and state.person is not None:
        sprint.emit(happened.WordAwaited(state.person))
    elif control == "/going" and state.going:
        sign(sprint)
    elif control == "/restore" and argument in state.revised:
        restore(sprint, argument)
    elif control == "/continue" and isinstance(state.waiting, OURS):
        go_on(sprint)
    else:
        return False
    return True


def said(sprint: Sprint, waiting: happened.PersonWaits, act: str | None) -> bool:
    """A yes or a no in words; whether it answers what the consultant asked."""
    slot = waiting.slot
    if act == "affirm" and waiting.about == "plan" and sprint.state.going:
        sign(sprint)
    elif act == "affirm" or (act == "thanks" and waiting.about != "plan"):
        go_on(sprint)
    elif act == "deny" and slot is not None and slot in sprint.state.revised:
        restore(sprint, slot)
    else:
        return False
    return True


def sign(sprint: Sprint) -> None:
    """The owner goes with the plan."""
    assert sprint.state.sent is not None
    sprint.emit(happened.PlanSigned(sprint.state.sent.version))
    sprint.emit(happened.Told("signed"))
    go_on(sprint)


def restore(sprint: Sprint, slot: str) -> None:
    """What the owner had said stands again."""
    sprint.emit(happened.AnswerUndone(slot, sprint.state.revised[slot]))
    sprint.emit(happened.Told("undone", slot))
    go_on(sprint)


def pass_on(sprint: Sprint, message: str) -> None:
    """A message to the consultant."""
    assert sprint.state.person is not None
    sprint.emit(happened.WordReturned(message, sprint.state.person))
    sprint.emit(happened.Told("passed_on"))
    go_on(sprint)


def go_on(sprint: Sprint) -> None:
    """Back to what stood before the consultant spoke."""
    if isinstance(sprint.state.waiting, OURS):
        sprint.emit(happened.Resumed())
    sprint.stand()
