"""What became of a plan's actions, as their owner told it week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advisor.catalog import Catalog
from advisor.followup import Progress
from advisor.render.formats import figure
from advisor.render.view import PlanView


@dataclass(frozen=True, slots=True)
class Going:
    """An action that was asked about. `state` is None where nothing was answered yet, `told` the
    words of the button, `value` what the measure `what` came to."""

    id: str
    name: str
    state: str | None
    told: str | None
    what: str
    value: str | None
    at: datetime | None
    week: int
    unanswered: int


def going(
    catalog: Catalog, language: str, view: PlanView | None, progress: Mapping[str, Progress]
) -> dict[str, Going]:
    """By their ids: those of the plan in its order, then those that are no longer in it."""
    named = {action.id: action.name for action in view.actions} if view is not None else {}
    order = [*(name for name in named if name in progress), *(progress.keys() - named.keys())]
    return {name: told(catalog, language, name, named.get(name), progress[name]) for name in order}


def told(catalog: Catalog, language: str, action: str, name: str | None, known: Progress) -> Going:
    """One of them in words; an action of a consultant's own has no measure of ours."""
    labels: Mapping[str, str] = catalog.texts[language]["followups"]["going"]
    text = catalog.action_text(language, action) if action in catalog.actions else None
    return Going(
        action,
        name or (str(text["name"]) if text else action),
        known.state,
        labels[known.state] if known.state else None,
        str(text["measure"]["what"]).rstrip(".") if text else "",
        figure(language, known.value) if known.value is not None else None,
        known.at,
        known.week,
        known.unanswered,
    )
