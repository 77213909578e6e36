"""What the console is made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.catalog import Catalog
from advisor.store import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """A deployment's parts. `clock` gives the time with its zone; `secure` says that it is reached
    by https, so that cookies travel no other way; `bot` is the Telegram bot's user name, empty
    where there is none; `texts` are the console's own wording by language."""

    catalog: Catalog
    store: Store
    clock: Callable[[], datetime]
    texts: Mapping[str, Mapping[str, Any]]
    secure: bool = False
    bot: str = ""
