"""What is logged, and where to: JSON, one line each, on standard error; never what people wrote."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType

import structlog
from structlog.typing import EventDict

from advisor.errors import place

TELLTALES = ("aiosqlite", "alembic", "httpcore", "httpx", "psycopg", "sqlalchemy", "telegram")
"""Libraries that tell at lower levels what goes through them: rows, addresses, messages."""
FRAMES = 12
"""Of what led to an error, the last so many places."""


def quiet_logs(level: int = logging.WARNING) -> None:
    """Logs go to standard error, as JSON, and never hold what people wrote."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    logging.basicConfig(level=level, handlers=[handler])
    for name in TELLTALES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It writes what a job is about, and errors with all that led to them; we write our own.
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)
    # It tells of its start and end, as we do; its errors are written.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    sys.excepthook = ended_by


class AsJson(logging.Formatter):
    """Libraries' own lines in the form of ours: the first line of what they say, and of an error
    its kind and place. The rest may quote what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        row = {
            "event": record.getMessage().partition("\n")[0],
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        error = record.exc_info[1] if record.exc_info else None
        return json.dumps({**row, **told(error)}, ensure_ascii=False)


def without_words(_: object, __: str, row: EventDict) -> EventDict:
    """Instead of an error that a line was given, its kind and place."""
    error = row.pop("exc_info", None)
    if error is True:
        error = sys.exception()
    row.update(told(error if isinstance(error, BaseException) else None))
    return row


def told(error: BaseException | None) -> dict[str, str]:
    """An error for a log: its kind and where it was raised."""
    return {} if error is None else {"error": type(error).__name__, "at": place(error)}


def ended_by(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error that ends the process: with what led to it, by file and line. Python would write
    what it says, too."""
    frames = [f"{frame.filename}:{frame.lineno}" for frame in extract_tb(trace)[-FRAMES:]]
    log = structlog.get_logger(__name__)
    log.critical("ended_by_error", error=kind.__name__, at=place(error), frames=frames)
