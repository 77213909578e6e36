"""Everything that is kept. Nothing outside this package knows which database it is.

async with store.unit() as unit:     one transaction: all of it is saved, or none
    chat = await unit.chat(address, now)
"""

from advisor.store.engine import Limits
from advisor.store.records import (
    Agreement,
    Consent,
    Misreading,
    NewUpdate,
    Queued,
    StoredChat,
    StoredEvent,
    StoredInterview,
    StoredMessage,
    StoredMisreading,
    StoredPlan,
    StoredUpdate,
)
from advisor.store.repository import Unit
from advisor.store.resealing import Resealed, reseal
from advisor.store.sealing import Keys, new_key
from advisor.store.store import Store
from advisor.store.transfer import dump, load

__all__ = [
    "Agreement",
    "Consent",
    "Keys",
    "Limits",
    "Misreading",
    "NewUpdate",
    "Queued",
    "Resealed",
    "Store",
    "StoredChat",
    "StoredEvent",
    "StoredInterview",
    "StoredMessage",
    "StoredMisreading",
    "StoredPlan",
    "StoredUpdate",
    "Unit",
    "dump",
    "load",
    "new_key",
    "reseal",
]
