"""The clients of a practice: who needs somebody today stands first."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response

from advisor.clients import SILENT, STATUSES
from advisor.searching import sought, sought_widely
from advisor.store.practice import ORDERS, Filter, Page
from console.desk import Desk, Member
from console.errors import MissingError
from console.pages import page
from console.visits import went

router = APIRouter()
FIELDS = ("q", "status", "sector", "consultant", "danger", "order")
"""Of the filter, as the address of the list has them."""
LONGEST_NAME = 60
MINE = "me"


class Wanted:
    """What the address of the list asks for; what it can't be is left out."""

    def __init__(
        self,
        q: Annotated[str, Query(max_length=200)] = "",
        status: str = "",
        sector: str = "",
        consultant: str = "",
        danger: str = "",
        order: str = "",
    ) -> None:
        self.q = q.strip()
        self.status = status if status in (*STATUSES, SILENT) else ""
        self.sector = sector
        self.consultant = consultant
        self.danger = "1" if danger else ""
        self.order = order if order in ORDERS else ORDERS[0]

    def filter(self, desk: Desk) -> Filter:
        """What the store is asked."""
        consultant = desk.account.id if self.consultant == MINE else self.consultant
        return Filter(
            status=self.status or None,
            sector=self.sector or None,
            consultant_id=consultant or None,
            dangerous=bool(self.danger),
            sought=sought(desk.parts.catalog, self.q),
            widely=sought_widely(desk.parts.catalog, self.q),
            order=self.order,
        )

    def fields(self) -> dict[str, str]:
        """The fields that say something, for an address."""
        found = {name: str(getattr(self, name)) for name in FIELDS}
        if found["order"] == ORDERS[0]:
            del found["order"]
        return {name: value for name, value in found.items() if value}

    def query(self, **more: str) -> str:
        """The end of an address that asks for the same."""
        return urlencode({**self.fields(), **more})


Asked = Annotated[Wanted, Depends()]


@router.get("/clients")
async def clients(
    request: Request, desk: Member, wanted: Asked, after: str | None = None
) -> Response:
    """The list, or with `after` the page of it that follows a client."""
    chosen = wanted.filter(desk)
    async with desk.office() as (unit, practice):
        shown, more = await practice.page(chosen, Page(desk.now, after))
        counts = await practice.counts(desk.now)
        colleagues = {one.id: one for one in await practice.colleagues()}
        kept = await practice.saved_filters(desk.account.id)
        await desk.note(unit, "list_viewed", shown=len(shown), **asked_for(wanted))
    return page(
        request,
        "clients.html",
        desk,
        fragment="clients_rows.html" if after else "clients_found.html",
        clients=shown,
        next=shown[-1].chat_id if more else None,
        after=after,
        counts=counts,
        colleagues=colleagues,
        kept=kept,
        wanted=wanted,
        sectors=sectors(desk),
        statuses=(*STATUSES, SILENT),
        orders=ORDERS,
        mine=MINE,
    )


def asked_for(wanted: Wanted) -> dict[str, Any]:
    """What the log tells of a filter: never the words that were searched for."""
    fields = wanted.fields()
    searched = fields.pop("q", "")
    return {**fields, **({"searched": True} if searched else {})}


def sectors(desk: Desk) -> dict[str, str]:
    """What businesses do, in words."""
    catalog = desk.parts.catalog
    return {
        option: catalog.option_label(desk.language, "sector", option)
        for option in catalog.slots["sector"].options
    }


@router.post("/clients/filters")
async def keep_filter(
    request: Request, desk: Member, wanted: Asked, name: Annotated[str, Form()]
) -> Response:
    """Keep the filter of the list under a name."""
    called = " ".join(name.split())[:LONGEST_NAME]
    if called:
        async with desk.office() as (unit, practice):
            await practice.save_filter(desk.account.id, called, wanted.fields(), desk.now)
            await desk.note(unit, "filter_saved")
    response = went(request, "clients")
    response.headers["location"] += f"?{wanted.query()}" if wanted.fields() else ""
    return response


@router.post("/clients/filters/{filter_id}/delete")
async def drop_filter(request: Request, desk: Member, filter_id: str) -> Response:
    """Keep it no longer."""
    async with desk.office() as (unit, practice):
        if filter_id not in {one.id for one in await practice.saved_filters(desk.account.id)}:
            raise MissingError("missing")
        await practice.drop_filter(desk.account.id, filter_id)
        await desk.note(unit, "filter_dropped")
    return went(request, "clients")
