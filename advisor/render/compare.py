"""What changed between two plans, and because of which answers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.amending import amended_plan
from advisor.catalog import Catalog
from advisor.model import WITH_OPTIONS, Answer, Answers, AnswerState, Plan, PlannedAction
from advisor.render.formats import LIST_OF_LISTS, format_value, join, lowered
from advisor.render.view.amendments import amendment_view, teller_of
from advisor.render.wording import Teller

CAPACITY = frozenset({"hours_per_week", "monthly_budget"})
MOST_TRIALS = 12
"""Changed answers that are tried one by one."""
MOST_MOVES = 5
"""Actions that are told to have moved; of the others, how many they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """An action that came (no `before`), went (no `after`) or moved, and the answers behind it."""

    action: str
    before: int | None
    after: int | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new plan changed; `answers` are the slots that were answered differently, `amended`
    says that consultants changed it, or took back what they had changed."""

    answers: tuple[str, ...]
    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    moved: tuple[Change, ...]
    amended: bool = False

    @property
    def empty(self) -> bool:
        """Whether both plans hold the same actions in the same weeks, told in the same words."""
        return not (self.added or self.removed or self.moved or self.amended)


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
        amended=old.amendments != new.amendments,
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
    """The difference in sentences: each answer that was given differently, and what came, went or
    moved because of it; then what consultants changed, and what they took back."""
    by_answers = new
    if old.amendments != new.amendments:
        by_answers = amended_plan(catalog, new.answers, old.amendments)
    found = blamed(catalog, old, compare(old, by_answers), new.answers)
    teller = teller_of(catalog, language, new, old.amendments)
    told: list[str] = []
    for causes in groups(found):
        told += [answer_change(teller, old, new, slot) for slot in causes]
        told += consequences(teller, found, causes, {*old.later, *new.later})
    told += by_hand(teller, old, new)
    return tuple(told) or (teller.words["changes"]["same"],)


def by_hand(teller: Teller, old: Plan, new: Plan) -> Iterator[str]:
    """What consultants changed and what they took back, in sentences."""
    for amendment in new.amendments:
        if amendment not in old.amendments:
            yield amendment_view(teller, amendment, amendment.id in new.idle).line
    for amendment in old.amendments:
        if amendment not in new.amendments:
            text = amendment_view(teller, amendment, idle=False).text
            yield teller.tell(teller.words["amended"]["taken_back"], text=text)


def blamed(catalog: Catalog, old: Plan, found: Difference, answers: Answers) -> Difference:
    """The difference with each row laid at the one answer that by itself has that effect, where
    several changed: tried one by one on the old plan."""
    if not 1 < len(found.answers) <= MOST_TRIALS:
        return found
    alone = {slot: compare(old, trial(catalog, old, answers, slot)) for slot in found.answers}
    return replace(
        found,
        added=tuple(laid(row, {s: d.added for s, d in alone.items()}) for row in found.added),
        removed=tuple(laid(row, {s: d.removed for s, d in alone.items()}) for row in found.removed),
        moved=tuple(laid(row, {s: d.moved for s, d in alone.items()}) for row in found.moved),
    )


def trial(catalog: Catalog, old: Plan, answers: Answers, slot: str) -> Plan:
    """The old plan with one of the new answers."""
    rest = {name: answer for name, answer in old.answers.items() if name != slot}
    given = {**rest, slot: answers[slot]} if slot in answers else rest
    return amended_plan(catalog, given, old.amendments)


def laid(row: Change, alone: Mapping[str, Sequence[Change]]) -> Change:
    """A row laid at the answer that alone does the same, to the week if one does; at hours and
    budget last, as these touch nearly everything."""
    same = {
        slot: other.after
        for slot, rows in alone.items()
        for other in rows
        if other.action == row.action
    }
    just_so = [slot for slot, after in same.items() if after == row.after]
    causes = sorted(just_so or same, key=lambda slot: slot in CAPACITY)
    return replace(row, because=(causes[0],)) if causes else row


def groups(found: Difference) -> Iterable[tuple[str, ...]]:
    """The answers that something was laid at, those that brought something in first."""
    rows = (*found.added, *found.removed, *found.moved)
    return dict.fromkeys(row.because for row in rows)


def consequences(
    teller: Teller, found: Difference, causes: tuple[str, ...], waiting: Container[str]
) -> Iterator[str]:
    """What came, went and moved because of some answers; apart from that, what fits the answers
    before and after and only got room or had to make some (`waiting`: for later in either plan)."""
    words = teller.words["changes"]
    for kinds, rows in ((("added", "room"), found.added), (("removed", "waits"), found.removed)):
        told = [row.action for row in rows if row.because == causes]
        for kind, waited in zip(kinds, (False, True), strict=True):
            names = [teller.action_name(name) for name in told if (name in waiting) is waited]
            if names:
                yield teller.tell(words[kind], names=join(teller.catalog, teller.language, names))
    moves = [move(teller, row) for row in found.moved if row.because == causes]
    if moves:
        shown = few(moves, MOST_MOVES, words["more"])
        yield teller.tell(words["moved"], names=LIST_OF_LISTS.join(shown))


def answer_change(teller: Teller, old: Plan, new: Plan, slot: str) -> str:
    """An answer before and now."""
    before, now = (told_inside(teller, plan.answers, slot) for plan in (old, new))
    template = teller.words["changes"]["answer"]
    return teller.tell(template, label=teller.label(slot), old=before, new=now)


def told_inside(teller: Teller, answers: Answers, slot: str) -> str:
    """An answer in words, as it stands in the middle of a sentence."""
    answer = answers.get(slot, Answer(slot, AnswerState.UNKNOWN))
    told = format_value(teller.catalog, teller.language, slot, answer)
    small = teller.catalog.slots[slot].kind in WITH_OPTIONS
    return lowered(teller.catalog, teller.language, told) if small else told


def move(teller: Teller, row: Change) -> str:
    """An action that moved, inside a list."""
    name, template = teller.action_name(row.action), teller.words["changes"]["move"]
    return teller.tell(template, name=name, old=str(row.before), new=str(row.after))


def few(items: Sequence[str], most: int, more: str) -> list[str]:
    """Not too many of a list, and how many more there are."""
    rest = len(items) - most
    return list(items) if rest <= 1 else [*items[:most], more.format(n=rest)]
