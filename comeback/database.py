"""The database, wired."""

from __future__ import annotations

from advisor.store import Store
from comeback.settings import Settings


async def upgrade(settings: Settings) -> None:
    """Bring the tables up to date."""
    settings.prepare()
    store = await Store.open(settings.database_url())
    try:
        await store.migrate()
    finally:
        await store.close()
    print("The database is up to date.")
