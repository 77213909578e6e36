"""Answers to "what if": the sum in a few lines, or what it would do to the plan and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from advisor.catalog import Catalog
from advisor.conditions import holds
from advisor.facts import derive, known_values
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
    """What would come, with why, what would go, and what would move; apart from that, what fits
    both ways and only gets room or has to make some."""
    words, found = teller.text("whatif", "plan"), compare(now, then)
    if found.empty:
        yield str(words["same"])
        return
    for kinds, rows, waiting in (
        (("came", "room"), found.added, now.later),
        (("gone", "waits"), found.removed, then.later),
    ):
        for kind, waited in zip(kinds, (False, True), strict=True):
            told = [row for row in rows if (row.action in waiting) is waited]
            if told:
                yield teller.tell(words[kind], names=names_of(teller, told))
            if told and kind == "came":
                yield from why(teller, now, then, told)
    if found.moved:
        moves = [move(teller, row) for row in found.moved]
        yield teller.tell(
            words["moved"], names=LIST_OF_LISTS.join(few(moves, MOST_NAMES, more_of(teller)))
        )


def why(teller: Teller, now: Plan, then: Plan, rows: Sequence[Change]) -> Iterator[str]:
    """Why actions would come: the first one's first reason that can be told, and of those rather
    one that doesn't hold as things are."""
    action = next(action for action in then.actions if action.id == rows[0].action)
    known = known_values(now.answers, now.facts)
    held = {r.id for r in teller.catalog.actions[action.id].reasons if holds(r.when, known)}
    texts = teller.catalog.action_text(teller.language, action.id)["reasons"]
    ordered = sorted(action.reasons, key=lambda reason: reason in held)
    told = (teller.tell(str(texts[reason])) for reason in ordered)
    first = next((reason for reason in told if reason), None)
    if first is not None:
        words = teller.text("whatif", "plan")
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
