"""The quantities of a message: terms with the bounds, guesses and rates around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import cast

from bot.understanding.quantities.counting import Counting
from bot.understanding.quantities.masks import overlapping
from bot.understanding.quantities.quantity import Period, Quantity
from bot.understanding.quantities.ranges import DASHES, shared
from bot.understanding.quantities.terms import Term

HALF_AND_HALF = (0.5, 50)
SPLITS = ("/", *DASHES)
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity in the making: one term, or the two ends of a range."""

    low: Term
    high: Term | None = None

    @property
    def last(self) -> int:
        """The token after it."""
        return (self.high or self.low).last


class Grammar(Counting):
    """Reads the quantities of one message."""

    def quantities(self) -> Iterator[Quantity]:
        """All of them, in order."""
        at = 0
        while at < len(self.tokens):
            found = self.found(at)
            if found is None:
                at += 1
                continue
            split = self.split_of_all(found.low) if found.high is None else None
            found = split or found
            same = self.twice_the_same(found.low) if found.high is None else None
            if same is not None:
                found = self.halves(found.low, same)
            elif found.low.skipped or not self.counts(found.low, found.high):
                at = max(found.last, at + 1)
                continue
            if found is None:
                at = same.last if same else at + 1
                continue
            at = self.after_repeat(found, self.period(found)[1])
            quantity = self.quantity(found)
            if isfinite(quantity.value):  # digits without end are no number that anybody means
                yield quantity

    def found(self, at: int) -> Found | None:
        """A share, a range of two terms or a term that begins at a token."""
        if overlapping(self.masks, self.tokens[at].start, self.tokens[at].end):
            return None
        share = self.share(at)
        if share is not None:
            return Found(share)
        term = self.signed(at)
        if term is None or self.is_masked(term):
            return None
        second = None if term.skipped else self.second(term)
        return Found(*shared(term, second)) if second is not None else Found(term)

    def after_repeat(self, found: Found, at: int) -> int:
        """Where to read on: behind the same number in brackets, as in 'forty-five (45)'."""
        again = self.at(at + 1) if self.norm(at) == "(" else None
        number = found.low.numeral
        if again is None or number is None or again.value != number.value:
            return at
        return again.last if self.norm(again.last) == ")" else at

    def halves(self, term: Term, other: Term) -> Found | None:
        """'Fifty-fifty' as a share; other pairs such as 'one-on-one' are no quantity."""
        if term.value not in HALF_AND_HALF:
            return None
        return Found(replace(term, value=50, kind="percent", last=other.last))

    def split_of_all(self, term: Term) -> Found | None:
        """The first part of a whole that is told in two: '70/30', '60-40'. A range would rise."""
        other = self.term(term.last + 1) if self.norm(term.last) in SPLITS else None
        if other is None or not (term.bare and other.bare) or term.is_word or other.is_word:
            return None
        rises = term.value <= other.value and self.norm(term.last) != "/"
        whole = term.value + other.value == WHOLE and term.value % 5 == 0 < term.value
        if rises or not whole or term.value == other.value:
            return None
        return Found(replace(term, kind="percent", last=other.last))

    def quantity(self, found: Found) -> Quantity:
        """The quantity as told."""
        low = found.low
        kind = low.kind or ("percent" if low.is_fraction else "count")
        scale = 100.0 if low.kind is None and low.is_fraction else 1.0
        value, bottom, top = self.ends(found, scale)
        prefix = low.numeral.prefix if low.numeral else ""
        return Quantity(
            kind=kind,
            value=tidy(value),
            start=self.tokens[low.first].start + len(prefix),
            end=self.tokens[found.last - 1].end,
            currency=low.currency,
            low=None if bottom is None else tidy(bottom),
            high=None if top is None else tidy(top),
            approximate=self.is_about(found),
            unit=self.unit_after(found.last) if kind == "count" else None,
            per=self.period(found)[0],
        )

    def ends(self, found: Found, scale: float) -> tuple[float, float | None, float | None]:
        """Value, low and high: of a range, a bound, or a plain value."""
        low = found.low.value * scale
        if found.high is not None:
            high = found.high.value * scale
            return (low + high) / 2, low, high
        first = found.low.first
        least, most = self.before(first, "at_least"), self.before(first, "at_most")
        if least > most or (
            not (most or self.follows(found, "about_after"))
            and self.follows(found, "at_least_after")
        ):
            return low, low, None
        if most or self.follows(found, "at_most_after"):
            return low, None, low
        return low, None, None

    def follows(self, found: Found, name: str) -> bool:
        """Whether a phrase of a list comes next, or behind the word that is counted."""
        if self.phrase_end(found.last, name) is not None:
            return self.is_free(found.last, name)
        behind = found.low.kind is None and self.kind(found.last) == "word"
        end = self.phrase_end(found.last + 1, name) if behind else None
        return end is not None and self.kind(end) not in ("word", "number")

    def is_free(self, at: int, name: str) -> bool:
        """Whether a phrase is here that does not belong to a number behind it."""
        end = self.phrase_end(at, name)
        return end is not None and self.at(end) is None

    def is_about(self, found: Found) -> bool:
        """Whether it was said to be a guess."""
        first, numeral = found.low.first, found.low.numeral
        glued = self.glue(first) + (numeral.prefix if numeral else "")
        inside = range(first, found.low.last)
        return (
            self.words.has(glued, "prefix_about")
            or any(self.behind_vague(at) > at for at in inside)
            or self.before(first, "about") > 0
            or self.follows(found, "about_after")
        )

    def unit_after(self, last: int) -> str | None:
        """The word that says what is counted."""
        if self.kind(last) != "word":
            return None
        token = self.tokens[last]
        return self.text[token.start : token.end]

    def period(self, found: Found) -> tuple[Period | None, int]:
        """The period of a rate that follows ('a month', '/week'), and where to read on."""
        last = found.last
        counted = self.kind(last) == "word" and not self.is_in(last, "and")
        for at in (last, last + 1) if counted else (last,):
            for length in (3, 2, 1):
                words = tuple(self.norm(at + k) for k in range(length))
                joined = ("".join(words),) if words[0] == "/" else words
                period = self.words.rates.get(words) or self.words.rates.get(joined)
                if period is not None:
                    return cast(Period, period), min(at + length, len(self.tokens))
        return None, max(last, found.low.first + 1)


def tidy(value: float) -> float:
    """Whole values as integers, others without the noise of binary fractions."""
    return int(value) if float(value).is_integer() else round(value, 6)
