"""Versions of a client's plan, and what changed between any two."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.render.compare import tell_difference
from advisor.store.codec import plan_from_json
from console.desk import Member
from console.dossier import about, dossier
from console.errors import MissingError

router = APIRouter()


@router.get("/clients/{chat_id}/versions")
async def versions(
    request: Request, desk: Member, chat_id: str, old: int | None = None, new: int | None = None
) -> Response:
    """The list, and the last two side by side unless others are named."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        made = await practice.versions(chat_id)
        numbers = [number for number, *_ in made]
        old = old or (numbers[1] if len(numbers) > 1 else None)
        new = new or (numbers[0] if numbers else None)
        before = await practice.plan(chat_id, old) if old else None
        after = await practice.plan(chat_id, new) if new else None
        if (old and before is None) or (new and after is None):
            raise MissingError("missing")
        await desk.note(unit, "versions_viewed", chat_id, old=old, new=new)
    changes = None
    if before and after:
        pair = plan_from_json(before.document), plan_from_json(after.document)
        changes = tell_difference(desk.parts.catalog, desk.language, *pair)
    return about(
        request,
        desk,
        "versions.html",
        "versions",
        found,
        made=made,
        old=old,
        new=new,
        changes=changes,
    )
