"""What is logged, and where to."""

from __future__ import annotations

import logging

import structlog

TELLTALES = ("aiosqlite", "alembic", "httpcore", "httpx", "psycopg", "sqlalchemy", "telegram")
"""Libraries that tell at lower levels what goes through them: rows, addresses, messages."""


def quiet_logs(level: int = logging.WARNING) -> None:
    """Logs go to standard error, as JSON, and never hold what people wrote."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=__import__("sys").stderr),
    )
    logging.basicConfig(level=level)
    for name in TELLTALES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It writes what a job is about, and errors with all that led to them; we write our own.
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)
