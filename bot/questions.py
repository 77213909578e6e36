"""A question in words, and how many are left."""

from __future__ import annotations

from advisor.interview import Interview, remaining
from advisor.interview import events as happened
from advisor.model import NUMERIC
from advisor.render.formats import join
from bot.phrasing import Phrasing

SECONDS_A_QUESTION = 18


def asked(words: Phrasing, event: happened.QuestionAsked) -> str:
    """The question in the wording that the turn chose."""
    wording = words.catalog.question(words.language, event.slot)
    labels = [
        words.catalog.option_label(words.language, event.slot, option) for option in event.ticked
    ]
    return words.filled(
        str(words.texts["question"][template(words, event)]),
        ask=wording["ask"],
        again=wording["again"],
        label=words.label(event.slot),
        label_start=words.label_start(event.slot),
        example=wording.get("example", ""),
        chosen=join(words.catalog, words.language, labels),
    )


def template(words: Phrasing, event: happened.QuestionAsked) -> str:
    """Which of the ways to ask: some differ for numbers, and where nothing is ticked."""
    numeric = words.catalog.slots[event.slot].kind in NUMERIC
    example = words.catalog.question(words.language, event.slot).get("example")
    if event.wording == "brief" and example and numeric:
        return "brief_example"
    if event.wording in ("buttons", "held") and numeric:
        return f"{event.wording}_number"
    if event.wording == "tick" and not event.ticked:
        return "tick_none"
    return event.wording


def told_progress(words: Phrasing, state: Interview) -> str:
    """How much is left, in questions and minutes."""
    done, total = remaining(words.catalog, state)
    if done >= total:
        return words.text("progress_done")
    return words.text("progress_told", done=done, total=total, minutes=minutes_left(words, state))


def minutes_left(words: Phrasing, state: Interview) -> str:
    """How long the rest of the questions takes."""
    done, total = remaining(words.catalog, state)
    left = max(1, round((total - done) * SECONDS_A_QUESTION / 60))
    forms = words.texts["minutes"]
    return str(forms["one" if left == 1 else "many"]).format(n=left)
