"""One view of a plan, built once; HTML, Telegram, JSON, PDF and DOCX all render it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from advisor.catalog import Catalog
from advisor.model import Money, PersonalWord, Plan
from advisor.render.direction import isolate
from advisor.render.formats import counted, format_day, format_money
from advisor.render.view.actions import action_view
from advisor.render.view.amendments import amendment_view, changed_by, teller_of
from advisor.render.view.areas import area_view
from advisor.render.view.money import dispute, money_lines
from advisor.render.view.sources import origins, source_views
from advisor.render.view.types import LaterView, PlanView
from advisor.render.view.unknowns import unknowns
from advisor.render.view.words import word_view
from advisor.render.wording import Teller

__all__ = ["PlanView", "plan_view"]


def plan_view(
    catalog: Catalog,
    plan: Plan,
    language: str,
    made_on: date | None = None,
    word: PersonalWord | None = None,
) -> PlanView:
    """The plan worded in one language, below the `word` that it was sent with; the business's name
    is taken from the answers."""
    teller = teller_of(catalog, language, plan)
    words = teller.words
    return PlanView(
        language=language,
        title=words["title"],
        prepared=prepared(teller),
        made_on=dated(teller, made_on) if made_on else None,
        size=size(teller, plan),
        insights=told(teller.tell(teller.text("insights", name)) for name in plan.insights),
        areas=tuple(area_view(teller, finding) for finding in plan.findings),
        money=tuple(money_lines(teller)),
        dispute=dispute(teller, plan),
        actions=tuple(action_view(teller, plan, n) for n in range(len(plan.actions))),
        later=tuple(later_view(teller, name) for name in plan.later),
        unknowns=unknowns(teller, plan),
        sources=tuple(source_views(teller, plan)),
        origins=tuple(origins(teller, plan)),
        about=told((*words["about"], changed_by(teller, plan))),
        words=words,
        amendments=tuple(
            amendment_view(teller, one, one.id in plan.idle) for one in plan.amendments
        ),
        changed_by=changed_by(teller, plan),
        word=word_view(teller, word) if word else None,
    )


def told(sentences: Iterable[str | None]) -> tuple[str, ...]:
    """Those that there is something to say in."""
    return tuple(sentence for sentence in sentences if sentence)


def prepared(teller: Teller) -> str:
    """For whom the plan is."""
    forms, name = teller.words["prepared"], teller.answers.get("business_name")
    if name is None or not name.known:
        return str(forms["unnamed"])
    return teller.tell(forms["named"], business=isolate(teller.language, str(name.value)))


def dated(teller: Teller, day: date) -> str:
    """When the plan was made."""
    return teller.tell(teller.words["made_on"], date=format_day(teller.language, day))


def size(teller: Teller, plan: Plan) -> str:
    """How many actions, and the hours and the money that they take."""
    words, language = teller.words, teller.language
    if not plan.actions:
        return str(words["no_actions"])
    forms, total = words["size"], sum(action.hours for action in plan.actions)
    hours = counted(words["action"]["total_hours"], language, total)
    given = {"hours": hours}
    if "plan_hours" in plan.facts:
        there = plan.facts["plan_hours"].value
        assert isinstance(there, int | float)
        given["available"] = counted(words["action"]["total_hours"], language, there)
    count = counted(words["actions_count"], language, len(plan.actions))
    time = teller.tell(forms["hours_of" if "available" in given else "hours"], **given)
    return f"{count}. {time} {price(teller, plan)}"


def price(teller: Teller, plan: Plan) -> str:
    """What all actions cost together, against the budget where it is known."""
    forms = teller.words["size"]
    total = sum(action.cost.amount for action in plan.actions)
    if not total:
        return str(forms["free"])
    cost = format_money(teller.language, total, plan.actions[0].cost.currency)
    budget = plan.facts.get("plan_budget")
    if budget is None or not isinstance(budget.value, Money):
        return teller.tell(forms["cost"], cost=cost)
    told = format_money(teller.language, budget.value.amount, budget.value.currency)
    return teller.tell(forms["cost_of"], cost=cost, budget=told)


def later_view(teller: Teller, action: str) -> LaterView:
    """An action for later."""
    text = teller.catalog.action_text(teller.language, action)
    return LaterView(action, text["name"], teller.tell(text["does"]))
