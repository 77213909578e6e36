"""Which word pieces the encoder keeps: those of Hebrew and English, of some 250,000."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from components.plain import plain
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from wordfreq import top_n_list

SPECIAL = 4
"""The first pieces: beginning, padding, end, unknown."""
BEGINNING, PADDING, END, UNKNOWN = range(SPECIAL)
WORDS = {"he": 100_000, "en": 60_000}
"""So many of the commonest words of each language have all their pieces kept."""


def tokenizer_of(pieces: Sequence[str], scores: np.ndarray, longest: int = 0) -> Tokenizer:
    """A unigram tokenizer of these pieces; a space stands before the first word. With `longest`,
    texts are cut to so many pieces, given a beginning and an end, and padded to one length."""
    found = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(found, unk_id=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    if longest:
        ends = [("<s>", BEGINNING), ("</s>", END)]
        tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", special_tokens=ends)
        tokenizer.enable_truncation(longest)
        tokenizer.enable_padding(pad_id=PADDING)
    return tokenizer


def kept(pieces: Sequence[str], scores: np.ndarray, texts: Iterable[str]) -> list[int]:
    """Places of the pieces that common words and the examples are made of, single letters of
    both scripts, digits and marks included."""
    tokenizer = tokenizer_of(pieces, scores)
    common = (word for language, count in WORDS.items() for word in top_n_list(language, count))
    lines = [*map(plain, common), *map(plain, texts)]
    used = set(range(SPECIAL))
    for found in tokenizer.encode_batch(lines):
        used.update(found.ids)
    used.update(i for i, piece in enumerate(pieces) if is_single(piece))
    return sorted(used)


def is_single(piece: str) -> bool:
    """Whether a piece is one letter, digit or mark that an owner may type."""
    letter = piece.lstrip("▁")
    return len(letter) <= 1 and all(
        ord(c) < 0x250 or 0x590 <= ord(c) <= 0x5FF or 0x2000 <= ord(c) <= 0x20CF for c in letter
    )
