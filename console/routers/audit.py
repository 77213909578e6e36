"""For leads: who viewed or changed what."""

from __future__ import annotations

import csv
import json
from datetime import tzinfo
from io import StringIO

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.store.practice import Entry
from console.desk import Lead
from console.pages import page
from console.tables import harmless

router = APIRouter()
SIZE = 100
BATCH = 2000
COLUMNS = ("number", "time", "who", "act", "client", "detail", "address", "hash")


@router.get("/audit")
async def audit(
    request: Request, desk: Lead, before: int | None = None, client: str | None = None
) -> Response:
    """The log, newest first."""
    async with desk.office() as (unit, practice):
        entries = await practice.entries(before, client or None, SIZE)
        people = {one.id: one for one in await practice.colleagues()}
        names = await practice.names_of({one.chat_id for one in entries if one.chat_id})
        await desk.note(unit, "audit_viewed", chat_id=client or None)
    return page(
        request,
        "audit.html",
        desk,
        entries=entries,
        people=people,
        names=names,
        client=client or "",
        next=entries[-1].id if len(entries) == SIZE else None,
    )


@router.get("/audit/check")
async def audit_check(request: Request, desk: Lead) -> Response:
    """Whether a line was taken out or changed."""
    async with desk.office() as (unit, practice):
        await desk.note(unit, "audit_checked")
        chain = await practice.check()
    return page(request, "audit_check.html", desk, chain=chain)


@router.get("/audit/export")
async def audit_export(desk: Lead) -> Response:
    """All of it, for a spreadsheet."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    async with desk.office() as (unit, practice):
        people = {one.id: one.email for one in await practice.colleagues()}
        await desk.note(unit, "audit_exported")
        before: int | None = None
        while entries := await practice.entries(before, None, BATCH):
            rows.writerows(line(entry, people, desk.parts.zone) for entry in entries)
            before = entries[-1].id
    name = f"audit {desk.now:%Y-%m-%d}.csv"
    return Response(
        "\ufeff" + out.getvalue(),  # the mark tells Excel that it is UTF-8
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def line(entry: Entry, people: dict[str, str], zone: tzinfo) -> tuple[str, ...]:
    """A line of the log as text."""
    cells = (
        str(entry.id),
        entry.at.astimezone(zone).isoformat(timespec="seconds"),
        people.get(entry.consultant_id or "", entry.consultant_id or ""),
        entry.act,
        entry.chat_id or "",
        json.dumps(entry.detail, ensure_ascii=False) if entry.detail else "",
        entry.address or "",
        entry.chain or "",
    )
    return tuple(str(harmless(cell, zone)) for cell in cells)
