"""Reminders and check-ins in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.interview import Interview
from advisor.interview import events as happened
from bot.phrasing import Phrasing
from bot.questions import minutes_left


def wording(words: Phrasing) -> Mapping[str, Any]:
    """The wording of what we write first."""
    texts: Mapping[str, Any] = words.catalog.texts[words.language]["followups"]
    return texts


def reminder(words: Phrasing, state: Interview, event: happened.Reminded) -> str:
    """One sentence; the last one says that it is."""
    texts = list(wording(words)["reminders"].values())
    text = str(texts[min(event.step, len(texts)) - 1])
    return words.filled(text, minutes=minutes_left(words, state))


def question(words: Phrasing, event: happened.CheckinAsked) -> str:
    """How an action goes; in front of the first, the week that is over and the one that begins."""
    texts = wording(words)
    asked = words.filled(str(texts["ask"]), action=name(words, event.actions[0]))
    if not event.opening:
        return asked
    step = name(words, event.step) if event.step is not None else ""
    lead = str(texts["lead" if step else "lead_alone"])
    return f"{words.filled(lead, week=event.week, step=step)}\n\n{asked}"


def measure(words: Phrasing, event: happened.MeasureAsked) -> str:
    """What an action was to bring: is there a number?"""
    what = words.catalog.action_text(words.language, event.action)["measure"]["what"]
    return words.filled(str(wording(words)["measure"]), what=what)


def noted(words: Phrasing, event: happened.ProgressReported) -> str | None:
    """A word on what was told; after "done" the question for the measure says it."""
    texts = wording(words)
    if event.value is not None:
        return words.filled(str(texts["value"]), value=f"{event.value:,.10g}")
    told = texts["told"].get(event.state)
    return words.filled(str(told)) if told is not None else None


def name(words: Phrasing, action: str) -> str:
    """What an action is called."""
    return str(words.catalog.action_text(words.language, action)["name"])


def deletion(words: Phrasing) -> str:
    """That what lies idle is deleted in a week, and how to keep or to get it."""
    return str(wording(words)["deletion"])
