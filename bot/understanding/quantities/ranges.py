"""Two terms that are the ends of one range: "10-15%", "between 3 and 4 thousand", "two three"."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.quantities.masks import masked, overlapping
from bot.understanding.quantities.prices import Prices
from bot.understanding.quantities.terms import Term
from bot.understanding.quantities.tokens import Token

DASHES = ("-", "–", "—")
LIKELY_RATIO = 20
"""Ends further apart are two quantities, where nothing but 'to' joins them."""
SMALL = 20
"""Below this, neighbours in words are a range only one or two apart."""
FEW = 3
THOUSAND = 1000
LEAST_ROUND = 10
"""From here on multiples of five are neighbours."""
CHANGE_REACH = 4
"""Tokens before a number within which 'rose' makes 'from .. to ..' a change."""


class Ranges(Prices):
    """Reads terms and ranges."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.text = text
        self.masks = masked(text)

    def is_masked(self, term: Term) -> bool:
        """Whether part of a term is something else, such as a date."""
        start, end = self.tokens[term.first].start, self.tokens[term.last - 1].end
        return overlapping(self.masks, start, end)

    def signed(self, at: int) -> Term | None:
        """A term, with the minus before it."""
        minus = self.is_in(at, "negative") and not self.before(at + 1, "about")
        if self.norm(at) in ("-", "−") and self.kind(at + 1) in ("number", "symbol"):
            whole = at == 0 and all(self.kind(k) != "word" for k in range(len(self.tokens)))
            opens = self.spaced(at) and (whole or not self.spaced(at + 1))
            minus = opens and not self.counted(at - 1)
        if not minus:
            return self.term(at)
        term = self.term(at + 1)
        return replace(term, value=-term.value, first=at) if term else None

    def second(self, term: Term) -> Term | None:
        """The other end of a range that begins with a term."""
        beside = self.beside(term)
        if beside is not None:
            return beside
        joint = self.after_joint(term)
        if joint is None:
            return None
        joint = self.after_hyphen(joint)
        if self.is_in(joint, "articles") and self.is_scale(joint + 1):
            joint += 1  # '80 to a hundred'
        other = self.term(joint)
        if other is None or other.skipped or self.is_masked(other):
            return None
        if self.is_in(term.last, "or"):
            other = more_of_it(term, other)
        return other if self.makes_range(term, other) else None

    def is_scale(self, at: int) -> bool:
        """Whether a token is a hundred, a thousand or the like."""
        return self.is_in(at, "hundred_scale") or self.norm(at) in self.words.scales

    def after_joint(self, term: Term) -> int | None:
        """Where the other end begins: after a dash, 'to', 'or', or the 'and' of between."""
        at = term.last
        if self.norm(at) in DASHES or self.is_in(at, "to"):
            return at + 2 if self.is_in(at + 1, "prefix_to") else at + 1
        if self.is_in(at, "or") or (self.is_in(at, "and") and self.between(term)):
            return at + 1
        if self.norm(at) == "," and term.bare:
            return at + 1
        letter = self.norm(at)[:1]
        glued = self.words.has(letter, "prefix_to") or (
            self.words.has(letter, "prefix_and") and self.between(term)
        )
        if not glued or self.kind(at) != "word":
            return None
        letters_only = set(self.norm(at)) <= self.words.lists["prefixes"]
        return at + 1 if len(self.norm(at)) <= 2 and letters_only else at

    def between(self, term: Term) -> bool:
        """Whether 'between' stands before a term."""
        return self.is_in(term.first - 1, "between")

    def is_change(self, term: Term) -> bool:
        """Whether something rose from a term to the next, which makes them two."""
        for at in range(max(0, term.first - CHANGE_REACH), term.first):
            if self.words.stripped(self.norm(at), self.words.lists["changes"]):
                return True
        return False

    def makes_range(self, term: Term, other: Term) -> bool:
        """Whether two terms are the ends of one range: like kinds, and rising."""
        if term.kind and other.kind and term.kind != other.kind:
            return False
        if term.kind and other.bare and other.is_fraction:
            return False
        low, high = shared(term, other)
        if high.value <= low.value:
            return False
        joint = self.norm(term.last)
        if joint == ",":
            return self.is_guess(term, other)
        if self.between(term) or joint in DASHES:
            return True
        likely = high.value <= max(LIKELY_RATIO * low.value, 10) or low.value == 0
        return likely and not self.is_change(term)

    def is_guess(self, term: Term, other: Term) -> bool:
        """Whether a comma stands between two guesses of one number: 'six, seven', 'fifteen, twenty
        percent', '30,40 thousand'."""
        if term.is_fraction or other.is_fraction or self.goes_on(term, other):
            return False
        if not (term.is_word and other.is_word):
            money = other.step >= THOUSAND or other.kind == "money"
            return money and round_neighbours(term, other)
        if not (neighbours(term, other) or round_neighbours(term, other)):
            return False
        return not other.bare or self.ends_guess(other.last)

    def goes_on(self, term: Term, other: Term) -> bool:
        """Whether a comma parts two numbers from a third, as in a list."""
        before = self.norm(term.first - 1) == "," and self.at(term.first - 2) is not None
        return before or (self.norm(other.last) == "," and self.at(other.last + 1) is not None)

    def ends_guess(self, at: int) -> bool:
        """Whether nothing follows, or what says so, or the word for what is counted."""
        if self.kind(at) != "word" or self.is_in(at, "hours"):
            return True
        if any(self.phrase_end(at, name) for name in ("at_most_after", "about_after")):
            return True
        return self.norm(at).endswith(tuple(self.words.lists["noun_endings"]))

    def beside(self, term: Term) -> Term | None:
        """The next number word right behind: 'two three', 'a month two months'."""
        if not term.is_word or term.last >= len(self.tokens) or term.numeral is None:
            return None
        if not (term.bare or term.numeral.first == term.first):
            return None
        other = None if self.is_in(term.last, "articles") else self.term(term.last)
        if other is None or other.numeral is None or not other.is_word:
            return None
        if other.numeral.prefix or term.is_fraction or other.is_fraction:
            return None
        low, high = shared(term, other)
        if not low.value < high.value <= 2 * low.value:
            return None
        if term.bare and low.value < SMALL:
            return other if neighbours(term, other) else None
        return other


