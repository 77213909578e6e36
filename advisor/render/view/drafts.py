"""Drafts in words: filled from the answers, with what the law wants in an advertisement around
them. What only the owner can know stands in square brackets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.drafts import WRITTEN, drafts_for, parts_for
from advisor.model import Draft
from advisor.render.direction import clean, isolate
from advisor.render.view.types import DraftView
from advisor.render.wording import Teller, fields

LONGEST_NAME = 60
"""Characters of a business's name inside a draft; more would not fit a text message."""
BUSINESS = "business_name"
NOTE = "note"
"""The paragraph that tells what to write down: for the owner, and so after all that is said."""


def draft_views(teller: Teller, action: str, before: Sequence[str] = ()) -> tuple[DraftView, ...]:
    """The drafts of an action in words; `before` are the actions that come before it, in order."""
    drafts = drafts_for(teller.catalog, action, teller.values)
    return tuple(draft_view(teller, draft, before) for draft in drafts)


def draft_view(teller: Teller, draft: Draft, before: Sequence[str]) -> DraftView:
    """One draft: what is said stands between the marking at the start of an advertisement and, at
    its end, the sender with the way to refuse."""
    text, sending = teller.text("drafts", draft.id), sending_of(teller)
    frame = sending["advertising"][draft.channel] if draft.advertising else {}
    parts = parts_for(draft, teller.values)
    said = [text["parts"][part] for part in parts if part != NOTE]
    kept = [text["parts"][part] for part in parts if part == NOTE]
    words = (frame.get("opening", ""), *said, frame.get("closing", ""), *kept)
    return DraftView(
        id=draft.id,
        name=text["name"],
        channel=draft.channel,
        channel_name=sending["channels"][draft.channel],
        subject=subject(teller, draft, text, frame),
        paragraphs=tuple(filter(None, (told_by(teller, template) for template in words))),
        checks=tuple(teller.tell(sending["checks"][check]) for check in draft.checks),
        earlier=next((n for n, name in enumerate(before, 1) if name in draft.actions), None),
    )


def subject(
    teller: Teller, draft: Draft, text: Mapping[str, Any], frame: Mapping[str, str]
) -> str | None:
    """The subject of what is written; that of an advertising e-mail says that it is one (E10)."""
    if draft.channel not in WRITTEN:
        return None
    told = told_by(teller, text["subject"])
    return teller.tell(frame["subject"], subject=told) if "subject" in frame else told


def told_by(teller: Teller, template: str) -> str:
    """A text filled in; a business without a name leaves a gap for it."""
    given = {BUSINESS: business(teller)} if BUSINESS in fields(template) else {}
    return teller.tell(template, **given)


def business(teller: Teller) -> str:
    """The business's name, or a gap to fill in."""
    answer = teller.answers.get(BUSINESS)
    name = clean(str(answer.value)) if answer is not None and answer.known else ""
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
    return isolate(teller.language, name) or str(sending_of(teller)["gap"])


def sending_of(teller: Teller) -> Mapping[str, Any]:
    """What all drafts share: channels, checks, and the frame of an advertisement."""
    sending: Mapping[str, Any] = teller.catalog.texts[teller.language]["sending"]
    return sending
