"""What answers over HTTP, from its port to its end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from starlette.types import ASGIApp

from bot.telegram.connection import stopped_by_signals
from comeback.ports import refusals

WAITING = 2048
"""Connections that may wait to be taken."""
GRACE = 20
"""Seconds that calls in hand get when we are asked to stop."""
KEPT_OPEN = 75
"""Seconds that a connection without a call stays open: longer than a proxy keeps its own (nginx:
60), or it would send a call into one that we are just closing."""

log = structlog.get_logger(__name__)


class Server(uvicorn.Server):
    """Uvicorn, which leaves the end of the process to us, and writes no addresses that were asked
    for: they may hold what somebody looked for."""

    def __init__(self, app: ASGIApp, host: str, port: int, named: str) -> None:
        self.named = named
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
                timeout_keep_alive=KEPT_OPEN,
            )
        )

    async def listen(self) -> None:
        """Answer until stopped. Raises ComebackError where the port can't be had."""
        host, port = self.config.host, self.config.port
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with refusals(host, port, self.named):
            taken = socket.create_server((host, port), family=family, backlog=WAITING)
        log.info("listening", host=host, port=taken.getsockname()[1])
        await self.serve([taken])

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop taking calls at a signal; what was begun is finished."""
        with stopped_by_signals(self.end):
            yield

    def end(self) -> None:
        """Answer the calls in hand, and no others."""
        self.should_exit = True
