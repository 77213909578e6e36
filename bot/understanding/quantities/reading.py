"""Quantities out of a text. What loads spaCy is loaded with the first of them: a process that only
takes messages in needs none of it, and saves 50 MB."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.quantities.quantity import Quantity

LONGEST = 5000
"""Characters that are read; the rest of a longer text holds no answer."""
HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can hold and UTF-8 can't."""


def read_quantities(text: str, default_currency: str | None = None) -> list[Quantity]:
    """The quantities of a text in order. Money without a currency can't be told from a count here;
    where a word such as 'grand' leaves it open, the only currency of the text stands in, else
    `default_currency`."""
    from bot.understanding.quantities.pipeline import pipeline

    nlp, text = pipeline(), HALF.sub("\ufffd", text[:LONGEST])
    with nlp.memory_zone():  # else every word that was ever read stays in memory
        found: tuple[Quantity, ...] = nlp(text)._.quantities
    said = {q.currency for q in found if q.currency is not None}
    currency = said.pop() if len(said) == 1 else default_currency
    return [
        replace(q, currency=currency) if q.kind == "money" and q.currency is None else q
        for q in found
    ]
