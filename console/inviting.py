"""Inviting an owner: a link that ties a chat to the practice. Only its digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.store.practice import Practice
from console.parts import Parts
from console.security.tokens import digest, new_token

DAYS = 30
"""That an owner has."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it was made. Without a bot there is no link; the owner sends the token."""

    id: str
    label: str | None
    token: str
    link: str | None
    until: datetime


async def invite(parts: Parts, practice: Practice, to: str, label: str, at: datetime) -> Invited:
    """Invite an owner, whom the colleague `to` will look after; `label` is whom it is meant for.
    Raises NotStoredError where there is no such colleague."""
    token, name = new_token(), " ".join(label.split()) or None
    made = await practice.invite_owner(digest(token), to, name, at, DAYS)
    bot = parts.bot.removeprefix("@")
    link = f"https://t.me/{bot}?start={token}" if bot else None
    return Invited(made, name, token, link, at + timedelta(days=DAYS))
