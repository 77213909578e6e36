"""Points of the sources: those named exist, and each is asked about and acted upon."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.catalog import Catalog
from advisor.coverage import actions_for, questions_for
from advisor.lint.fault import Fault


def check_sources(catalog: Catalog) -> Iterator[Fault]:
    """Rows that don't exist, and rows that nothing serves."""
    served = [
        *((f"questions/{s.area}.yml {s.id}.rows", s.rows) for s in catalog.slots.values()),
        *((f"actions/{a.area}.yml {a.id}.rows", a.rows) for a in catalog.actions.values()),
    ]
    for where, rows in served:
        if not rows:
            yield Fault(where, "names no point of the sources", "name what it comes from")
        for row in rows:
            if row not in catalog.sources:
                yield Fault(where, f"no row {row!r} in sources.yml", "correct the row")
    for source in catalog.sources.values():
        if source.frame:
            continue
        where = f"sources.yml {source.id}"
        if not questions_for(catalog, source.id):
            yield Fault(where, "no question serves it", "name it in the rows of a question")
        if not actions_for(catalog, source.id):
            yield Fault(where, "no action serves it", "name it in the rows of an action")
