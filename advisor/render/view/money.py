"""The money at stake in words, each sum with its formula."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from advisor.conditions import holds
from advisor.model import Fact, Money, Plan
from advisor.render.formats import (
    amount_of,
    counted_in_days,
    format_days,
    format_fact,
    interval,
    middle,
    rounded,
)
from advisor.render.view.types import MoneyLine
from advisor.render.wording import Teller, begun

CENT, SHEKELS = 0.01, "ILS"
RUNWAY = "cash_runway"
MOST_MAIN = 6
"""Sums that are told early."""
ABOUT_PRINT = frozenset({"direct_mail", "print_to_digital"})


def money_lines(teller: Teller) -> Iterator[MoneyLine]:
    """The sums that the answers allow, the main ones first."""
    sums = [row for row in teller.catalog.sums.values() if holds(row.when, teller.values)]
    lines = [line for row in sums if (line := money_line(teller, row.id)) is not None]
    main = {row.id for row in sums if row.main is not None and holds(row.main, teller.values)}
    first = [line for line in lines if line.id in main][:MOST_MAIN]
    yield from (replace(line, main=True) for line in first)
    yield from (line for line in lines if line not in first)


def money_line(teller: Teller, name: str) -> MoneyLine | None:
    """A fact with how it was worked out; None where it isn't known, a no or nothing."""
    fact = teller.facts.get(name)
    if fact is None or not amount_of(fact):
        return None
    text = teller.words["money"][name]
    formula = begun(teller.tell(text["formula"], **bases(teller, fact)))
    if not formula:
        return None
    return MoneyLine(
        id=name,
        name=teller.tell(text["name"]),
        value=text.get("value") or value(teller, fact),
        formula=formula,
        interval=interval(teller.catalog, teller.language, fact),
        status=teller.words["status"]["prior"] if fact.prior else None,
        main=False,
    )


def bases(teller: Teller, fact: Fact) -> dict[str, str]:
    """How long the cash lasts, in days where what comes of it is in days: who reads 104 days beside
    four months and a half can't compare them."""
    base = teller.facts.get("runway_days")
    if base is None or RUNWAY not in fact.slots or not counted_in_days(fact):
        return {}
    return {RUNWAY: format_days(teller.catalog, teller.language, base)}


def value(teller: Teller, fact: Fact) -> str:
    """The best value, said to be rough where it has an interval or was rounded."""
    shown, amount = rounded(fact, amount_of(fact))[0], amount_of(fact)
    exact = fact.unit not in ("money", "count") or abs(shown - abs(amount)) < CENT
    if exact and interval(teller.catalog, teller.language, fact) is None:
        return format_fact(teller.catalog, teller.language, fact)
    best = middle(teller.catalog, teller.language, fact)
    return teller.tell(teller.words["about_value"], value=best)


def dispute(teller: Teller, plan: Plan) -> tuple[str, ...]:
    """Where the sources disagree on print (A24 against B7), and what the owner's numbers say."""
    planned = {action.id for action in plan.actions} | set(plan.later)
    pays = plan.facts.get("mail_pays")
    if pays is None and not planned & ABOUT_PRINT:
        return ()
    words = teller.words["print"]
    return words["claim"], teller.tell(words[verdict(teller, plan, planned)])


def verdict(teller: Teller, plan: Plan, planned: Collection[str]) -> str:
    """What the owner's break-even says of letters, and why they aren't in the plan if they pay."""
    pays, danger = plan.facts.get("mail_pays"), plan.facts.get("cash_danger")
    if pays is None:
        return "other_currency" if sells_abroad(plan) else "unknown"
    if not pays.value:
        return "not_pays"
    if "direct_mail" in planned:
        return "pays"
    lost = plan.facts.get("customers_lost")
    if lost is not None and 0 < amount_of(lost) < teller.catalog.parameters["pilot_pieces"].value:
        return "pays_few"
    return "pays_cash" if danger is not None and danger.value else "pays_later"


def sells_abroad(plan: Plan) -> bool:
    """Whether a purchase is told in other money than letters are priced in."""
    sale = plan.answers.get("average_sale")
    return sale is not None and isinstance(sale.value, Money) and sale.value.currency != SHEKELS
