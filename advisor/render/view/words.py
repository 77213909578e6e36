"""What a consultant wrote on sending a plan, as it stands at the head of it."""

from __future__ import annotations

from datetime import datetime

from advisor.model import PersonalWord
from advisor.render.direction import clean, is_mixed, isolate
from advisor.render.formats import format_day
from advisor.render.view.types import WordView
from advisor.render.wording import Teller


def word_view(teller: Teller, word: PersonalWord) -> WordView | None:
    """Line by line, in its own direction; None where nothing can be read of it."""
    language = teller.language
    lines = (alone(language, clean(line)) for line in word.text.splitlines())
    paragraphs = tuple(line for line in lines if line)
    if not paragraphs:
        return None
    signed = teller.tell(
        teller.words["word"]["signed"],
        by=isolate(language, word.by),
        practice=isolate(language, word.practice),
        date=format_day(language, datetime.fromisoformat(word.at).date()),
    )
    return WordView(paragraphs, signed, word)


def alone(language: str, line: str) -> str:
    """A paragraph of its own: what is partly in Hebrew runs as the plan does, whatever it begins
    with; all else keeps its own direction."""
    return line if language == "he" and is_mixed(line) else isolate(language, line)
