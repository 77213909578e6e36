"""Which drafts go with an action for these answers; the words are the content's."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog import Catalog
from advisor.conditions import Known, holds
from advisor.model import Draft

WRITTEN = frozenset({"email", "letter"})
"""Channels whose drafts have a subject."""

LAWFUL: Mapping[str, str] = {
    "call": "do_not_call",
    "sms": "consent",
    "whatsapp": "consent",
    "email": "consent",
    "letter": "list_by_name",
}
"""The channels that may carry advertising, each with the check that has to stand before it (E10:
consent for messages, E11: the registry for calls, E10 and E12: mail by name)."""


def drafts_for(catalog: Catalog, action: str, known: Known) -> tuple[Draft, ...]:
    """The drafts of an action that fit what is known, in the order of content."""
    return tuple(
        draft
        for draft in catalog.drafts.values()
        if action in draft.actions and holds(draft.when, known)
    )


def parts_for(draft: Draft, known: Known) -> tuple[str, ...]:
    """Ids of the paragraphs that fit what is known."""
    return tuple(part.id for part in draft.parts if holds(part.when, known))
