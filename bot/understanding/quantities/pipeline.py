"""The spaCy pipelines: blank Hebrew and English with our tokenizer and our component."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.understanding.quantities.grammar import Grammar
from bot.understanding.quantities.quantity import Quantity
from bot.understanding.quantities.tokens import QuantityTokenizer, tokens_of

LONGEST = 5000
"""Characters that are read; the rest of a longer text holds no answer."""
HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can hold and UTF-8 can't."""


@Language.component("comeback_quantities")
def find_quantities(doc: Doc) -> Doc:
    """Put the quantities of a text on `doc._.quantities`."""
    doc._.quantities = tuple(Grammar(doc.text, tokens_of(doc)).quantities())
    return doc


@cache
def pipeline(language: str = "he") -> Language:
    """The pipeline of a language, made once. Both know the words of both languages, as owners mix
    them."""
    if not Doc.has_extension("quantities"):
        Doc.set_extension("quantities", default=())
    nlp = spacy.blank(language, vocab=Vocab())  # a language's own describes words for nobody here
    nlp.tokenizer = QuantityTokenizer(nlp.vocab)
    nlp.add_pipe("comeback_quantities")
    return nlp


def read_quantities(text: str, default_currency: str | None = None) -> list[Quantity]:
    """The quantities of a text in order. Money without a currency can't be told from a count here;
    where a word such as 'grand' leaves it open, the only currency of the text stands in, else
    `default_currency`."""
    nlp, text = pipeline(), HALF.sub("\ufffd", text[:LONGEST])
    with nlp.memory_zone():  # else every word that was ever read stays in memory
        found: tuple[Quantity, ...] = nlp(text)._.quantities
    said = {q.currency for q in found if q.currency is not None}
    currency = said.pop() if len(said) == 1 else default_currency
    return [
        replace(q, currency=currency) if q.kind == "money" and q.currency is None else q
        for q in found
    ]
