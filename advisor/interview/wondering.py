"""Questions back: "what if", and what changed in the plan. Neither stores an answer."""

from __future__ import annotations

from advisor.interview import events as happened
from advisor.interview.flow import fault
from advisor.interview.inputs import Reading
from advisor.interview.sprint import Sprint
from advisor.whatif import EXAMPLES, Supposition

OWN = (happened.NumberOffered, happened.ExamplesOffered)
NOT_NOW = frozenset({"deny", "skip", "unsure", "back"})


def wonder(sprint: Sprint, supposition: Supposition) -> None:
    """A "what if", answered; then what stood before stands again."""
    if sprint.state.paused or isinstance(sprint.state.waiting, OWN):
        sprint.emit(happened.Resumed())
    if supposition.kind == "unclear":
        offer_examples(sprint)
    elif refused(sprint, supposition) or not sprint.suppose(supposition):
        sprint.stand()


def refused(sprint: Sprint, supposition: Supposition) -> bool:
    """Whether a supposed answer can't be right; said with its bounds."""
    for answer in supposition.answers:
        problem = fault(sprint.catalog.slots[answer.slot], answer)
        if problem is not None:
            sprint.emit(happened.ValueRejected(answer.slot, *problem))  # type: ignore[arg-type]
            return True
    return False


def offer_examples(sprint: Sprint) -> None:
    """What can be asked; where something else is waited for, only in words."""
    if sprint.free:
        sprint.emit(happened.ExamplesOffered(tuple(EXAMPLES)))
    else:
        sprint.emit(happened.Told("whatif_unclear"))
        sprint.stand()


def tell_changes(sprint: Sprint, since: int | None) -> None:
    """What changed in the plan; then what stood before stands again."""
    if sprint.state.paused:
        sprint.emit(happened.Resumed())
    sprint.emit(happened.VersionsCompared(since))
    sprint.stand()


def wondered(sprint: Sprint, control: str, argument: str) -> bool:
    """Buttons of "what if" and "what changed"; whether it was one of them."""
    if control == "whatif":
        wonder(sprint, EXAMPLES.get(argument, Supposition("unclear")))
    elif control == "changes":
        tell_changes(sprint, int(argument) if argument.isdigit() else None)
    else:
        return False
    return True


def go_on(sprint: Sprint) -> None:
    """Back to the question that stands, or to the next where it is answered by now."""
    if sprint.state.waiting is not None:
        sprint.emit(happened.Resumed())
    if sprint.state.current in sprint.state.answers:
        sprint.proceed()
    else:
        sprint.stand()


def answered(sprint: Sprint, reading: Reading) -> bool:
    """A message typed while a number or an example is offered."""
    waiting = sprint.state.waiting
    if reading.act in NOT_NOW:
        go_on(sprint)
        return True
    if not isinstance(waiting, happened.NumberOffered):
        if reading.act is None:
            sprint.emit(happened.Resumed())
        return False
    slot = waiting.slots[0]
    if reading.act in ("affirm", None):
        sprint.ask(slot, "ask" if reading.act else "again")
        return True
    if reading.act != "inform" or slot not in reading.answers or reading.alternatives:
        return False
    sprint.emit(happened.Resumed())
    if sprint.accept(reading.answers.values(), "asked"):
        go_on(sprint)
    else:
        sprint.ask(slot, "again")
    return True
