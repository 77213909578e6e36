"""Asks the Rasa model over HTTP. Never raises: while it is away there is nothing to say."""

from __future__ import annotations

import asyncio
import time
from types import TracebackType

import httpx
import structlog

from bot.understanding.parsed import Parsed, parsed_from

TIMEOUT = 3.0
"""Seconds for one message; a parse takes hundredths of one."""
LOADING = 120.0
"""Seconds that a server may take to load."""
PAUSE = 0.3
"""Seconds between looks at a server that is loading."""

log = structlog.get_logger(__name__)


class RasaClient:
    """A client of `rasa run --enable-api` at `url`; with no url it is always away."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self.url = url
        self.http = httpx.AsyncClient(base_url=url, timeout=timeout, trust_env=False)
        self.available = False

    async def __aenter__(self) -> RasaClient:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.aclose()

    async def ready(self, patience: float = LOADING) -> bool:
        """Wait until the server answers; False where it doesn't in `patience` seconds."""
        until = time.monotonic() + patience
        while self.url and await self.parse("-") is None:
            if time.monotonic() > until:
                log.warning("nlu_away", error="nobody answered")
                break
            await asyncio.sleep(PAUSE)
        return self.available

    async def parse(self, text: str) -> Parsed | None:
        """What the model says, or None while it is away."""
        if not self.url:
            return None
        try:
            response = await self.http.post("/model/parse", json={"text": text})
            response.raise_for_status()
            parsed = parsed_from(response.json())
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
            # A server that is gone, still loading or not ours: the reader manages without.
            if self.available:
                log.warning("nlu_away", error=type(error).__name__)
            self.available = False
            return None
        if not self.available:
            log.info("nlu_there")
        self.available = True
        return parsed
