"""A plan in which consultants changed something of every kind, in words of one's choice."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.amending import amend
from advisor.amendments import (
    Added,
    Alteration,
    Amendment,
    Dropped,
    Moved,
    Resized,
    Reworded,
    Wording,
)
from advisor.catalog import Catalog
from advisor.model import PersonalWord, Plan
from advisor.render.view import PlanView, plan_view


@dataclass(frozen=True, slots=True)
class Words:
    """What consultants write: their name, why they change things, an action in their words, and a
    word to the owner."""

    by: str
    reason: str
    name: str
    why: str
    steps: tuple[str, ...]
    measure: str
    stop: str
    word: str

    @property
    def all(self) -> tuple[str, ...]:
        """All that an owner should read of them."""
        return (
            self.by,
            self.reason,
            self.name,
            self.why,
            *self.steps,
            self.measure,
            self.stop,
            self.word,
        )


USUAL = {
    "en": Words(
        by="Dana Levi",
        reason="The team is away over the holidays",
        name="Call the three tour operators",
        why="They booked a third of the rooms last year",
        steps=("Find out who decides there today", "Call, and offer two dates to visit"),
        measure="Visits that took place",
        stop="Stop after three calls without an answer",
        word="We went over this together last week.\n\nBegin with the calls; the rest can wait.",
    ),
    "he": Words(
        by="דנה לוי",
        reason="הצוות בחופשה בחגים",
        name="להתקשר לשלושת סוכני הנסיעות",
        why="בשנה שעברה הם הזמינו שליש מהחדרים",
        steps=("לברר מי מחליט שם היום", "להתקשר, ולהציע שני מועדים לביקור"),
        measure="ביקורים שהתקיימו",
        stop="לעצור אחרי שלוש שיחות בלי תשובה",
        word="עברנו על זה יחד בשבוע שעבר.\n\nכדאי להתחיל בשיחות; כל השאר יכול לחכות.",
    ),
}


def spoilt(text: str) -> Words:
    """The same text wherever a consultant writes."""
    return Words(text, text, text, text, (text, text), text, text, text)


def amendments(plan: Plan, language: str, words: Words) -> list[Amendment]:
    """Something of every kind, one of them about an action that isn't in the plan."""
    moved, resized, reworded, dropped = (action.id for action in plan.actions[1:5])
    said = Wording(language, words.name, words.why, words.steps, words.measure, words.stop)
    changes: list[Alteration] = [
        Moved(moved, 1, 6),
        Resized(resized, 3, 5),
        Reworded(reworded, said),
        Dropped(dropped),
        Added("own_visits", "churn", 2, 3, 4, 350, said),
        Moved("second_source", 3, 4),
    ]
    return [
        Amendment(f"a{n}", words.by, f"2026-03-0{n}T09:30:00+00:00", words.reason, change)
        for n, change in enumerate(changes, 1)
    ]


def amended_view(catalog: Catalog, plan: Plan, language: str, words: Words) -> PlanView:
    """The plan as an owner reads it, amended, and sent with a word."""
    word = PersonalWord(words.by, words.by, words.word, "2026-03-09T09:30:00+00:00")
    made = amend(plan, amendments(plan, language, words))
    return plan_view(catalog, made, language, word=word)
