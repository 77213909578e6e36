"""What changed between two plans, and because of which answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.catalog import Catalog
from advisor.model import Answer, Answers, AnswerState, Plan, PlannedAction
from advisor.render.formats import format_value, join
from advisor.render.wording import Teller

CAPACITY = frozenset({"hours_per_week", "monthly_budget"})


@dataclass(frozen=True, slots=True)
class Change:
    """An action that came (no `before`), went (no `after`) or moved, and the answers behind it."""

    action: str
    before: int | None
    after: int | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new plan changed; `answers` are the slots that were answered differently."""

    answers: tuple[str, ...]
    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    moved: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        """Whether both plans hold the same actions in the same weeks."""
        return not (self.added or self.removed or self.moved)


def compare(old: Plan, new: Plan) -> Difference:
    """The difference between two plans."""
    answers = tuple(changed(old.answers, new.answers))
    before = {action.id: action for action in old.actions}
    after = {action.id: action for action in new.actions}
    changes = [
        change(before.get(name), after.get(name), answers) for name in dict.fromkeys(after | before)
    ]
    return Difference(
        answers=answers,
        added=tuple(c for c in changes if c.before is None),
        removed=tuple(c for c in changes if c.after is None),
        moved=tuple(c for c in changes if c.before and c.after and c.before != c.after),
    )


def changed(old: Answers, new: Answers) -> Iterator[str]:
    """The slots whose answers differ, whatever message they came from."""
    for slot in dict.fromkeys((*old, *new)):
        if content(old.get(slot)) != content(new.get(slot)):
            yield slot


def content(answer: Answer | None) -> tuple[object, ...] | None:
    """What an answer says."""
    if answer is None or answer.state is not AnswerState.KNOWN:
        return None
    return answer.value, answer.low, answer.high, answer.approximate


def change(
    before: PlannedAction | None, after: PlannedAction | None, answers: Sequence[str]
) -> Change:
    """One action's change. It is laid at the changed answers on which the action rests, else at
    those on hours and budget, else at all of them."""
    rests = {*(before.because if before else ()), *(after.because if after else ())}
    own = [slot for slot in answers if slot in rests]
    room = [slot for slot in answers if slot in CAPACITY]
    action = after or before
    assert action is not None
    return Change(
        action=action.id,
        before=before.start_week if before else None,
        after=after.start_week if after else None,
        because=tuple(own or room or answers),
    )


def tell_difference(catalog: Catalog, language: str, old: Plan, new: Plan) -> tuple[str, ...]:
    """The difference in sentences: what was answered differently, then what came, went or moved."""
    found = compare(old, new)
    teller = Teller(catalog, language, new.answers, new.facts)
    if found.empty:
        return (teller.words["changes"]["same"],)
    sentences = [answer_change(teller, old, new, slot) for slot in causes(found)]
    for kind, rows in (("added", found.added), ("removed", found.removed)):
        if rows:
            names = join(catalog, language, [teller.action_name(row.action) for row in rows])
            sentences.append(teller.tell(teller.words["changes"][kind], names=names))
    return (*sentences, *(move(teller, row) for row in found.moved))


def causes(found: Difference) -> Iterable[str]:
    """The changed answers that something in the plan was laid at."""
    rows = (*found.added, *found.removed, *found.moved)
    laid = {slot for row in rows for slot in row.because}
    return [slot for slot in found.answers if slot in laid]


def answer_change(teller: Teller, old: Plan, new: Plan, slot: str) -> str:
    """An answer before and now."""
    unknown = Answer(slot, AnswerState.UNKNOWN)
    before, now = (
        format_value(teller.catalog, teller.language, slot, plan.answers.get(slot, unknown))
        for plan in (old, new)
    )
    template = teller.words["changes"]["answer"]
    return teller.tell(template, label=teller.label(slot), old=before, new=now)


def move(teller: Teller, row: Change) -> str:
    """An action that moved."""
    return teller.tell(
        teller.words["changes"]["moved"],
        name=teller.action_name(row.action),
        old=str(row.before),
        new=str(row.after),
    )
