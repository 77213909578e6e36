"""`comeback retention`: deletes what fell silent, or tells what it would delete."""

from __future__ import annotations

from advisor.errors import ComebackError
from advisor.followup.retention import Fate
from bot.followup.retention import Silences
from comeback.settings import Settings
from comeback.wiring import assembled

CHANNEL = "telegram:"
"""Chats of the terminal lie on their owner's own computer, where nobody could be warned."""
MOST = 10_000

TOLD = {
    False: {Fate.WARN: "Warned", Fate.FORGET: "Deleted"},
    True: {Fate.WARN: "To be warned", Fate.FORGET: "To be deleted"},
}


async def retain(settings: Settings, dry: bool) -> None:
    """Do what is due, and print how many chats and which. Raises ComebackError."""
    kept = settings.retention()
    if kept is None:
        raise ComebackError(
            "COMEBACK_RETENTION_DAYS is 0: nothing is deleted by itself. Set it to a number of days"
        )
    async with assembled(settings, nlu=False) as parts:
        seen = await Silences(parts.conversation, kept, CHANNEL, dry).due(MOST)
    for fate, words in TOLD[dry].items():
        tell(words, seen.ids[fate])
    if seen.put_off:
        tell("Not to be written to at this hour", seen.put_off)


def tell(words: str, ids: list[str]) -> None:
    """How many chats, and their ids."""
    print(f"{words}: {len(ids)}")
    for each in ids:
        print(f"  {each}")
