"""Versions of an owner's plan, set side by side on request."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.catalog import Catalog
from advisor.render.compare import tell_difference
from advisor.store import Unit
from advisor.store.codec import plan_from_json

OFFERED = 3
"""Earlier versions that are offered beside the one compared."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The last version's number (0 before the first), and where they were compared: since which
    one, in sentences what changed, and the other versions that could be asked about."""

    last: int = 0
    since: int | None = None
    changes: tuple[str, ...] = ()
    others: tuple[int, ...] = ()


NO_VERSIONS = Versions()


async def versions(unit: Unit, interview_id: str) -> Versions:
    """How many there are."""
    last = await unit.last_plan(interview_id)
    return Versions(last.version if last is not None else 0)


async def compared(
    catalog: Catalog, unit: Unit, interview_id: str, language: str, since: int | None
) -> Versions:
    """What changed since a version: the one before the last, where that one isn't there."""
    last = await unit.last_plan(interview_id)
    if last is None or last.version < 2:
        return Versions(last.version if last is not None else 0)
    earlier = range(1, last.version)
    chosen = since if since is not None and since in earlier else last.version - 1
    before = await unit.plan_version(interview_id, chosen)
    if before is None:
        return Versions(last.version)
    old, new = plan_from_json(before.document), plan_from_json(last.document)
    return Versions(
        last=last.version,
        since=chosen,
        changes=tell_difference(catalog, language, old, new),
        others=tuple(n for n in earlier if n != chosen)[-OFFERED:],
    )
