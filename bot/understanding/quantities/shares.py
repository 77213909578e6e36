"""Shares of a group as percentages: "6 out of 10", "every second customer", "fifty-fifty"."""

from __future__ import annotations

from bot.understanding.quantities.numerals import Numeral
from bot.understanding.quantities.ranges import DASHES, Ranges
from bot.understanding.quantities.terms import Term

LARGEST_BASE = 1_000_000
LARGEST_PLAIN_BASE = 100
"""The largest base of a plain 'in': 'one in five', but 'two in 2019'."""


class Shares(Ranges):
    """Reads shares."""

    def share(self, at: int) -> Term | None:
        """A share as a percentage."""
        found = self.every(at) or self.out_of(at)
        return None if found is None or self.is_masked(found) else found

    def out_of(self, at: int) -> Term | None:
        """'6 out of 10', 'one in five'."""
        top = self.at(at)
        if top is None or top.fraction or top.value <= 0:
            return None
        joint = self.joint(top)
        place = self.phrase_end(joint, "out_of")
        bottom = self.at(place) if place is not None else None
        if bottom is None or place is None or bottom.fraction or bottom.value < top.value:
            return None
        if self.is_in(joint, "out_of_few") and place == joint + 1:
            far = bottom.value > LARGEST_PLAIN_BASE or bottom.value == top.value
            if far:
                return None
        if bottom.value > LARGEST_BASE or self.with_unit(bottom).kind is not None:
            return None
        return Term(100 * top.value / bottom.value, top.first, bottom.last, "percent", numeral=top)

    def joint(self, top: Numeral) -> int:
        """Where 'out of' stands: behind the number, or a word in 'one customer in four'.

        With a larger number, '140 customers out of 200' tells two counts.
        """
        if top.value != 1:
            return top.last
        counted = self.kind(top.last) == "word" and self.phrase_end(top.last, "out_of") is None
        return top.last + 1 if counted else top.last

    def every(self, at: int) -> Term | None:
        """'every second customer': one of two. Hebrew has the ordinal behind the noun."""
        if not self.is_in(at, "every") or self.norm(at + 1) in self.words.durations:
            return None
        for place in (at + 1, at + 2):
            ordinal = self.words.ordinals.get(self.norm(place))
            if ordinal is None or self.is_in(place, "every_ordinal") != (place == at + 1):
                continue
            if place == at + 1 and self.norm(place + 1) in self.words.durations:
                return None
            return Term(100 / ordinal, at, min(at + 3, len(self.tokens)), "percent")
        return None

    def twice_the_same(self, term: Term) -> Term | None:
        """The second term of 'fifty-fifty' and 'one-on-one', which are no two quantities."""
        at = term.last
        if not (self.norm(at) in (*DASHES, "/") or self.is_in(at, "not_one_after")):
            at -= 1
        joint = at + 1
        if self.is_in(joint, "not_one_after"):
            joint += 1
        joint = self.after_hyphen(joint)
        other = self.term(joint)
        if other is None or not term.bare or not other.bare or other.value != term.value:
            return None
        return other if joint > term.last or term.is_fraction else None
