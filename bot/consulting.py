"""A consultant's turn in an owner's chat: saved and told in one transaction, as an owner's is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from advisor.catalog import Catalog
from advisor.errors import NotStoredError
from advisor.interview import Interview, replay
from advisor.interview import events as happened
from advisor.interview.consulting import Act, consult
from advisor.interview.events import Event
from advisor.model import PersonalWord
from advisor.store import StoredInterview, Unit
from bot.clients import note_turn
from bot.documents import Documents, PlanMade
from bot.replies import queue_replies, replies

CAUSES = {
    happened.AnswerRevised: "revised",
    happened.PlanAmended: "amended",
}
"""What a version of the plan is made for."""


class Consulting:
    """Does in a chat what a consultant decided. `clock` gives the time, with its zone."""

    def __init__(self, catalog: Catalog, clock: Callable[[], datetime]) -> None:
        self.catalog = catalog
        self.clock = clock
        self.documents = Documents(catalog, clock)

    async def act(self, unit: Unit, chat_id: str, act: Act) -> None:
        """Do it; what the owner is told of it waits in the outbox when the unit is saved. Raises
        NotStoredError where the chat has no interview, ValueError for an impossible answer."""
        interview = await unit.open_interview(chat_id)
        if interview is None:
            raise NotStoredError("This client has no interview any more.")
        before, now = interview.state, self.clock()
        events = consult(self.catalog, before, act)
        after = replay(before, events)
        plan = await self.plan(unit, interview, after, events)
        await unit.save_turn(interview, after, events, None, now)
        await self.keep_words(unit, interview, events)
        await note_turn(
            self.catalog, unit, chat_id, interview.id, before, after, events, now, by_owner=False
        )
        said = replies(self.catalog, before, events, plan)
        await queue_replies(unit, chat_id, interview.id, said, now)

    async def keep_words(
        self, unit: Unit, interview: StoredInterview, events: Sequence[Event]
    ) -> None:
        """What is written on sending a plan stands in its documents, too."""
        for event in events:
            if isinstance(event, happened.PlanSent) and event.word:
                at = self.clock().isoformat()
                word = PersonalWord(event.by, event.practice, event.word, at)
                await unit.add_word(interview.id, event.version, word)

    async def plan(
        self,
        unit: Unit,
        interview: StoredInterview,
        after: Interview,
        events: Sequence[Event],
    ) -> PlanMade | None:
        """The version that the events make, where there was a plan before, or that they send."""
        for event in events:
            if isinstance(event, happened.PlanSent):
                return await self.documents.sent(unit, interview, event.version, after.language)
            cause = CAUSES.get(type(event))
            if cause is not None and await unit.last_plan(interview.id) is not None:
                return await self.documents.plan(unit, interview, after, cause)
        return None
