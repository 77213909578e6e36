"""What the channel remembers about a row of the outbox, kept in the row itself.

parts: how many of its messages went out; message: Telegram's id of the one with the buttons;
edits: the message that it changes instead of being sent anew; after: the button that it followed;
begun: how often the file that comes next was begun and not sent; album: the album of pictures that
it answers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from advisor.store import Queued


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes on one row."""

    parts: int = 0
    message: int | None = None
    edits: int | None = None
    after: str | None = None
    begun: int = 0
    album: str | None = None


def notes_of(row: Queued | None) -> Notes:
    """The notes on a row, none for no row. What a newer version noted besides is nothing to us."""
    kept: dict[str, Any] = row.payload.get("notes", {}) if row else {}
    return Notes(**{name: value for name, value in kept.items() if name in NAMES})


NAMES = frozenset(field.name for field in fields(Notes))


ASKING = ("ask", "wait")
"""Types of replies that wait for an answer, and so carry buttons."""
