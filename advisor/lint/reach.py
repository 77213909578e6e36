"""Questions, actions and reasons that no answers reach, and actions without a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.catalog import Catalog
from advisor.conditions import names
from advisor.lint.fault import Clause, Fault
from advisor.lint.search import Search, Witness
from advisor.lint.texts import fields, lines
from advisor.model import Action, Money

USED_BY_CODE = frozenset({"business_name", "hours_per_week", "monthly_budget"})
"""Slots that the plan itself goes by: whose it is, and what it has to fit into."""


def check_facts(catalog: Catalog, search: Search, sound: Iterable[Clause]) -> Iterator[Fault]:
    """Facts that are used though no answers give them."""
    for name in sorted(used_names(catalog, sound) & set(search.needs)):
        if search.fact(name) is None:
            yield Fault(f"facts {name}", "no answers give it", "correct its rule, or drop it")


def used_names(catalog: Catalog, sound: Iterable[Clause]) -> set[str]:
    """Slots and facts in conditions and texts."""
    used = {name for clause in sound for name in names(clause.when)}
    return used.union(*(fields(line.text) for line in lines(catalog)))


def check_dead(search: Search, sound: Iterable[Clause]) -> Iterator[Fault]:
    """Conditions that no answers make true."""
    for clause in sound:
        if search.witness(clause.whole) is None:
            yield Fault(clause.where, "no answers make this true", "correct the condition")


def check_reasons(catalog: Catalog, search: Search, sound: Iterable[Clause]) -> Iterator[Fault]:
    """Actions that can be advised while none of their reasons holds."""
    places = {clause.where for clause in sound}
    for action in catalog.actions.values():
        where = f"actions/{action.area}.yml {action.id}"
        whole = {f"{where}.when", *(f"{where}.reasons.{reason.id}" for reason in action.reasons)}
        if whole <= places and action.reasons:
            yield from check_reason_gap(search, where, action)


def check_reason_gap(search: Search, where: str, action: Action) -> Iterator[Fault]:
    """One action's reasons against its condition."""
    found = search.uncovered(action.when, [reason.when for reason in action.reasons])
    if found is not None:
        what = f"applies without a reason, as with {describe(found)}"
        yield Fault(f"{where}.reasons", what, "add a reason for that, or narrow the condition")


def check_filled(catalog: Catalog, search: Search, sound: Iterable[Clause]) -> Iterator[Fault]:
    """Fields that may be unknown when their text is said."""
    known = {*catalog.slots, *search.needs}
    conditions = {clause.where: clause.whole for clause in sound}
    for line in lines(catalog):
        condition = conditions.get(place_of_condition(catalog, line.path))
        if condition is None:
            continue
        for name in sorted(fields(line.text) & known):
            found = search.witness(condition, lacking=name)
            if found is not None:
                what = f"{{{name}}} may be unknown here, as with {describe(found)}"
                remedy = f"add answered: {name} to the condition, or say it without {{{name}}}"
                yield Fault(line.where, what, remedy)


def place_of_condition(catalog: Catalog, path: tuple[str, ...]) -> str:
    """Where the condition stands that lets a text be said; empty where it has none."""
    kind, *rest = path
    if kind == "actions" and rest[0] in catalog.actions:
        part = ".".join(rest[1:]) if rest[1:2] == ["reasons"] else "when"
        return f"actions/{catalog.actions[rest[0]].area}.yml {rest[0]}.{part}"
    if kind == "findings" and len(rest) == 3:
        return f"findings.yml {rest[0]}.{rest[2]}"
    return f"{kind}.yml {rest[0]}" if kind in ("insights", "contradictions") else ""


def check_unused(catalog: Catalog, search: Search, sound: Iterable[Clause]) -> Iterator[Fault]:
    """Questions whose answers change nothing: nothing is asked that isn't used."""
    used = used_names(catalog, sound)
    used |= search.behind(used)
    for slot in catalog.slots.values():
        if slot.id not in used | USED_BY_CODE:
            where = f"questions/{slot.area}.yml {slot.id}"
            yield Fault(where, "is asked but used nowhere", "use it in a condition or a text")


def describe(witness: Witness) -> str:
    """Answers in a few words."""
    return ", ".join(f"{slot} {plain(value)}" for slot, value in witness.items()) or "no answers"


def plain(value: object) -> str:
    """A value as content writes it."""
    if isinstance(value, Money):
        return f"{value.amount:g}"
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)
