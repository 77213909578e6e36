"""The plan and the export that a turn calls for, made from the answers at that point."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo

from advisor.amending import amended_plan
from advisor.catalog import Catalog
from advisor.errors import NotStoredError
from advisor.followup import Progress
from advisor.followup.pace import ISRAEL
from advisor.interview import Interview, replay
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.model import Plan
from advisor.render.compare import compare, tell_difference
from advisor.store import StoredChat, StoredInterview, Unit
from advisor.store.codec import plan_from_json, plan_to_json
from bot.versions import NO_VERSIONS, Versions, compared, versions


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A plan that the turn led to: its id in the store, in sentences what changed since the one
    before, whether that is nothing, and the actions that are done by now."""

    id: str
    changes: tuple[str, ...]
    same: bool
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """A turn's outcome for the owner's replies."""

    plan: PlanMade | None = None
    document: str | None = None
    versions: Versions = NO_VERSIONS


class Documents:
    """Makes what a turn calls for, and keeps plans. `clock` gives the time, with its zone; `zone`
    is whose clocks an export shows."""

    def __init__(
        self, catalog: Catalog, clock: Callable[[], datetime], zone: tzinfo = ISRAEL
    ) -> None:
        self.zone = zone
        self.catalog = catalog
        self.clock = clock

    async def made(
        self,
        unit: Unit,
        chat: StoredChat,
        interview: StoredInterview,
        before: Interview,
        events: Sequence[Event],
    ) -> Saved:
        """All that the events ask for."""
        plan: PlanMade | None = None
        document: str | None = None
        beside = NO_VERSIONS
        for index, event in enumerate(events):
            if isinstance(event, happened.PlanRequested):
                state = replay(before, events[: index + 1])
                plan = await self.plan(unit, interview, state, event.cause)
            elif isinstance(event, happened.DataExported):
                everything = {"timezone": str(self.zone), **await unit.export(chat.id)}
                document = json.dumps(everything, ensure_ascii=False, indent=2)
            elif isinstance(event, happened.VersionsCompared):
                beside = await compared(
                    self.catalog, unit, interview.id, before.language, event.since
                )
            elif isinstance(event, happened.MenuShown) and beside is NO_VERSIONS:
                beside = await versions(unit, interview.id)
        return Saved(plan, document, beside)

    async def plan(
        self, unit: Unit, interview: StoredInterview, state: Interview, cause: str
    ) -> PlanMade:
        """A new version of the plan, unless the last one says the same."""
        made = amended_plan(self.catalog, state.answers, state.amendments)
        last = await unit.last_plan(interview.id)
        changes: tuple[str, ...] = ()
        same = False
        if last is not None:
            before = plan_from_json(last.document)
            same = compare(before, made).empty
            changes = tell_difference(self.catalog, state.language, before, made)
            if before == made:
                return PlanMade(last.id, changes, same, await done_of(unit, interview, made))
        row = await unit.add_plan(interview.id, cause, plan_to_json(made), self.clock())
        return PlanMade(row.id, changes, same, await done_of(unit, interview, made))

    async def sent(
        self, unit: Unit, interview: StoredInterview, version: int, language: str
    ) -> PlanMade:
        """A version that a consultant sends, with what changed since the plan that the owner saw
        last. Raises NotStoredError where there is no such version."""
        row = await unit.plan_version(interview.id, version)
        if row is None:
            raise NotStoredError("This version of the plan is no longer there.")
        plan, seen = plan_from_json(row.document), await self.seen(unit, interview)
        if seen is None:
            return PlanMade(row.id, (), same=True)
        changes = tell_difference(self.catalog, language, seen, plan)
        return PlanMade(row.id, changes, compare(seen, plan).empty)

    async def seen(self, unit: Unit, interview: StoredInterview) -> Plan | None:
        """The plan that was sent last into a chat."""
        for row in await unit.recent(interview.chat_id, ("plan",), 1):
            with suppress(NotStoredError):
                return plan_from_json((await unit.plan(row.payload["plan"])).document)
        return None


async def done_of(unit: Unit, interview: StoredInterview, plan: Plan) -> tuple[str, ...]:
    """The actions of a plan that are done by now, as far as the owner told."""
    told = await unit.progress(interview.id)
    return tuple(a.id for a in plan.actions if told.get(a.id, Progress()).state == "done")
