"""Our rules for tokens as a tokenizer of spaCy's, and back."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.understanding.quantities.tokens import (
    TOKEN,
    VULGAR,
    Token,
    decimals_of,
    normal,
    number_of,
)


class QuantityTokenizer:
    """A spaCy tokenizer for both languages; the pieces joined are the text again."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a Doc whose tokens are pieces and runs of white space."""
        words = [match.group() for match in TOKEN.finditer(text)]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


def tokens_of(doc: Doc) -> list[Token]:
    """The tokens that matter, without white space."""
    found, spaced = [], True
    for piece in doc:
        text = piece.text
        match = TOKEN.match(text)
        kind = match.lastgroup if match and match.lastgroup else "symbol"
        if kind == "space":
            spaced = True
            continue
        start = piece.idx
        value = number_of(text) if kind == "number" else VULGAR.get(text)
        found.append(
            Token(normal(text), kind, start, start + len(text), spaced, value, decimals_of(text))
        )
        spaced = False
    return found
