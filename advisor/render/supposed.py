"""Answers to "what if": the sum in a few lines, or what it would do to the plan and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from advisor.catalog import Catalog
from advisor.facts import derive
from advisor.model import Answer, Answers, Fact, Kind, Plan
from advisor.planning import make_plan
from advisor.render.compare import Change, compare, few, move, told_inside
from advisor.render.formats import LIST_OF_LISTS, format_fact, format_number, join
from advisor.render.wording import Teller, begun
from advisor.whatif import EXAMPLES, Supposition, work_out

ANSWERS_FOR_A_PLAN = 3
MOST_NAMES = 3
"""Actions that are named; of the others it is told how many they are."""


def tell_supposition(
    catalog: Catalog, language: str, answers: Answers, supposed: Supposition
) -> tuple[str, ...]:
    """The lines of an answer from stored answers; nothing where it lacks one."""
    if supposed.kind == "answers":
        return tuple(tell_different(catalog, language, answers, supposed.answers))
    worked = work_out(supposed, answers)
    facts = derive(answers) | {fact.name: fact for fact in worked.facts}
    teller = Teller(catalog, language, answers, facts)
    texts = texts_of(catalog, language)
    told = (teller.tell(texts["lines"][key]) for key in worked.lines)
    return tuple(line for line in told if line)


def tell_missing(catalog: Catalog, language: str, slots: Sequence[str]) -> str:
    """Which answers a "what if" lacks."""
    labels = [str(catalog.question(language, slot)["label"]) for slot in slots]
    text = str(texts_of(catalog, language)["missing"])
    return text.format(labels=join(catalog, language, labels))


def tell_different(
    catalog: Catalog, language: str, answers: Answers, others: Sequence[Answer]
) -> Iterator[str]:
    """What other answers would change in the plan."""
    texts = texts_of(catalog, language)
    supposed = {**answers, **{answer.slot: answer for answer in others}}
    if sum(answer.known for answer in supposed.values()) < ANSWERS_FOR_A_PLAN:
        yield str(texts["plan"]["too_early"])
        return
    now, then = make_plan(catalog, answers), make_plan(catalog, supposed)
    teller = Teller(catalog, language, then.answers, then.facts)
    for answer in others:
        yield assumed(teller, answers, answer)
    yield from effects(teller, now, then)
    yield str(texts["trial"])


def assumed(teller: Teller, answers: Answers, other: Answer) -> str:
    """What is supposed, beside what was answered."""
    before = answers.get(other.slot)
    known = before is not None and before.known
    template = teller.text("whatif", "plan")["assumed" if known else "assumed_new"]
    old = told_inside(teller, answers, other.slot)
    new = told_inside(teller, teller.answers, other.slot)
    return teller.tell(template, label_start=begun(teller.label(other.slot)), new=new, old=old)


def effects(teller: Teller, now: Plan, then: Plan) -> Iterator[str]:
    """What would come, with why, what would go, and what would move."""
    words, found = teller.text("whatif", "plan"), compare(now, then)
    if found.empty:
        yield str(words["same"])
        return
    if found.added:
        yield teller.tell(words["came"], names=names_of(teller, found.added))
        yield from why(teller, now, then, found.added)
    if found.removed:
        yield teller.tell(words["gone"], names=names_of(teller, found.removed))
    if found.moved:
        moves = [move(teller, row) for row in found.moved]
        yield teller.tell(
            words["moved"], names=LIST_OF_LISTS.join(few(moves, MOST_NAMES, more_of(teller)))
        )


def why(teller: Teller, now: Plan, then: Plan, rows: Sequence[Change]) -> Iterator[str]:
    """Why actions would come: room for them, or the first one's first reason that can be told."""
    words = teller.text("whatif", "plan")
    if all(row.action in now.later for row in rows):
        yield str(words["why_room"])
        return
    action = next(action for action in then.actions if action.id == rows[0].action)
    reasons = teller.catalog.action_text(teller.language, action.id)["reasons"]
    told = (teller.tell(str(reasons[reason])) for reason in action.reasons)
    first = next((reason for reason in told if reason), None)
    if first is not None:
        yield str(words["why" if len(rows) == 1 else "why_first"]).format(reason=first)


def names_of(teller: Teller, rows: Sequence[Change]) -> str:
    """Names of a few actions, and how many more there are."""
    names = [teller.action_name(row.action) for row in rows]
    return join(teller.catalog, teller.language, few(names, MOST_NAMES, more_of(teller)))


def more_of(teller: Teller) -> str:
    """The words for what isn't named."""
    return str(teller.words["changes"]["more"])


def example_label(catalog: Catalog, language: str, name: str) -> str:
    """An example of a question, as a button says it."""
    example = EXAMPLES[name]
    amount = ""
    if example.share is not None:
        amount = format_number(catalog, language, Kind.PERCENT, example.share.mid)
    elif example.count is not None:
        amount = format_fact(catalog, language, Fact("", example.count.mid, "count", ()))
    return str(texts_of(catalog, language)["examples"][name]).format(amount=amount)


def texts_of(catalog: Catalog, language: str) -> dict[str, Any]:
    """The wording of answers to "what if"."""
    texts: dict[str, Any] = catalog.texts[language]["whatif"]
    return texts
