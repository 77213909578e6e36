"""When a chat that fell silent is deleted, and when its owner is warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NOTICE = timedelta(days=7)
"""How long after the warning an owner may still write."""


class Fate(StrEnum):
    """What is to be done with a chat now."""

    KEEP = "keep"
    WARN = "warn"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Silent:
    """A chat's silence: since when nothing was `heard`; whether its owner `blocked` us; when they
    were `warned`, as far as they were, and whether the warning still waits to be sent."""

    heard: datetime
    blocked: bool
    warned: datetime | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """Who was heard or warned last by these times may be deleted, or warned."""

    forget: datetime
    warn: datetime
    warned: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """Chats are kept for `kept` after their owner was heard last; longer than NOTICE."""

    kept: timedelta

    def limits(self, now: datetime) -> Limits:
        """What these days mean by now."""
        return Limits(now - self.kept, now - self.kept + NOTICE, now - NOTICE)

    def fate(self, chat: Silent, now: datetime) -> Fate:
        """What is to be done: never deleted before the notice is over, and never warned twice."""
        limits = self.limits(now)
        if chat.blocked:
            return Fate.FORGET if chat.heard <= limits.forget else Fate.KEEP
        if chat.warned is None:
            return Fate.WARN if chat.heard <= limits.warn else Fate.KEEP
        over = chat.heard <= limits.forget and chat.warned <= limits.warned
        return Fate.FORGET if over and not chat.waits else Fate.KEEP
