"""Looking around in the tokens of a message: words, phrases before and after, glued prefixes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.understanding.quantities.lexicon import Lexicon, Phrase, lexicon
from bot.understanding.quantities.tokens import Token

LONGEST_GLUE = 3


class Cursor:
    """The tokens of one message and the words of both languages."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.count = len(tokens)
        self.words: Lexicon = lexicon()

    def norm(self, index: int) -> str:
        """A token's normal form; empty outside the message."""
        return self.tokens[index].norm if 0 <= index < self.count else ""

    def kind(self, index: int) -> str:
        """A token's kind; empty outside the message."""
        return self.tokens[index].kind if 0 <= index < self.count else ""

    def value(self, index: int) -> float | None:
        """What a token in digits is worth."""
        return self.tokens[index].value if 0 <= index < self.count else None

    def spaced(self, index: int) -> bool:
        """Whether a space, or nothing at all, stands before a token."""
        return self.tokens[index].spaced if 0 <= index < self.count else True

    def is_in(self, index: int, *names: str) -> bool:
        """Whether a token is a word of one of the lists."""
        word, lists = self.norm(index), self.words.lists
        for name in names:  # noqa: SIM110 - asked some hundred times a message, and any() is slower
            if word in lists[name]:
                return True
        return False

    def lookup(self, at: int, known: Mapping[str, Any], first: bool) -> tuple[str, Any] | None:
        """The prefixes and the value of a token in a table; inside a number only 'and' is one."""
        found = self.words.stripped(self.norm(at), known)
        if found is None or (not first and found[0] not in ("", *self.words.lists["prefix_and"])):
            return None
        return found[0], known[found[1]]

    def phrase_end(self, index: int, name: str) -> int | None:
        """Where a phrase of a list ends that begins at a token."""
        for phrase in self.words.phrases[name].by_first.get(self.norm(index), ()):
            end = index + len(phrase)
            if len(phrase) == 1 or self.ends_at(phrase, end):
                return end
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
        ending = self.words.phrases[name].by_last
        found = [len(phrase) for phrase in self.ending_at(ending, first)]
        if glued != first:
            found += [len(phrase) for phrase in self.ending_at(ending, glued)]
        for letter in self.glue(first):
            if letter in self.words.lists["prefixes"]:
                phrases = ending.get(letter, ())
                found += [len(p) for p in phrases if self.ends_at(p[:-1], glued)]
        return max(found, default=0)

    def ending_at(self, ending: Mapping[str, Sequence[Phrase]], at: int) -> Iterator[Phrase]:
        """Phrases, by their last words, that end right before a token."""
        return (p for p in ending.get(self.norm(at - 1), ()) if self.ends_at(p, at))

    def ends_at(self, phrase: Phrase, at: int) -> bool:
        """Whether a phrase ends right before a token."""
        at -= len(phrase)
        for word in phrase:
            if self.norm(at) != word:
                return False
            at += 1
        return True

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
