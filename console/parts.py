"""What the console is made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from advisor.catalog import Catalog
from advisor.followup.pace import ISRAEL
from advisor.store import Store
from console.owners import Owners


@dataclass(frozen=True, slots=True)
class Parts:
    """A deployment's parts. `clock` gives the time with its zone; `root` is where it is reached,
    as https://…, empty where only on this machine; `bot` is the Telegram bot's user name, empty
    where there is none; `texts` are the console's own wording by language; `owners` is the way into
    the owners' chats, and `zone` whose clocks show the time."""

    catalog: Catalog
    store: Store
    clock: Callable[[], datetime]
    texts: Mapping[str, Mapping[str, Any]]
    owners: Owners
    root: str = ""
    bot: str = ""
    zone: tzinfo = ISRAEL

    @property
    def secure(self) -> bool:
        """Whether it is reached by https, so that cookies travel no other way."""
        return self.root.startswith("https://")
