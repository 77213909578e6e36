"""Published evidence in words, each sentence once, with the actions that it stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model import Plan
from advisor.render.direction import code
from advisor.render.formats import NO_BREAK, join
from advisor.render.view.actions import proof
from advisor.render.view.types import SourceView
from advisor.render.wording import Teller


def source_views(teller: Teller, plan: Plan) -> Iterator[SourceView]:
    """The evidence of the plan, in the order in which the actions come."""
    for name in dict.fromkeys(name for action in plan.actions for name in action.evidence):
        told = proof(teller, name)
        yield SourceView(told.text, told.status, serves(teller, plan, name))


def serves(teller: Teller, plan: Plan, name: str) -> str:
    """The actions that rest on it, by their numbers."""
    numbers = [str(n) for n, row in enumerate(plan.actions, 1) if name in row.evidence]
    listed = join(teller.catalog, teller.language, numbers)
    form = "one" if len(numbers) == 1 else "many"
    return str(teller.words["serves"][form].format(numbers=listed))


def origins(teller: Teller, plan: Plan) -> Iterator[str]:
    """The number of each action with the rows of the articles that it comes from, on one line."""
    for number, action in enumerate(plan.actions, 1):
        if action.rows:
            told = f"{number}: {', '.join(action.rows)}".replace(" ", NO_BREAK)
            yield code(teller.language, told)
