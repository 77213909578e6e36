"""A client: how the business stands, the money, and the plan with its reasons."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.model import WEEKS
from console.desk import Member
from console.dossier import about, dossier, shown
from console.errors import MissingError
from console.progress import going
from console.visits import went

router = APIRouter()


@router.get("/clients/{chat_id}")
async def client(
    request: Request, desk: Member, chat_id: str, version: int | None = None
) -> Response:
    """The newest plan, or one of its versions."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        stored = await practice.plan(chat_id, version)
        if version is not None and stored is None:
            raise MissingError("missing")
        interview = await practice.interview(chat_id)
        progress = await practice.progress(chat_id)
        seen = stored.version if stored else 0
        await desk.note(unit, "client_viewed", chat_id, version=seen)
    catalog = desk.parts.catalog
    plan = shown(catalog, desk.language, stored, interview)
    return about(
        request,
        desk,
        "client.html",
        "plan",
        found,
        shown=plan,
        going=going(catalog, desk.language, plan.view if plan else None, progress),
        sources=catalog.sources,
        week_count=WEEKS,
    )


@router.post("/clients/{chat_id}/attended")
async def attended(request: Request, desk: Member, chat_id: str) -> Response:
    """Somebody got in touch with the owner who had asked for a person."""
    async with desk.office() as (unit, practice):
        await practice.attended(chat_id)
        await desk.note(unit, "owner_called", chat_id)
    return went(request, "client", chat_id=chat_id)
