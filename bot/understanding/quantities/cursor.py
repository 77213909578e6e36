"""Looking around in the tokens of a message: words, phrases before and after, glued prefixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.understanding.quantities.lexicon import Lexicon, lexicon
from bot.understanding.quantities.tokens import Token

LONGEST_GLUE = 3


class Cursor:
    """The tokens of one message and the words of both languages."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.words: Lexicon = lexicon()

    def norm(self, index: int) -> str:
        """A token's normal form; empty outside the message."""
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        """A token's kind; empty outside the message."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def value(self, index: int) -> float | None:
        """What a token in digits is worth."""
        return self.tokens[index].value if 0 <= index < len(self.tokens) else None

    def spaced(self, index: int) -> bool:
        """Whether a space, or nothing at all, stands before a token."""
        return self.tokens[index].spaced if 0 <= index < len(self.tokens) else True

    def is_in(self, index: int, *names: str) -> bool:
        """Whether a token is a word of one of the lists."""
        word = self.norm(index)
        return any(word in self.words.lists[name] for name in names)

    def lookup(self, at: int, known: Mapping[str, Any], first: bool) -> tuple[str, Any] | None:
        """The prefixes and the value of a token in a table; inside a number only 'and' is one."""
        found = self.words.stripped(self.norm(at), known)
        if found is None or (not first and found[0] not in ("", *self.words.lists["prefix_and"])):
            return None
        return found[0], known[found[1]]

    def phrase_end(self, index: int, name: str) -> int | None:
        """Where a phrase of a list ends that begins at a token."""
        for phrase in self.words.phrases[name]:
            if all(self.norm(index + k) == word for k, word in enumerate(phrase)):
                return index + len(phrase)
        return None

    def behind_vague(self, index: int) -> int:
        """Where the scale stands in 'eighty something thousand'; else the token itself."""
        end = self.phrase_end(index, "vague")
        if end is None:
            return index
        word = self.norm(end)
        return end if word in self.words.scales or word in self.words.money_scales else index

    def before(self, first: int, name: str) -> int:
        """How long the longest phrase of a list is that ends right before a token; 0 for none.

        A phrase whose last word is a Hebrew prefix may have it glued to what follows.
        """
        if self.is_in(first - 1, "articles"):
            first -= 1
        glued = first - self.glue_tokens(first)
        for phrase in self.words.phrases[name]:
            if self.ends_at(phrase, first) or self.ends_at(phrase, glued):
                return len(phrase)
            prefix = phrase[-1] in self.words.lists["prefixes"]
            if prefix and phrase[-1] in self.glue(first) and self.ends_at(phrase[:-1], glued):
                return len(phrase)
        return 0

    def ends_at(self, phrase: Sequence[str], at: int) -> bool:
        """Whether a phrase ends right before a token."""
        begin = at - len(phrase)
        return all(self.norm(begin + k) == word for k, word in enumerate(phrase))

    def glue(self, first: int) -> str:
        """Prefix letters in front of a number: inside its word, or as tokens before digits."""
        found = self.words.stripped(self.norm(first), self.words.opening)
        inside = found[0] if found else ""
        return self.glue_outside(first) + inside

    def glue_outside(self, first: int) -> str:
        """Prefix letters that are tokens of their own in front of digits."""
        count = self.glue_tokens(first)
        return "".join(self.norm(first - k) for k in range(count, 0, -1))

    def glue_tokens(self, first: int) -> int:
        """How many tokens in front are a prefix: one, or two with its hyphen."""
        count = 1 if self.norm(first - 1) == "-" and first >= 2 else 0
        before = first - 1 - count
        word = self.norm(before)
        joined = bool(word) and not self.spaced(before + 1)
        letters = set(word) <= self.words.lists["prefixes"]
        return count + 1 if joined and letters and len(word) <= LONGEST_GLUE else 0
