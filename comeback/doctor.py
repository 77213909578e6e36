"""Checks that what the product needs is there, one line each. Nothing is changed by looking."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from advisor.catalog import CONTENT, load_catalog
from advisor.errors import ComebackError
from advisor.lint import lint
from advisor.store import Store
from comeback import peers
from comeback.database import connected
from comeback.logs import quiet_logs
from comeback.nlu import is_trained, python_of
from comeback.peers import Check
from comeback.secrets import SUFFIX
from comeback.settings import NAMES_OF_DATABASE, PREFIX, Settings
from comeback.webhook import speaking
from comeback.wiring import clock

GIGABYTE = 2**30
PATIENCE = 10
"""Minutes that an update or a message may wait."""


async def examine(settings: Settings) -> bool:
    """Print what is well and what to do about the rest; whether all is well."""
    quiet_logs()
    sound = True
    async for name, problem in examined(settings):
        sound = sound and problem is None
        print(f"{'ok' if problem is None else 'NO':3} {name}{f': {problem}' if problem else ''}")
    return sound


async def examined(settings: Settings) -> AsyncIterator[Check]:
    """Each thing that is needed, and what is wrong with it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    yield f"Python {version}", None if sys.version_info >= (3, 11) else "3.11 or later is needed"
    yield "settings", misspelt()
    yield "questions, actions and wording", content()
    if settings.nlu_url:
        yield await peers.rasa(load_catalog(), settings.nlu_url)
    else:
        yield "Rasa's environment", environment(settings)
        yield "the trained model", model(settings)
    yield f"the data folder {settings.data}", folder(settings)
    async for check in database(settings):
        yield check
    keys = settings.encryption_key.get_secret_value()
    yield "encryption" if keys else "encryption (no key set: what owners say is kept plain)", None
    async for check in telegram(settings):
        yield check


def misspelt() -> str | None:
    """A name in the environment that is no setting's."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {*NAMES_OF_DATABASE}
    known |= {name + SUFFIX for name in known}
    strange = sorted({n for n in os.environ if n.startswith(PREFIX)} - known)
    return f"{strange[0]} is no setting: README.md lists them" if strange else None


async def telegram(settings: Settings) -> AsyncIterator[Check]:
    """What has to do with Telegram, where that is set up."""
    if not settings.telegram_token.get_secret_value():
        yield "Telegram (not set up, and not needed for chat)", None
        return
    async with speaking(settings) as bot:
        name, problem = await peers.telegram(bot)
        yield name, problem
        if problem is None:
            yield await peers.webhook(bot, settings, clock())
    yield await peers.clock(settings, clock())


def content() -> str | None:
    """Whether content can be read and has no faults."""
    try:
        faults = lint(load_catalog(), datetime.now(UTC).date(), CONTENT)
    except ComebackError as error:
        return str(error)
    return f"{len(faults)} faults; run comeback lint" if faults else None


def environment(settings: Settings) -> str | None:
    """Whether Rasa can be started."""
    try:
        python_of(settings.nlu_project)
    except ComebackError as error:
        return str(error)
    return None


def model(settings: Settings) -> str | None:
    """Whether the model is there and up to date."""
    if is_trained(settings.nlu_project):
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
    if free > 1:
        return None
    return f"only {free:.1f} GB are free: make room, or set COMEBACK_DATA to another disk"


async def database(settings: Settings) -> AsyncIterator[Check]:
    """Whether the database opens, is up to date, and takes what is written; and what waits."""
    name = f"the database ({kind_of(settings)})"
    if is_new(settings):
        yield f"{name[:-1]}, made at the first start)", None
        return
    try:
        async with connected(settings) as store:
            if not await store.is_current():
                yield name, "its tables are of another version: run comeback db upgrade"
                return
            await store.migrate()  # nothing is left to do but to see that the keys fit
            await store.check()
            yield name, None
            yield await waiting(store)
            if settings.practice:
                yield f"the practice {settings.practice}", await practice(store, settings.practice)
    except ComebackError as error:
        yield name, str(error)


def is_new(settings: Settings) -> bool:
    """Whether nothing is stored yet."""
    return not settings.database_url and not Path(settings.data / "comeback.db").exists()


async def waiting(store: Store) -> Check:
    """What waits and what was given up; something is wrong where nothing moves."""
    async with store.unit() as unit:
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


async def practice(store: Store, name: str) -> str | None:
    """Whether there is the practice that takes in owners whom nobody invited."""
    async with store.unit() as unit:
        if await unit.accounts.practice_named(name) is not None:
            return None
        names = ", ".join(known.name for known in await unit.accounts.practices())
    there = f"there are {names}" if names else "comeback consultant add makes one"
    return f"isn't there, so owners whom nobody invited are nobody's; {there}"


def kind_of(settings: Settings) -> str:
    """Which database it is; nothing of its address, which may hold a password."""
    return "SQLite" if settings.database().startswith("sqlite") else "PostgreSQL"
