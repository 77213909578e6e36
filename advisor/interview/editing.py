"""A message that the owner edited: what came from it is corrected, and nothing else."""

from __future__ import annotations

from advisor.interview import events as happened
from advisor.interview.inputs import Edited, Reading
from advisor.interview.sprint import Sprint, same
from advisor.model import Answer, Answers, AnswerState

OPEN = {"unsure": AnswerState.UNKNOWN, "skip": AnswerState.SKIPPED}


def edited(sprint: Sprint, edit: Edited) -> None:
    """Take the message as it reads now for what it was. What it no longer says is kept: an answer
    is taken back only where another stands in its place. Then the question that stands, stands."""
    if sprint.state.paused:
        sprint.emit(happened.Resumed())
    reading = edit.reading
    if reading.alternatives:
        sprint.emit(happened.ReadingsOffered(reading.alternatives, "corrected"))
        return
    if reading.act in OPEN and edit.question in edit.slots:
        left_open(sprint, Answer(str(edit.question), OPEN[reading.act], message=edit.message))
    elif reading.act not in ("inform", "change") or not reading.answers:
        sprint.emit(happened.Told("edit_unclear", (*edit.slots, None)[0]))
    else:
        correct(sprint, reading, edit.slots)
    go_on(sprint)


def left_open(sprint: Sprint, answer: Answer) -> None:
    """The owner no longer knows, or would rather not say."""
    sprint.store(answer, "corrected")
    sprint.emit(happened.Told("noted_" + answer.state.value, answer.slot))


def correct(sprint: Sprint, reading: Reading, slots: tuple[str, ...]) -> None:
    """The new values; those of slots that the message didn't speak of before are volunteered."""
    before = sprint.state.answers
    new = [a for a in reading.answers.values() if a.slot not in before or differ(before, a)]
    if not new:
        sprint.emit(happened.Told("edit_same"))
    sprint.accept([a for a in new if a.slot in slots], "corrected")
    sprint.accept([a for a in new if a.slot not in slots], "volunteered")


def differ(before: Answers, answer: Answer) -> bool:
    """Whether an answer says something new."""
    return not same(before[answer.slot], answer)


def go_on(sprint: Sprint) -> None:
    """The question that stood, in any words, or what is next where the edit answered it."""
    current = sprint.state.current
    if current is None or current in sprint.state.answers:
        sprint.proceed()
    else:
        sprint.emit(happened.Returned())
        sprint.stand()
