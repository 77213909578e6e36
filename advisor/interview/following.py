"""When we wrote first: reminders of an interview that stopped, and check-ins on a plan.

A reminder changes nothing: what stood, stands, and any answer to it counts. A check-in takes the
place of the menu until it is answered or anything else is said.
"""

from __future__ import annotations

from typing import get_args

from advisor.interview import events as happened
from advisor.interview.events import Going
from advisor.interview.inputs import Heard, Input, Measured, Pressed, Silence, WeekOver
from advisor.interview.sprint import Sprint

STATES: tuple[Going, ...] = get_args(Going)
PASSING = frozenset({"skip", "unsure", "deny"})


def answered(sprint: Sprint, received: Input) -> bool:
    """Take what belongs to a reminder or a check-in; whether this did."""
    match received:
        case Silence(step=step):
            sprint.emit(happened.Reminded(step))
        case WeekOver(plan=plan, week=week, actions=actions, step=step):
            sprint.emit(happened.CheckinAsked(plan, week, actions, step, opening=True))
        case Measured(value=value):
            report_measure(sprint, value)
        case Pressed(option=option) if option in CONTROLS:
            CONTROLS[option](sprint)
        case Pressed(option=option):
            return told(sprint, option)
        case Heard(reading=reading) if reading.act in PASSING:
            return passed_over(sprint)
        case _:
            return False
    return True


def resume(sprint: Sprint) -> None:
    """Go on exactly where the owner stopped."""
    sprint.emit(happened.Returned())
    if sprint.state.paused:
        sprint.emit(happened.Resumed())
    sprint.stand("ask")


def put_off(sprint: Sprint) -> None:
    """Not now; one more reminder, and no other."""
    sprint.emit(happened.Told("not_now"))


def turn_off(sprint: Sprint) -> None:
    """No reminder and no check-in any more."""
    sprint.emit(happened.RemindersTurned(on=False))
    sprint.emit(happened.Told("reminders_off"))
    if isinstance(sprint.state.waiting, happened.CheckinAsked | happened.MeasureAsked):
        leave(sprint)
    else:
        stay(sprint)


def turn_on(sprint: Sprint) -> None:
    """Reminders and check-ins again."""
    sprint.emit(happened.RemindersTurned(on=True))
    sprint.emit(happened.Told("reminders_on"))
    stay(sprint)


def stay(sprint: Sprint) -> None:
    """What stands, stands, and a pause goes on."""
    if sprint.state.paused:
        sprint.emit(happened.Paused())
    else:
        sprint.emit(happened.Returned())
        sprint.stand()


def stop(sprint: Sprint) -> None:
    """Stop: everything is kept, and nothing is sent until the owner writes again."""
    sprint.emit(happened.RemindersTurned(on=False, stopped=True))
    sprint.emit(happened.Paused())


CONTROLS = {
    "/resume": resume,
    "/later": put_off,
    "/mute": turn_off,
    "/remind": turn_on,
    "/stop": stop,
}


def told(sprint: Sprint, option: str) -> bool:
    """A button of a check-in; whether it was one."""
    match sprint.state.waiting, option.removeprefix("/did:"):
        case happened.CheckinAsked() as asked, state if state in STATES:
            report(sprint, asked, state)
        case happened.CheckinAsked() | happened.MeasureAsked(), "/skip":
            return passed_over(sprint)
        case _:
            return False
    return True


def report(sprint: Sprint, asked: happened.CheckinAsked, state: Going) -> None:
    """How an action goes; of one that is done, what its measure says."""
    action = asked.actions[0]
    sprint.emit(happened.ProgressReported(action, state))
    if state == "done":
        sprint.emit(happened.MeasureAsked(action, asked))
    else:
        ask_next(sprint, asked)


def report_measure(sprint: Sprint, value: float) -> None:
    """What the measure says, where it was asked for."""
    waiting = sprint.state.waiting
    assert isinstance(waiting, happened.MeasureAsked), "the conversation reads a number for it only"
    sprint.emit(happened.ProgressReported(waiting.action, "done", value))
    ask_next(sprint, waiting.then)


def passed_over(sprint: Sprint) -> bool:
    """No answer to this one; whether a check-in was waited for."""
    match sprint.state.waiting:
        case happened.CheckinAsked() as asked:
            ask_next(sprint, asked)
        case happened.MeasureAsked(then=then):
            ask_next(sprint, then)
        case _:
            return False
    return True


def ask_next(sprint: Sprint, asked: happened.CheckinAsked) -> None:
    """The next action of the check-in, or what stood before it."""
    if len(asked.actions) > 1:
        rest = asked.actions[1:]
        sprint.emit(happened.CheckinAsked(asked.plan, asked.week, rest, asked.step))
        return
    sprint.emit(happened.Told("checkin_done"))
    leave(sprint)


def leave(sprint: Sprint) -> None:
    """Back to what stood before."""
    sprint.emit(happened.Resumed())
    sprint.stand()
