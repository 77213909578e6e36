"""What a turn changes in the line that consultants see of an owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from advisor import announced
from advisor.catalog import Catalog
from advisor.clients import asking_of, summarize
from advisor.interview import Interview
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.searching import tokens_of
from advisor.store import Store, Unit

ASKING_FOR_PERSON = (happened.HumanRequested, happened.ComfortOffered)
"""Owners who asked for a person, and those who despair: somebody should call."""
BATCH = 50
"""Owners whose words are hashed anew in one transaction."""


async def note_turn(
    catalog: Catalog,
    unit: Unit,
    chat_id: str,
    interview_id: str,
    before: Interview,
    after: Interview,
    events: Sequence[Event],
    at: datetime,
    by_owner: bool = True,
) -> None:
    """Bring an owner's line up to date, in the transaction of the turn itself: the owner's own, or
    one of a consultant's, which is no word from the owner."""
    same = before.answers == after.answers
    asked_for_person = any(isinstance(event, ASKING_FOR_PERSON) for event in events)
    seen = (after.language, at, asked_for_person, by_owner)
    if not same or not await unit.touch_client(chat_id, interview_id, asking_of(after), *seen):
        await unit.note_client(chat_id, interview_id, summarize(catalog, after), *seen)
    for event in events:
        name = announced.NAMES.get(type(event))
        if name is not None:
            await unit.announce(chat_id, name, getattr(event, "version", None), at)
        if isinstance(event, happened.PlanSent):
            await unit.note_sent(chat_id, event.version, at)
        elif isinstance(event, happened.PlanSigned) or is_progress(event):
            await unit.note_progress(chat_id, at)
        elif isinstance(event, happened.WordReturned):
            await unit.note_answered(chat_id, at)
    tokens = tokens_of(catalog, after.answers)
    if not same and tokens != tokens_of(catalog, before.answers):
        await unit.note_tokens(chat_id, tokens)


def is_progress(event: Event) -> bool:
    """Whether the owner told that something of the plan is done, or under way."""
    return isinstance(event, happened.ProgressReported) and event.state in ("done", "under_way")


async def renew_tokens(catalog: Catalog, store: Store) -> int:
    """Let every owner be found by words that the newest key hashed; how many were not."""
    renewed = 0
    while True:
        async with store.unit() as unit:
            stale = await unit.found_otherwise(BATCH)
            for chat_id in stale:
                interview = await unit.open_interview(chat_id)
                answers = interview.state.answers if interview else {}
                await unit.note_tokens(chat_id, tokens_of(catalog, answers))
        renewed += len(stale)
        if not stale:
            return renewed
