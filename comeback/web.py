"""Everything that `comeback serve` answers over HTTP, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import httpx
from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from advisor.errors import DiskFullError, StoreError
from advisor.store import Store
from bot.telegram.webhook import Webhook
from comeback.watching import look

HOOK = "/telegram/webhook"
NLU_PATIENCE = 2.0
"""Seconds for the model's server to say that it is there."""
ROOM_FOR = 30.0
"""Seconds until we look again whether anything can be written: PostgreSQL only tells by writing."""


def application(
    store: Store, webhook: Webhook, nlu_url: str, rooms: Sequence[BaseRoute] = ()
) -> FastAPI:
    """The application; `rooms` are other parts of the product, mounted below paths of their own."""
    probes = Probes(store, nlu_url)

    async def hook(request: Request) -> Response:
        return await webhook(request)

    return FastAPI(
        title="Comeback",
        openapi_url=None,
        routes=[
            Route(HOOK, hook, methods=["POST"]),
            Route("/health", probes.health),
            Route("/ready", probes.ready),
            Route("/metrics", probes.metrics),
            *rooms,
        ],
    )


class Probes:
    """What whoever runs this asks."""

    def __init__(self, store: Store, nlu_url: str) -> None:
        self.store = store
        self.nlu_url = nlu_url
        self.room_until = 0.0

    async def health(self, _: Request) -> Response:
        """The process is alive."""
        return JSONResponse({"alive": True})

    async def ready(self, _: Request) -> Response:
        """Whether calls can be taken. Without the model everything but free text goes on."""
        database = await self.database()
        state = {"database": database or "ok", "nlu": await self.nlu()}
        return JSONResponse(state, 503 if database else 200)

    async def database(self) -> str | None:
        """What is wrong with the database."""
        try:
            if not await self.store.is_current():
                return "migrations are missing"
            if monotonic() >= self.room_until:
                await self.store.check_room()
                self.room_until = monotonic() + ROOM_FOR
        except DiskFullError:
            return "full"
        except StoreError:
            return "away"
        return None

    async def nlu(self) -> str:
        """Whether free text can be read."""
        if not self.nlu_url:
            return "of its own"
        try:
            async with httpx.AsyncClient(timeout=NLU_PATIENCE, trust_env=False) as http:
                (await http.get(self.nlu_url)).raise_for_status()
        except httpx.HTTPError:
            return "away"
        return "ok"

    async def metrics(self, _: Request) -> Response:
        """What this process counted, and how long the queues are that all share."""
        await look(self.store)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