def more_of_it(term: Term, other: Term) -> Term:
    """The second end of 'a thousand or two', in the scale of the first."""
    one = term.step > 1 and term.value == term.step and term.kind is None
    few = other.kind is None and other.is_word and other.step == 1 and 1 < other.value <= FEW
    return replace(other, value=other.value * term.step) if one and few else other


def neighbours(term: Term, other: Term) -> bool:
    """Whether the numbers of two terms are one or two apart."""
    if term.numeral is None or other.numeral is None:
        return False
    return other.numeral.value - term.numeral.value in (1, 2)


def round_neighbours(term: Term, other: Term) -> bool:
    """Whether the numbers of two terms are round and not far apart: 'twenty, thirty'."""
    if term.numeral is None or other.numeral is None:
        return False
    low, high = term.numeral.value, other.numeral.value / other.numeral.scale
    if not (term.numeral.step == 1 or other.numeral.step == 1):
        high = other.numeral.value
    return LEAST_ROUND <= low < high <= 2 * low and low % 5 == high % 5 == 0


def shared(first: Term, second: Term) -> tuple[Term, Term]:
    """Two ends with the unit and the scale that only one of them says."""
    if first.bare and not second.bare:
        first = with_unit_of(first, second)
    elif second.bare and not first.bare:
        second = with_unit_of(second, first)
    scale = second.step
    if scale > 1 and first.step == 1 and first.value * scale < second.value * 1.0001:
        first = replace(first, value=first.value * scale)
    return first, second


def with_unit_of(term: Term, other: Term) -> Term:
    """A bare number in the unit of the other end."""
    days = other.unit if other.kind == "duration" else 1
    return replace(
        term, kind=other.kind, currency=other.currency, value=term.value * days, unit=other.unit
    )
