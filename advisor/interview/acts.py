"""What each act of the contract does to an interview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from advisor.interview import events as happened
from advisor.interview.inputs import Reading
from advisor.interview.sprint import Sprint
from advisor.model import NUMERIC, Answer, AnswerState, Kind, Money

ANSWERS_FOR_A_PLAN = 3
NOTHING = ("none", "rarely")
"""Options that a bare no may stand for: none of it, hardly ever."""
FAR = 5
"""How many times larger or smaller a number is that isn't taken for a new value of an answer."""


def inform(sprint: Sprint, reading: Reading) -> None:
    """Answers to the question that stands, and to others."""
    current = sprint.state.current
    if not reading.answers:
        sprint.miss(reading.alternatives)
        return
    if reading.alternatives:
        rest = [a for name, a in reading.answers.items() if name != reading.alternatives[0].slot]
        sprint.accept(rest, "volunteered")
        if unclear_again(sprint, reading):
            sprint.miss()
        else:
            sprint.emit(happened.ReadingsOffered(reading.alternatives, "asked"))
        return
    earlier = set(sprint.state.answers)
    startling = [a for a in reading.answers.values() if far_from_before(sprint, a)]
    if len(startling) == 1:  # several at once are a correction, and none of them may be lost
        sprint.accept([a for a in reading.answers.values() if a not in startling], "volunteered")
        sprint.emit(happened.ReadingsOffered((startling[0],), "corrected"))
        return
    sound = sprint.accept(reading.answers.values(), "volunteered")
    if not sound and (current is None or current in reading.answers):
        retry(sprint, current, reading)
    elif current is None or current in reading.answers or over(sprint, earlier):
        sprint.proceed()
    else:
        sprint.stand()


def far_from_before(sprint: Sprint, answer: Answer) -> bool:
    """Whether a number that was not asked for is so far from the one that stands that it is rather
    of something else: asked about before it takes that one's place."""
    before = sprint.state.answers.get(answer.slot)
    if answer.slot == sprint.state.current or before is None:
        return False
    old, new = size(before), size(answer)
    return old is not None and new is not None and max(old, new) > FAR * min(old, new)


def size(answer: Answer) -> float | None:
    """The number of an answer, or the amount of its money; None for anything else."""
    value = answer.value.amount if isinstance(answer.value, Money) else answer.value
    return None if isinstance(value, bool | str | tuple | None) else float(value)


def unclear_again(sprint: Sprint, reading: Reading) -> bool:
    """Whether readings of an answer were offered just before, and the message is no clearer."""
    waiting = sprint.before.waiting
    offered = waiting.answers[0].slot if isinstance(waiting, happened.ReadingsOffered) else None
    return offered is not None and offered == reading.alternatives[0].slot


def over(sprint: Sprint, earlier: set[str]) -> bool:
    """Whether the question that stands was answered by this very message, or before two answers
    that don't fit were asked about."""
    if isinstance(sprint.before.waiting, happened.ContradictionAsked):
        return True
    current = sprint.state.current
    return current in sprint.state.answers and current not in earlier


def retry(sprint: Sprint, current: str | None, reading: Reading) -> None:
    """A value that can't be right was refused with its reason: ask for it again."""
    refused = current or next(iter(reading.answers))
    if sprint.state.misses >= 2:
        sprint.leave_open(refused)
        return
    sprint.emit(happened.MessageMissed(sprint.state.misses + 1))
    sprint.ask(refused, "again")


def change(sprint: Sprint, reading: Reading) -> None:
    """Correct an earlier answer: take the new value, or ask for it, or ask which one."""
    if reading.answers:
        current = sprint.state.current
        answers = [where_told(sprint, answer, reading.told) for answer in reading.answers.values()]
        sound = sprint.accept(answers, "corrected")
        if not sound:
            sprint.ask(reading.target or next(iter(reading.answers)), "again")
        elif current is not None and current not in sprint.state.answers:
            sprint.stand()
        else:
            sprint.proceed()
    elif reading.target in sprint.catalog.slots:
        sprint.emit(happened.Told("correcting", reading.target))
        sprint.ask(str(reading.target))
    else:
        sprint.offer_targets()


def where_told(sprint: Sprint, answer: Answer, told: tuple[float, ...]) -> Answer:
    """The new value as that of the answer that holds what was told before: "I said 70, it was 75"
    corrects the one answer of that kind that is 70."""
    slots, stored = sprint.catalog.slots, sprint.state.answers
    holding = [
        name
        for name, before in stored.items()
        if slots[name].kind is slots[answer.slot].kind and size(before) in told
    ]
    moved = len(holding) == 1 and slots[answer.slot].kind in NUMERIC
    return replace(answer, slot=holding[0]) if moved else answer


def affirm(sprint: Sprint, _: Reading) -> None:
    """A yes that answers nothing: the question stands."""
    sprint.emit(happened.Told("yes_to_what"))
    sprint.miss()


