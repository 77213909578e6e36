"""Everything that is kept. Nothing outside this package knows which database it is.

async with store.unit() as unit:     one transaction: all of it is saved, or none
    chat = await unit.chat(address, now)
"""

from advisor.store.records import (
    Queued,
    StoredChat,
    StoredInterview,
    StoredMessage,
    StoredPlan,
    StoredUpdate,
)
from advisor.store.repository import Unit
from advisor.store.store import Store

__all__ = [
    "Queued",
    "Store",
    "StoredChat",
    "StoredInterview",
    "StoredMessage",
    "StoredPlan",
    "StoredUpdate",
    "Unit",
]
