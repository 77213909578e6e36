"""A turn that broke on our side: noted for the operator, told to the owner; the talk goes on."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

import structlog

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from bot.conversation import Conversation
from bot.messages import Incoming

log = structlog.get_logger(__name__)


async def received(conversation: Conversation, incoming: Incoming) -> str | None:
    """Pass a message on. Gives the reference of what broke, if something did; errors that say what
    to do are raised on."""
    try:
        await conversation.receive(incoming)
    except ComebackError:
        raise
    except Exception as error:  # nothing of the turn was saved: the owner can send it again
        frame = extract_tb(error.__traceback__)[-1]
        reference = f"{Path(frame.filename).stem}-{frame.lineno}"
        # never what the error says, which may hold words of an owner
        log.error("turn_failed", reference=reference, error=type(error).__name__)
        return reference
    return None


def apology(catalog: Catalog, language: str, reference: str) -> str:
    """What the owner is told."""
    text = str(catalog.texts[language]["replies"]["broken"])
    return text.format(reference=reference)
