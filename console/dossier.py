"""What the pages about one client share: their line, and the plan in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from advisor.amending import amended_plan
from advisor.catalog import Catalog
from advisor.model import Plan
from advisor.render.view import PlanView, plan_view
from advisor.store import StoredInterview, StoredPlan
from advisor.store.codec import plan_from_json
from advisor.store.practice import Client, Consultant, Note, Practice
from console.desk import Desk
from console.pages import page

ENOUGH = 5
"""Answers from which a plan that nobody asked for yet is worth looking at."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A client with those who may look after them, and what colleagues noted."""

    client: Client
    colleagues: dict[str, Consultant]
    notes: list[Note]


async def dossier(desk: Desk, practice: Practice, chat_id: str) -> Dossier:
    """A client of the practice. Raises NotStoredError where it has none such."""
    return Dossier(
        await practice.client(chat_id, desk.now),
        {one.id: one for one in await practice.colleagues()},
        await practice.notes(chat_id),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan to look at: one that was made for its owner (`stored`), or what would come out if the
    interview ended now."""

    plan: Plan
    view: PlanView
    stored: StoredPlan | None


def shown(
    catalog: Catalog,
    language: str,
    stored: StoredPlan | None,
    interview: StoredInterview | None,
) -> Shown | None:
    """The plan in words; None where too little is known for one."""
    if stored is not None:
        plan = plan_from_json(stored.document)
        view = plan_view(catalog, plan, language, stored.made_at.date(), stored.word)
        return Shown(plan, view, stored)
    answers = interview.state.answers if interview is not None else {}
    if sum(answer.known for answer in answers.values()) < ENOUGH:
        return None
    plan = amended_plan(catalog, answers, interview.state.amendments if interview else ())
    return Shown(plan, plan_view(catalog, plan, language), None)


def about(
    request: Request,
    desk: Desk,
    template: str,
    tab: str,
    found: Dossier,
    status: int = 200,
    **given: Any,
) -> Response:
    """A page about a client."""
    return page(
        request, template, desk, status=status, tab=tab, found=found, client=found.client, **given
    )
