"""All clients of the practice at once, to look at and to take away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from advisor.clients import SILENT, STATUSES
from advisor.portfolio import UNKNOWN, Portfolio
from console.desk import Desk, Member
from console.errors import MissingError
from console.pages import page, spell
from console.survey import LEVELS_SHOWN, Wording, surveyed, tables_of
from console.tables import as_csv, as_workbook

router = APIRouter()
MOST = 15
"""Findings and actions on the page; the files hold all."""
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/portfolio")
async def portfolio(request: Request, desk: Member) -> Response:
    """The page."""
    async with desk.office() as (unit, practice):
        found = await surveyed(desk.parts.catalog, practice, desk.now)
        await desk.note(unit, "portfolio_viewed")
    words = Wording(desk)
    return page(
        request,
        "portfolio.html",
        desk,
        found=found,
        lead=lead(desk, found),
        levels=(*LEVELS_SHOWN, UNKNOWN),
        statuses=(*STATUSES, SILENT),
        observed=[(words.observation(name), count) for name, count in found.observed[:MOST]],
        actions=[(words.action(name), count) for name, count in found.actions[:MOST]],
        label=words.label,
        sheets=desk.parts.texts[desk.language]["portfolio"]["sheets"],
    )


def lead(desk: Desk, found: Portfolio) -> str:
    """How many there are, and how long the way to a plan takes."""
    texts: dict[str, Any] = desk.parts.texts[desk.language]["portfolio"]
    if found.to_plan is None:
        return str(texts["lead_without"]).format(n=found.total)
    times = {
        name: spell(timedelta(hours=hours), desk.language)
        for name, hours in (("middle", found.to_plan.middle), ("high", found.to_plan.high))
    }
    return str(texts["lead"]).format(n=found.total, **times)


@router.get("/portfolio/{sheet}.csv")
async def portfolio_csv(desk: Member, sheet: str) -> Response:
    """One of the tables."""
    if sheet not in desk.parts.texts[desk.language]["portfolio"]["sheets"]:
        raise MissingError("missing")
    tables = await taken(desk, sheet)
    return Response(
        as_csv(tables[sheet], desk.parts.zone), media_type=CSV, headers=saved_as(f"{sheet}.csv")
    )


@router.get("/portfolio.xlsx")
async def portfolio_workbook(desk: Member) -> Response:
    """All of them in one workbook."""
    tables = await taken(desk, "all")
    made = await run_in_threadpool(
        as_workbook, tables.values(), desk.language == "he", desk.parts.zone
    )
    return Response(made, media_type=XLSX, headers=saved_as("comeback.xlsx"))


async def taken(desk: Desk, what: str) -> dict[str, Any]:
    """The tables, and a line in the log that they were taken away."""
    async with desk.office() as (unit, practice):
        tables = await tables_of(desk, practice)
        await desk.note(unit, "portfolio_exported", what=what)
    return tables


def saved_as(name: str) -> dict[str, str]:
    """What makes a browser save it under a name."""
    return {"content-disposition": f'attachment; filename="{name}"'}
