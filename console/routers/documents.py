"""A client's plan as files, in either language."""

import asyncio
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from advisor.model import LANGUAGES
from advisor.render.documents import MEDIA, Document, document
from advisor.render.view import plan_view
from advisor.store.codec import plan_from_json
from console.desk import Desk, Member
from console.dossier import about, dossier
from console.errors import MissingError

router = APIRouter()


@router.get("/clients/{chat_id}/documents")
async def documents(request: Request, desk: Member, chat_id: str) -> Response:
    """What can be had."""
    async with desk.office() as (unit, practice):
        found = await dossier(desk, practice, chat_id)
        made = await practice.versions(chat_id)
        await desk.note(unit, "documents_viewed", chat_id)
    return about(
        request,
        desk,
        "documents.html",
        "documents",
        found,
        made=made,
        kinds=tuple(MEDIA),
        languages=LANGUAGES,
    )


@router.get("/clients/{chat_id}/documents/{version}/{language}/{kind}")
async def document_file(
    desk: Member, chat_id: str, version: int, language: str, kind: Document
) -> Response:
    """One file of one version. It is always saved, never shown on a page of ours."""
    if language not in LANGUAGES:
        raise MissingError("missing")
    async with desk.office() as (unit, practice):
        client = await practice.client(chat_id, desk.now)
        stored = await practice.plan(chat_id, version)
        if stored is None:
            raise MissingError("missing")
        await desk.note(
            unit, "document_taken", chat_id, version=version, language=language, kind=kind
        )
    plan = plan_from_json(stored.document)
    view = plan_view(desk.parts.catalog, plan, language, stored.made_at.date(), stored.word)
    content = await asyncio.to_thread(document, plan, view, kind)
    return Response(content, media_type=MEDIA[kind], headers=saved_as(desk, client.name, kind))


def saved_as(desk: Desk, name: str | None, kind: str) -> dict[str, str]:
    """Under which name the browser saves it."""
    file = quote(f"{name or 'plan'} {desk.now:%Y-%m-%d}.{kind}", safe="")
    return {"content-disposition": f"attachment; filename=\"plan.{kind}\"; filename*=UTF-8''{file}"}
