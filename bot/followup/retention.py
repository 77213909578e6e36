"""Deletes chats that fell silent, after a warning: of itself in the rounds, or by command.

Each chat is seen to in a transaction of its own that locks it and looks again: however many
processes are at it, one of them warns and one of them deletes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import structlog

from advisor.followup.retention import Fate, Retention
from advisor.model import DEFAULT_LANGUAGE, LANGUAGES
from advisor.store import StoredChat, Unit
from bot.conversation import Conversation
from bot.followup.saying import deletion
from bot.messages import Reply
from bot.phrasing import Phrasing
from bot.replies import queue_replies

MOST = 200
"""Chats of one look; the others are due at the next."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Seen:
    """Ids of chats by what was done with them; `put_off` waits for a decent hour."""

    ids: dict[Fate, list[str]] = field(default_factory=lambda: defaultdict(list))
    put_off: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many chats are no longer as they were."""
        return len(self.ids[Fate.WARN]) + len(self.ids[Fate.FORGET])


class Silences:
    """Looks after the chats whose addresses begin with `prefix`; `dry` changes nothing."""

    def __init__(
        self, conversation: Conversation, retention: Retention, prefix: str, dry: bool = False
    ) -> None:
        self.catalog, self.clock = conversation.catalog, conversation.clock
        self.store, self.pace = conversation.store, conversation.pace
        self.retention, self.prefix, self.dry = retention, prefix, dry

    async def due(self, most: int = MOST) -> Seen:
        """Warn and delete whoever is due."""
        async with self.store.unit() as unit:
            limits = self.retention.limits(self.clock())
            addresses = await unit.idle_chats(self.prefix, limits, most)
        seen = Seen()
        for address in addresses:
            async with self.store.unit() as unit:
                chat = await unit.known_chat(address)
                if chat is not None:
                    await self.look(unit, chat, seen)
        if seen.done and not self.dry:
            counts = {fate.value: len(ids) for fate, ids in seen.ids.items()}
            log.info("silent_chats", **counts)
        return seen

    async def look(self, unit: Unit, chat: StoredChat, seen: Seen) -> None:
        """See to one chat, if it is still due."""
        now = self.clock()
        silent = await unit.silent(chat.id)
        fate = self.retention.fate(silent, now)
        if fate is Fate.WARN and self.pace.reachable(now) > now:
            seen.put_off.append(chat.id)
            return
        seen.ids[fate].append(chat.id)
        if self.dry:
            return
        if fate is Fate.WARN:
            await self.warn(unit, chat)
        elif fate is Fate.FORGET:
            await unit.forget(chat.id, now)
        elif chat.heard_at is None or chat.heard_at < silent.heard:
            await unit.note_heard(chat.id, silent.heard)

    async def warn(self, unit: Unit, chat: StoredChat) -> None:
        """Tell the owner what happens in a week, and how it doesn't."""
        now = self.clock()
        interview = await unit.open_interview(chat.id)
        language = interview.state.language if interview else chat.language
        known = language if language in LANGUAGES else DEFAULT_LANGUAGE
        said = Reply("say", deletion(Phrasing(self.catalog, known)))
        await unit.note_warned(chat.id, now)
        await queue_replies(unit, chat.id, interview.id if interview else None, [said], now)
