"""Checks that what the product needs is there, one line each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from advisor.catalog import CONTENT, load_catalog
from advisor.errors import ComebackError
from advisor.lint import lint
from comeback.database import opened
from comeback.nlu import is_trained, python_of
from comeback.settings import Settings
from comeback.wiring import clock

GIGABYTE = 2**30
PATIENCE = 10
"""Minutes that an update or a message may wait."""


async def examine(settings: Settings) -> bool:
    """Print what is well and what to do about the rest; whether all is well."""
    sound = True
    async for name, problem in examined(settings):
        sound = sound and problem is None
        print(f"{'ok' if problem is None else 'NO':3} {name}{f': {problem}' if problem else ''}")
    return sound


async def examined(settings: Settings) -> AsyncIterator[tuple[str, str | None]]:
    """Each thing that is needed, and what is wrong with it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    yield f"Python {version}", None if sys.version_info >= (3, 11) else "3.11 or later is needed"
    yield "questions, actions and wording", content()
    yield "Rasa's environment", environment(settings)
    yield "the trained model", model(settings)
    yield f"the data folder {settings.data}", folder(settings)
    problem = await database(settings)
    yield f"the database ({kind_of(settings)})", problem
    if problem is None:
        yield await waiting(settings)
        if settings.practice:
            yield f"the practice {settings.practice}", await practice(settings)
    keys = settings.encryption_key.get_secret_value()
    yield "encryption" if keys else "encryption (no key set: what owners say is kept plain)", None
    token = settings.telegram_token.get_secret_value()
    yield "Telegram" if token else "Telegram (not set up, and not needed for chat)", None


def content() -> str | None:
    """Whether content can be read and has no faults."""
    try:
        faults = lint(load_catalog(), datetime.now(UTC).date(), CONTENT)
    except ComebackError as error:
        return str(error)
    return f"{len(faults)} faults; run comeback lint" if faults else None


def environment(settings: Settings) -> str | None:
    """Whether Rasa can be started."""
    if settings.nlu_url:
        return None
    try:
        python_of(settings.nlu_project)
    except ComebackError as error:
        return str(error)
    return None


def model(settings: Settings) -> str | None:
    """Whether the model is there and up to date."""
    if settings.nlu_url or is_trained(settings.nlu_project):
        return None
    return "missing or out of date; run comeback nlu train"


def folder(settings: Settings) -> str | None:
    """Whether data can be kept."""
    try:
        settings.prepare()
        probe = settings.data / ".probe"
        probe.touch()
        probe.unlink()
    except ComebackError as error:
        return str(error)
    except OSError as error:
        return f"can't be written ({error.strerror}); set COMEBACK_DATA to another folder"
    free = shutil.disk_usage(settings.data).free / GIGABYTE
    return None if free > 1 else f"only {free:.1f} GB are free"


async def waiting(settings: Settings) -> tuple[str, str | None]:
    """What waits and what was given up; something is wrong where nothing moves."""
    async with opened(settings) as store, store.unit() as unit:
        queues = await unit.queues()
    updates, messages = queues["updates"], queues["messages"]
    name = (
        f"queues ({updates.length} updates and {messages.length} messages wait,"
        f" {updates.dead} and {messages.dead} were given up)"
    )
    since = min((queue.oldest for queue in queues.values() if queue.oldest), default=None)
    minutes = (clock() - since).total_seconds() / 60 if since else 0
    if minutes < PATIENCE:
        return name, None
    return name, f"something waits for {minutes:.0f} minutes: is comeback worker or bot running?"


async def practice(settings: Settings) -> str | None:
    """Whether there is the practice that takes in owners whom nobody invited."""
    async with opened(settings) as store, store.unit() as unit:
        if await unit.accounts.practice_named(settings.practice) is not None:
            return None
        names = ", ".join(known.name for known in await unit.accounts.practices())
    there = f"there are {names}" if names else "comeback consultant add makes one"
    return f"isn't there, so owners whom nobody invited are nobody's; {there}"


def kind_of(settings: Settings) -> str:
    """Which database it is; nothing of its address, which may hold a password."""
    return "SQLite" if settings.database().startswith("sqlite") else "PostgreSQL"


async def database(settings: Settings) -> str | None:
    """Whether the database opens, is up to date, and takes what is written."""
    try:
        async with opened(settings) as store:
            await store.check()
    except ComebackError as error:
        return str(error)
    return None
