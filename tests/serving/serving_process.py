"""`comeback serve` and `comeback worker` in processes of their own, which can be made to die at a
named step. Nothing of this is in the product: the process patches itself."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

# for what runs in the processes of other tests, too
import telegram_running  # noqa: F401

from advisor.catalog import Catalog, load_catalog
from advisor.followup import Pace as Reminding
from advisor.searching import sought
from advisor.store import Unit
from bot.conversation import Conversation
from bot.followup.rounds import Rounds
from bot.jobs import Jobs
from bot.messages import Incoming
from bot.telegram import Pace, Post, Receiver, layout
from bot.telegram.reception import Reception
from bot.telegram.turns import Turns
from bot.understanding.quantities import read_quantities
from comeback.console import run_console
from comeback.serving import serve
from comeback.settings import Settings, read_settings
from comeback.working import work
from console.routers import clients

load_catalog()
read_quantities("1")
"""Both are kept, and this module is loaded once for all processes."""

STEPS: dict[str, tuple[type, str]] = {
    "before the update is committed": (Jobs, "defer"),
    "between its commit and the answer": (Receiver, "receive"),
    "in the turn": (Reception, "take"),
    "between the turn and its sending": (Turns, "take"),
    "between the sending and its mark": (Post, "send"),
    "between a reminder and its sending": (Rounds, "due"),
}
"""Where a process may die: after this was done."""
MAKING = "while a file is made"


def die(*_: Any) -> bytes:
    """End this process as it stands."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("not killed")


def dies(step: str, times: int) -> None:
    """Have this process killed when a step is done for the n-th time."""
    if step == MAKING:
        layout.render_pdf = die
        return
    owner, name = STEPS[step]
    done: Callable[..., Any] = getattr(owner, name)
    left = [times]

    @functools.wraps(done)
    async def dying(*arguments: Any, **more: Any) -> Any:
        result = await done(*arguments, **more)
        left[0] -= result is not False and result != 0
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, dying)


def poisoned(text: str) -> None:
    """Have every turn on a text fail after it has written, and every search for it."""
    take = Conversation.take

    async def failing(talk: Conversation, unit: Unit, incoming: Incoming) -> None:
        await take(talk, unit, incoming)
        if incoming.text == text:
            raise RuntimeError(text)

    setattr(Conversation, "take", failing)  # noqa: B010

    def looked_for(catalog: Catalog, words: str) -> Any:
        if text in words:
            raise RuntimeError(words)
        return sought(catalog, words)

    setattr(clients, "sought", looked_for)  # noqa: B010


async def consult(settings: Settings, *_: Any) -> None:
    """`comeback console`."""
    await run_console(settings, settings.port, demo=False)


def run(
    role: str,
    environment: dict[str, str],
    log: Path,
    second: float,
    fault: tuple[str, int] | None,
    poison: str,
) -> None:
    """The process: its settings, what it writes, where it dies."""
    with log.open("a") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    for name in [name for name in os.environ if name.startswith("COMEBACK_")]:
        del os.environ[name]
    os.environ.update(environment)
    os.chdir(environment["COMEBACK_DATA"])
    if fault is not None:
        dies(*fault)
    poisoned(poison)
    Reminding.reachable = lambda _, moment: moment  # type: ignore[method-assign]
    parts: dict[str, Callable[..., Any]] = {"serve": serve, "worker": work, "console": consult}
    asyncio.run(parts[role](read_settings(), Pace(0, 0), second))
