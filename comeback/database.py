"""The database, wired: brought up to date, and moved to another one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TextIO

from advisor.catalog import load_catalog
from advisor.errors import ComebackError
from advisor.store import Keys, Limits, Store, dump, load, reseal
from bot.clients import renew_tokens
from comeback.settings import Settings


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Store]:
    """The store that the settings name, as it is. Raises StoreError."""
    settings.prepare()
    limits = Limits(settings.database_connections, settings.database_patience)
    keys = Keys.read(settings.encryption_key.get_secret_value())
    store = await Store.open(settings.database(), limits=limits, keys=keys)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store that the settings name, up to date. Raises StoreError."""
    async with connected(settings) as store:
        await store.migrate()
        yield store


async def upgrade(settings: Settings) -> None:
    """Bring the tables up to date."""
    async with opened(settings):
        print("The database is up to date.")


async def encrypt(settings: Settings) -> None:
    """Encrypt what is stored plainly, or with an older key, while others work."""
    async with opened(settings) as store:
        await renew_tokens(load_catalog(), store)
        done = await reseal(store)
    print(f"Everything personal is encrypted with the newest key now ({done.rows} rows changed).")
    if done.keys_done:
        print(f"No longer needed: {', '.join(done.keys_done)}; keep it as long as copies need it.")


async def export(settings: Settings, file: Path) -> None:
    """Write everything that is stored to a new file that only its owner can read."""
    lines = 0
    async with opened(settings) as store:
        with created(file) as out:
            async for line in dump(store):
                out.write(line)
                lines += 1
    print(f"Everything that is stored is in {file} now ({lines} lines), with what owners said,")
    print("readable without a key: keep it where nobody else reads it, and delete it when it is")
    print("no longer needed.")


async def import_(settings: Settings, file: Path) -> None:
    """Fill an empty database from such a file."""
    with read(file) as lines:
        async with opened(settings) as store:
            rows = await load(store, lines)
    print(f"The database holds everything from {file} now ({rows} rows).")


async def audit(settings: Settings) -> None:
    """Look through the audit logs. Raises ComebackError where a line is missing or was changed."""
    broken = []
    async with opened(settings) as store, store.unit() as unit:
        logs: dict[str, str | None] = {one.name: one.id for one in await unit.accounts.practices()}
        for name, practice_id in {**logs, "operators": None}.items():
            chain = await unit.check_log(practice_id)
            loose = f", {chain.loose} of them from before there were hashes" if chain.loose else ""
            print(
                f"{name}: {chain.lines} lines{loose}; the last one's hash is {chain.last or 'none'}"
            )
            if chain.broken is not None:
                broken.append(f"{name}, before or in line {chain.broken}")
    if broken:
        raise ComebackError(
            "the audit log is not whole: a line was taken out or changed past the program"
            f" ({'; '.join(broken)}). Compare it with an export, or a copy of the database."
        )


@contextmanager
def created(file: Path) -> Iterator[TextIO]:
    """A new file for one's own eyes; nothing of it stays where an error comes between."""
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ComebackError(f"{file} is there already; name a new file.") from None
    except OSError as error:
        raise ComebackError(f"{file} can't be written ({error.strerror}).") from error
    try:
        with open(number, "w", encoding="ascii") as out:
            yield out
    except BaseException as error:
        file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ComebackError(f"{file} can't be written ({error.strerror}).") from error
        raise


@contextmanager
def read(file: Path) -> Iterator[Iterator[str]]:
    """The lines of a file, one at a time."""
    try:
        with file.open(encoding="ascii", errors="replace") as lines:
            yield lines
    except OSError as error:
        raise ComebackError(f"{file} can't be read ({error.strerror}).") from error