def deny(sprint: Sprint, _: Reading) -> None:
    """A no that answers nothing: the question stands. Where one option says that there is nothing
    of what was asked about, that is asked about."""
    current = sprint.state.current
    options = sprint.catalog.slots[current].options if current else ()
    meant = next((option for option in NOTHING if option in options), None)
    if current and meant and sprint.state.waiting is None:
        several = sprint.catalog.slots[current].kind is Kind.CHOICES
        value = (meant,) if several else meant
        answer = Answer(current, AnswerState.KNOWN, value)
        sprint.emit(happened.ReadingsOffered((answer,), "asked"))
        return
    sprint.emit(happened.Told("no_to_what"))
    sprint.miss()


def unsure(sprint: Sprint, _: Reading) -> None:
    """Not knowing is an answer."""
    pass_over(sprint, AnswerState.UNKNOWN)


def skip(sprint: Sprint, _: Reading) -> None:
    """Passing over is an answer."""
    pass_over(sprint, AnswerState.SKIPPED)


def pass_over(sprint: Sprint, how: AnswerState) -> None:
    """Only a question can be passed over."""
    if sprint.state.current is None:
        sprint.stand()
        return
    sprint.emit(happened.Told("noted_" + how.value, sprint.state.current))
    sprint.pass_over(sprint.state.current, how)


def back(sprint: Sprint, _: Reading) -> None:
    """The question before this one; its answer stands until another is given."""
    trail = [name for name in sprint.state.trail if name in sprint.catalog.slots]
    current = sprint.state.current
    index = trail.index(current) if current in trail else len(trail)
    if index == 0:
        sprint.emit(happened.Told("first_question"))
        sprint.stand()
        return
    before = trail[index - 1]
    sprint.emit(happened.Told("going_back", before))
    sprint.ask(before)


def repeat(sprint: Sprint, _: Reading) -> None:
    """The question again."""
    sprint.stand("ask")


def why(sprint: Sprint, _: Reading) -> None:
    """Why the question is asked; the question stands."""
    slot = sprint.state.current
    sprint.emit(happened.Told("why" if slot else "why_all", slot))
    sprint.stand()


def plan(sprint: Sprint, _: Reading) -> None:
    """The plan as far as the answers carry it; then go on."""
    known = [answer for answer in sprint.state.answers.values() if answer.known]
    if len(known) < ANSWERS_FOR_A_PLAN:
        sprint.emit(happened.Told("plan_too_early"))
    else:
        sprint.emit(happened.PlanRequested("asked"))
    sprint.stand()


def language(sprint: Sprint, reading: Reading) -> None:
    """The other language, or the one named; the question is asked anew in it."""
    other = "en" if sprint.state.language == "he" else "he"
    sprint.emit(happened.LanguageChosen(reading.target or other))
    sprint.emit(happened.Told("language_chosen"))
    sprint.stand("ask")


def pause(sprint: Sprint, _: Reading) -> None:
    """Stop for now; every answer is kept."""
    sprint.emit(happened.Paused())


def export(sprint: Sprint, _: Reading) -> None:
    """All that is stored about the owner, to keep."""
    sprint.emit(happened.DataExported())
    sprint.stand()


def human(sprint: Sprint, _: Reading) -> None:
    """A person is asked for."""
    sprint.emit(happened.HumanRequested())
    sprint.stand()


def distress(sprint: Sprint, _: Reading) -> None:
    """Kindness and real help first; the interview can wait."""
    sprint.emit(happened.ComfortOffered())


def restart(sprint: Sprint, _: Reading) -> None:
    """Beginning again wipes answers: asked about first."""
    sprint.emit(happened.ConfirmationAsked("restart"))


def forget(sprint: Sprint, _: Reading) -> None:
    """Deleting everything can't be undone: asked about first."""
    sprint.emit(happened.ConfirmationAsked("forget"))


def out_of_scope(sprint: Sprint, reading: Reading) -> None:
    """Something else: said kindly, and the question stands."""
    sprint.emit(happened.Told("out_of_scope"))
    sprint.miss(reading.alternatives)


def telling(topic: str) -> Callable[[Sprint, Reading], None]:
    """An act that is answered in a sentence and changes nothing."""

    def tell(sprint: Sprint, _: Reading) -> None:
        sprint.emit(happened.Told(topic))
        sprint.stand()

    return tell


ACTS: dict[str, Callable[[Sprint, Reading], None]] = {
    "inform": inform,
    "affirm": affirm,
    "deny": deny,
    "unsure": unsure,
    "skip": skip,
    "back": back,
    "repeat": repeat,
    "why": why,
    "help": telling("help"),
    "progress": telling("progress"),
    "pause": pause,
    "restart": restart,
    "change": change,
    "plan": plan,
    "language": language,
    "forget": forget,
    "export": export,
    "human": human,
    "distress": distress,
    "greet": telling("greet"),
    "thanks": telling("thanks"),
    "bot_challenge": telling("bot_challenge"),
    "out_of_scope": out_of_scope,
}
