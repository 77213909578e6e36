"""The spaCy pipelines: blank Hebrew and English with our tokenizer and our component."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.understanding.quantities.grammar import Grammar
from bot.understanding.quantities.tokenizer import QuantityTokenizer, tokens_of


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
