"""Answers to what isn't a question about a slot: confirmations, two readings, menus, a pause.

Each handler says whether it took the input; one that didn't leaves it to the ordinary turn.
"""

from __future__ import annotations

from advisor.interview import events as happened
from advisor.interview import wondering
from advisor.interview.inputs import Reading
from advisor.interview.sprint import Sprint
from advisor.model import PLAN_AREAS, Answer

IDLE = frozenset({"greet", "affirm", "thanks", "repeat", None})


def answered(sprint: Sprint, reading: Reading) -> bool:
    """Let what is waited for take a typed message."""
    match sprint.state.waiting:
        case happened.ConfirmationAsked() if reading.act in ("affirm", "deny"):
            confirm(sprint, reading.act == "affirm")
        case happened.ReadingsOffered(answers=answers) if reading.act in ("affirm", "deny"):
            return settled_reading(sprint, answers, reading.act == "affirm")
        case happened.ContradictionAsked(slots=slots) if reading.act in ("affirm", "deny"):
            settle(sprint, None if reading.act == "affirm" else slots[0])
        case happened.TargetAsked() if reading.act in ("deny", "skip", "back"):
            leave(sprint)
        case happened.Paused():
            sprint.emit(happened.Resumed())
            if reading.act not in IDLE:
                return False
            sprint.stand("ask")
        case happened.ComfortOffered() if reading.act in IDLE:
            leave(sprint)
        case happened.ComfortOffered() if reading.act == "deny":
            sprint.emit(happened.Paused())
        case happened.NumberOffered() | happened.ExamplesOffered():
            return wondering.answered(sprint, reading)
        case happened.MenuShown() if reading.act == "deny":
            sprint.emit(happened.Paused())
        case happened.MenuShown(areas=areas) if reading.act == "affirm" and areas:
            deepen(sprint, areas[0])
        case _:
            return False
    return True


def pressed(sprint: Sprint, control: str, argument: str) -> bool:
    """Let what is waited for take a button; `argument` follows the control's colon."""
    waiting = sprint.state.waiting
    match waiting, control:
        case happened.ConfirmationAsked(), "yes" | "no":
            confirm(sprint, control == "yes")
        case happened.ReadingsOffered(answers=answers), "reading":
            choose_reading(sprint, index_in(argument, len(answers)))
        case happened.ContradictionAsked(), "keep":
            settle(sprint, None)
        case happened.ContradictionAsked(slots=slots), "fix" if argument in slots:
            settle(sprint, argument)
        case happened.TargetAsked(slots=slots), "target" if argument in slots:
            sprint.emit(happened.Told("correcting", argument))
            sprint.ask(argument)
        case happened.TargetAsked(page=page), "more":
            sprint.offer_targets(page + 1)
        case happened.NumberOffered(slots=slots), "target" if argument in slots:
            sprint.ask(argument)
        case happened.NumberOffered() | happened.ExamplesOffered(), "continue":
            wondering.go_on(sprint)
        case happened.TargetAsked() | happened.ComfortOffered(), "continue":
            leave(sprint)
        case happened.Paused(), "continue":
            sprint.emit(happened.Resumed())
            sprint.stand("ask")
        case happened.MenuShown(areas=areas), "area" if argument in areas:
            deepen(sprint, argument)
        case _:
            return False
    return True


def confirm(sprint: Sprint, yes: bool) -> None:
    """Restart or forget, or neither."""
    waiting = sprint.state.waiting
    assert isinstance(waiting, happened.ConfirmationAsked)
    if not yes:
        sprint.emit(happened.Told("nothing_changed"))
        leave(sprint)
        return
    sprint.emit(happened.Restarted() if waiting.what == "restart" else happened.DataForgotten())
    sprint.proceed()


def settled_reading(sprint: Sprint, answers: tuple[Answer, ...], yes: bool) -> bool:
    """A yes or a no to readings; whether it settles them. Of two a yes doesn't say which, unless
    they are yes and no."""
    values = [answer.value for answer in answers]
    if len(answers) > 1 and all(isinstance(value, bool) for value in values) and yes in values:
        choose_reading(sprint, values.index(yes))
    elif yes and len(answers) > 1:
        return False
    else:
        choose_reading(sprint, 0 if yes else None)
    return True


def choose_reading(sprint: Sprint, index: int | None) -> None:
    """One of the readings that were offered, or none of them."""
    waiting = sprint.state.waiting
    assert isinstance(waiting, happened.ReadingsOffered)
    sprint.emit(happened.Resumed())
    if index is not None:
        answer = waiting.answers[index]
        if sprint.accept([answer], waiting.how):
            sprint.proceed()
        else:
            sprint.ask(answer.slot, "again")
    elif sprint.state.current is None:
        sprint.stand()
    elif sprint.state.misses == 0:
        sprint.miss()
    else:
        sprint.ask(sprint.state.current, "buttons")


def settle(sprint: Sprint, slot: str | None) -> None:
    """Both answers stand as they are, or one of them is asked again."""
    sprint.emit(happened.Resumed())
    if slot is None:
        sprint.emit(happened.Told("kept"))
        sprint.proceed()
    else:
        sprint.ask(slot)


def deepen(sprint: Sprint, area: str) -> None:
    """More questions about one area."""
    assert area in PLAN_AREAS or area == "profile"
    sprint.emit(happened.AreaChosen(area))
    sprint.proceed()


def leave(sprint: Sprint) -> None:
    """Back to what stood before."""
    sprint.emit(happened.Resumed())
    sprint.stand()


def index_in(argument: str, length: int) -> int | None:
    """A position in a list, or None for anything else."""
    return int(argument) if argument.isdigit() and int(argument) < length else None
