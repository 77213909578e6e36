"""Drafts on a terminal: a word and an action's number show them, to be marked and copied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from advisor.render.view.types import ActionView, DraftView, PlanView
from bot.terminal.screen import Screen

NUMBERED = re.compile(r"(\w+)\s+(\d{1,2})\W*")


def wanted(texts: Mapping[str, Any], view: PlanView, typed: str) -> ActionView | None:
    """The action whose drafts are asked for, where the words ask for some."""
    found = NUMBERED.fullmatch(typed.strip())
    if found is None or found[1].lower() not in texts["drafts_words"]:
        return None
    return next((a for a in view.actions if a.number == int(found[2])), None)


def show_drafts(screen: Screen, view: PlanView, action: ActionView, none: str) -> None:
    """All drafts of an action; `none` says that there are none."""
    screen.say(f"{action.number}. {action.name}", "bold")
    if not action.drafts:
        screen.line(none, indent=3)
        return
    screen.line(view.words["action"]["drafts_note"], "dim", indent=3)
    for draft in action.drafts:
        show_draft(screen, view, draft)


def show_draft(screen: Screen, view: PlanView, draft: DraftView) -> None:
    """One draft: what it is, what to see to first, and the words."""
    labels = view.words["action"]
    screen.say(f"{draft.name} · {draft.channel_name}", "bold")
    screen.line(f"{labels['draft_checks']}:", "dim")
    for check in draft.checks:
        screen.line(f"• {check}", "dim", indent=2)
    if draft.subject:
        screen.say(f"{labels['draft_subject']}: {draft.subject}")
    screen.say(draft.text)
