"""The core path, requirements, options, numbers and parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from advisor.catalog import Catalog, Parameter
from advisor.lint.fault import Fault
from advisor.model import LANGUAGES, WEEKS, Action, Slot

LONGEST_CORE = 20
STALE_MONTHS = 24
STATUSES = frozenset({"measured", "convention", "prior"})
QUICK_HOURS = 8
KINDS_OF_WORTH = ("gain", "stake", "lost", "once")


def check_core(catalog: Catalog) -> Iterator[Fault]:
    """The core path counts from 1 without gaps and is short."""
    numbers = [slot.core for slot in catalog.core()]
    if numbers != list(range(1, len(numbers) + 1)):
        yield Fault("questions/", f"the core path counts {numbers}", "number it 1, 2, 3 and so on")
    if len(numbers) > LONGEST_CORE:
        yield Fault("questions/", f"{len(numbers)} core questions", f"keep {LONGEST_CORE}")


def check_slots(catalog: Catalog) -> Iterator[Fault]:
    """What questions name exists."""
    for slot in catalog.slots.values():
        where = f"questions/{slot.area}.yml {slot.id}"
        for option in slot.exclusive:
            if option not in slot.options:
                yield Fault(f"{where}.exclusive", f"no option {option!r}", "correct the name")
        for other in slot.depends_on:
            if other not in catalog.slots:
                yield Fault(f"{where}.depends_on", f"no slot {other!r}", "correct the name")
        yield from check_range(where, slot)


def check_range(where: str, slot: Slot) -> Iterator[Fault]:
    """A range goes upwards."""
    if slot.range is not None and slot.range[0] >= slot.range[1]:
        yield Fault(f"{where}.range", f"{list(slot.range)} is empty", "put the lower end first")


def check_rows(catalog: Catalog) -> Iterator[Fault]:
    """Ids that are there twice, and contradictions about unknown slots."""
    named = {
        "findings.yml": [f"{row.area}.{row.id}" for row in catalog.observations],
        "insights.yml": [row.id for row in catalog.insights],
    }
    for action in catalog.actions.values():
        place = f"actions/{action.area}.yml {action.id}.reasons"
        named[place] = [reason.id for reason in action.reasons]
    for where, ids in named.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield Fault(f"{where} {name}", "is there twice", "rename one")
    for row in catalog.contradictions.values():
        for name in row.slots:
            if name not in catalog.slots:
                where = f"contradictions.yml {row.id}.slots"
                yield Fault(where, f"no slot {name!r}", "correct the name")


def check_actions(catalog: Catalog) -> Iterator[Fault]:
    """Numbers that fit a plan, requirements and evidence that exist."""
    for action in catalog.actions.values():
        where = f"actions/{action.area}.yml {action.id}"
        if not 1 <= action.weeks <= WEEKS:
            yield Fault(f"{where}.weeks", f"runs {action.weeks} weeks", f"keep 1 to {WEEKS}")
        if not 0 <= action.impact <= 100:
            yield Fault(f"{where}.impact", f"is {action.impact}", "keep 0 to 100")
        if action.hours <= 0 or action.cost < 0:
            yield Fault(where, "costs less than nothing", "give hours above 0, cost from 0")
        if not action.reasons:
            yield Fault(f"{where}.reasons", "has no reason", "say why it is advised")
        if action.quick and (action.cost or action.requires or action.hours > QUICK_HOURS):
            what = "quick, yet not free, alone and done in a day"
            yield Fault(f"{where}.quick", what, "drop quick, or make it smaller")
        for name in action.evidence:
            if name not in catalog.evidence:
                yield Fault(f"{where}.evidence", f"no evidence {name!r}", "correct the id")
        for name in action.requires:
            if name not in catalog.actions:
                yield Fault(f"{where}.requires", f"no action {name!r}", "correct the name")
        yield from check_numbers(catalog, where, action)
    yield from check_requirements(catalog)


def check_numbers(catalog: Catalog, where: str, action: Action) -> Iterator[Fault]:
    """What an action is worth and where its measure starts from can be told in words."""
    money = catalog.texts[LANGUAGES[0]].get("plan", {}).get("money", {})
    if action.worth is not None and action.worth.fact not in money:
        what = f"no sum for {action.worth.fact!r} in plan.yml"
        yield Fault(f"{where}.worth", what, "name a fact that the money section tells")
    if action.worth is not None and action.worth.kind not in KINDS_OF_WORTH:
        listed = ", ".join(KINDS_OF_WORTH)
        yield Fault(f"{where}.worth", f"is {action.worth.kind!r}", f"use one of {listed}")
    for name in action.baseline:
        if name not in catalog.slots and name not in money:
            what = f"{name!r} is no slot, and no sum in plan.yml"
            yield Fault(f"{where}.baseline", what, "name a slot, or a fact that has a sum")


def check_requirements(catalog: Catalog) -> Iterator[Fault]:
    """Requirements end somewhere, and within the plan's weeks."""
    for action in catalog.actions.values():
        where = f"actions/{action.area}.yml {action.id}.requires"
        weeks = chain_weeks(catalog, action, ())
        if weeks is None:
            yield Fault(where, "leads back to itself", "drop one requirement of the circle")
        elif weeks > WEEKS:
            what = f"takes {weeks} weeks with all that it requires"
            yield Fault(where, what, f"shorten the chain to {WEEKS}")


def chain_weeks(catalog: Catalog, action: Action, seen: tuple[str, ...]) -> int | None:
    """Weeks of the longest chain that ends with an action; None where it goes in a circle."""
    if action.id in seen:
        return None
    longest = 0
    for name in action.requires:
        if name in catalog.actions:
            weeks = chain_weeks(catalog, catalog.actions[name], (*seen, action.id))
            if weeks is None:
                return None
            longest = max(longest, weeks)
    return longest + action.weeks


def check_parameters(parameters: Iterable[Parameter], today: date) -> Iterator[Fault]:
    """Every number has a unit, a source, a status and a recent date."""
    for parameter in parameters:
        where = f"parameters.yml {parameter.id}"
        for name in ("unit", "source"):
            if not str(getattr(parameter, name) or "").strip():
                yield Fault(f"{where}.{name}", "is empty", "fill it in")
        if parameter.status not in STATUSES:
            listed = ", ".join(sorted(STATUSES))
            yield Fault(f"{where}.status", f"is {parameter.status!r}", f"use one of {listed}")
        yield from check_date(f"{where}.date", str(parameter.date), today)


def check_date(where: str, written: str, today: date) -> Iterator[Fault]:
    """A date is a date, not in the future, and not too old."""
    try:
        checked = date.fromisoformat(written)
    except ValueError:
        yield Fault(where, f"{written!r} is no date", "write it as 2026-01-31")
        return
    months = (today.year - checked.year) * 12 + today.month - checked.month
    if checked > today:
        yield Fault(where, f"{written} is still to come", "give the day it was checked")
    elif (months, today.day) > (STALE_MONTHS, checked.day):
        what = f"was checked more than {STALE_MONTHS} months ago"
        yield Fault(where, what, "check the number again and date it")
