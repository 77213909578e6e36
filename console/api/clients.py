"""Clients, what they said, their plans and notes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query

from advisor.errors import NotStoredError
from advisor.render.json import plan_json
from advisor.render.view import plan_view
from advisor.searching import sought, sought_widely
from advisor.store.codec import plan_from_json, value_to_json
from advisor.store.practice import Filter, Order, Page
from console.api.caller import Noter, Reader
from console.api.shapes import (
    AnswerOut,
    ClientOut,
    ClientsOut,
    NoteIn,
    NoteOut,
    PortfolioOut,
    VersionOut,
)
from console.survey import surveyed

router = APIRouter(tags=["clients"])
HEX = r"^[0-9a-f]{32}$"
Id = Annotated[str, Path(pattern=HEX)]
Sought = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Known = Annotated[str | None, Query(pattern=HEX)]
Option = Annotated[str | None, Query(pattern=r"^[a-z_]{1,40}$")]
Status = Literal["interviewing", "waiting", "sent", "progress", "silent"]
Language = Literal["he", "en"]
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/clients")
async def list_clients(
    caller: Reader,
    q: Sought = "",
    status: Status | None = None,
    sector: Option = None,
    consultant: Known = None,
    danger: bool = False,
    order: Order = "attention",
    after: Known = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ClientsOut:
    """Clients of the practice, filtered and sorted, a page at a time."""
    wanted = Filter(
        status=status,
        sector=sector,
        consultant_id=consultant,
        dangerous=danger,
        sought=sought(caller.parts.catalog, q.strip()),
        widely=sought_widely(caller.parts.catalog, q.strip()),
        order=order,
    )
    async with caller.office() as (unit, practice):
        found, more = await practice.page(wanted, Page(caller.now, after, limit))
        await caller.note(unit, "api_list_read", shown=len(found))
    items = [ClientOut.of(client) for client in found]
    return ClientsOut(items=items, next=items[-1].id if more else None)


@router.get("/clients/{id}")
async def read_client(caller: Reader, id: Id) -> ClientOut:
    """One client."""
    async with caller.office() as (unit, practice):
        client = await practice.client(id, caller.now)
        await caller.note(unit, "api_client_read", id)
    return ClientOut.of(client)


@router.get("/clients/{id}/answers")
async def read_answers(caller: Reader, id: Id) -> list[AnswerOut]:
    """What stands of what they said."""
    async with caller.office() as (unit, practice):
        await practice.client(id, caller.now)
        rows = await practice.answers(id)
        await caller.note(unit, "api_answers_read", id)
    return [
        AnswerOut(
            slot=row.answer.slot,
            state=row.answer.state.value,
            value=value_to_json(row.answer.value),
            low=row.answer.low,
            high=row.answer.high,
            at=row.at,
        )
        for row in rows
        if row.replaced_at is None
    ]


@router.get("/clients/{id}/plans")
async def list_versions(caller: Reader, id: Id) -> list[VersionOut]:
    """Versions of the plan, newest first."""
    async with caller.office() as (unit, practice):
        await practice.client(id, caller.now)
        found = await practice.versions(id)
        await caller.note(unit, "api_plans_read", id)
    return [VersionOut(version=n, cause=cause, made_at=at) for n, cause, at in found]


@router.get("/clients/{id}/plans/{version}")
async def read_plan(
    caller: Reader, id: Id, version: Version, lang: Language = "he"
) -> dict[str, Any]:
    """A version of the plan with its wording in a language; docs/plan.schema.json describes it."""
    async with caller.office() as (unit, practice):
        await practice.client(id, caller.now)
        stored = await practice.plan(id, version)
        if stored is None:
            raise NotStoredError("There is no such version.")
        await caller.note(unit, "api_plan_read", id, version=version)
    plan = plan_from_json(stored.document)
    made_on = stored.made_at.date()
    return plan_json(plan, plan_view(caller.parts.catalog, plan, lang, made_on, stored.word))


@router.get("/clients/{id}/notes")
async def list_notes(caller: Reader, id: Id) -> list[NoteOut]:
    """What colleagues noted, newest first."""
    async with caller.office() as (unit, practice):
        await practice.client(id, caller.now)
        found = await practice.notes(id)
        await caller.note(unit, "api_notes_read", id)
    return [NoteOut.of(note) for note in found]


@router.post("/clients/{id}/notes", status_code=201)
async def add_note(caller: Noter, id: Id, note: NoteIn) -> NoteOut:
    """Note something, in the name of whoever gave out the token."""
    by = caller.token.consultant_id or ""
    async with caller.office() as (unit, practice):
        made = await practice.add_note(id, by, note.text, caller.now)
        await caller.note(unit, "api_note_added", id, note=made)
    return NoteOut(id=made, text=note.text, consultant=by, at=caller.now)


@router.get("/portfolio")
async def read_portfolio(caller: Reader) -> PortfolioOut:
    """All clients counted."""
    async with caller.office() as (unit, practice):
        found = await surveyed(caller.parts.catalog, practice, caller.now)
        await caller.note(unit, "api_portfolio_read")
    return PortfolioOut(
        total=found.total,
        statuses=dict(found.standings),
        areas={area: dict(counts) for area, counts in found.areas.items()},
        findings=dict(found.observed),
        actions=dict(found.actions),
        questions=[asdict(question) for question in found.questions],
        hours_to_plan=asdict(found.to_plan) if found.to_plan else None,
    )
