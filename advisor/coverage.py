"""Which questions and actions serve each point of the sources."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.catalog import Catalog

PAGE = """\
# The sources, point by point

The questions and actions of Comeback come from two articles: A, a blog chapter, and B, an opinion
column on the same crisis. Each point below is asked about and acted upon; a frame (in italics) sets
the tone or the order, or was cut off in the original, and needs neither. They disagree on print
(A24 and A25 against B7): the plan decides by the owner's own numbers and says so.

This page is made from `advisor/content/` and a test keeps it up to date.

{table}
"""


def questions_for(catalog: Catalog, row: str) -> tuple[str, ...]:
    """Slots that ask about a point."""
    return tuple(slot.id for slot in catalog.slots.values() if row in slot.rows)


def actions_for(catalog: Catalog, row: str) -> tuple[str, ...]:
    """Actions that act upon a point."""
    return tuple(action.id for action in catalog.actions.values() if row in action.rows)


def coverage_table(catalog: Catalog) -> str:
    """A Markdown table: each point with its questions and actions."""
    lines = ["| | Point | Questions | Actions |", "| --- | --- | --- | --- |"]
    for source in catalog.sources.values():
        gist = f"*{source.gist}*" if source.frame else source.gist
        asked = listed(questions_for(catalog, source.id))
        done = listed(actions_for(catalog, source.id))
        lines.append(f"| {source.id} | {gist} | {asked} | {done} |")
    return "\n".join(lines)


def listed(names: Iterable[str]) -> str:
    """Ids one after the other, or a dash."""
    return ", ".join(f"`{name}`" for name in names) or "-"


def sources_page(catalog: Catalog) -> str:
    """docs/sources.md."""
    return PAGE.format(table=coverage_table(catalog))
