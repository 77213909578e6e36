"""What owners read of what consultants write and do, the same in a preview and in the chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.render import hebrew
from advisor.render.direction import clean, isolate
from advisor.render.formats import format_value
from advisor.render.wording import begun

LONGEST_WORD = 1500
"""UTF-16 units, as Telegram counts: with what stands around it, it fits one message."""
LONGEST_REASON = 400


def units(text: str) -> int:
    """A text's length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plan_letter(
    catalog: Catalog, language: str, sent: happened.PlanSent, changes: Sequence[str]
) -> str:
    """What stands above a plan that a consultant sends: who, their word, what changed."""
    parts = [filled(catalog, language, "plan_sent", by=sent.by, practice=sent.practice)]
    if sent.word:
        parts.append(written(language, sent.word))
    if changes:
        listed = "\n".join(f"• {change}" for change in changes)
        parts.append(f"{filled(catalog, language, 'changed')}\n{listed}")
    return "\n\n".join(parts)


def word_letter(catalog: Catalog, language: str, sent: happened.WordSent) -> str:
    """What a consultant writes."""
    lead = filled(catalog, language, "word", by=sent.by, practice=sent.practice)
    return f"{lead}\n\n{written(language, sent.text)}"


def revision_letter(catalog: Catalog, language: str, revised: happened.AnswerRevised) -> str:
    """That a consultant corrected an answer, from what to what, and why."""
    slot = revised.answer.slot
    label = str(catalog.question(language, slot)["label"])
    given = {
        "by": revised.by,
        "practice": revised.practice,
        "new": format_value(catalog, language, slot, revised.answer),
    }
    known = revised.before is not None and revised.before.known
    if known and revised.before is not None:
        old = format_value(catalog, language, slot, revised.before)
        said = filled(catalog, language, "revised", **given, label=label, old=old)
    else:
        said = filled(catalog, language, "filled_in", **given, label=label)
    reason = filled(catalog, language, "reason", reason=revised.reason)
    return f"{begun(said)}\n{reason}"


def filled(catalog: Catalog, language: str, name: str, **given: str) -> str:
    """A text with what people wrote in it kept in its own direction."""
    texts: Any = catalog.texts[language]["replies"]["person"]
    named = {key: isolate(language, value) if key in OWN else value for key, value in given.items()}
    return hebrew.fitted(language, str(texts[name]).format(**named))


OWN = frozenset({"by", "practice", "reason", "to"})
"""Fields that people wrote."""


def written(language: str, text: str) -> str:
    """What somebody wrote, line by line."""
    return "\n".join(isolate(language, clean(line)) for line in text.strip().splitlines())
