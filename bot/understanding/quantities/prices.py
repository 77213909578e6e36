"""Money with its small change: "seven dollars fifty", "7 shekels and a half", "a dollar fifty"."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.quantities.numerals import Numeral
from bot.understanding.quantities.terms import Term, Terms

CENTS = 100
LEAST = 10
"""The least that stands for cents without the word: nobody says 'seven dollars five'."""
DEAREST = 1000
"""From here on nobody says the small change."""


class Prices(Terms):
    """Reads terms, and what is behind the dot of a price that is said in words."""

    def term(self, index: int) -> Term | None:
        """A number with its unit; of money with the small change behind it."""
        one = self.one_of_money(index)
        if one is not None:
            return one
        term = super().term(index)
        return self.with_change(term) if term is not None and self.has_change(term) else term

    def has_change(self, term: Term) -> bool:
        """Whether a term is a small whole sum whose currency is a word behind the number."""
        whole = float(term.value).is_integer() and 0 < term.value < DEAREST
        plain = term.numeral is not None and term.numeral.last < term.last
        return term.kind == "money" and whole and plain and self.kind(term.last - 1) == "word"

    def with_change(self, term: Term) -> Term:
        """The sum with a half, a quarter or the cents that follow it."""
        value, last = self.half_unit(term.last, term.value)
        if last > term.last and not self.of_something(last):
            return replace(term, value=value, last=last)
        cents = self.cents(term.last)
        if cents is None:
            return term
        return replace(term, value=term.value + cents[0] / CENTS, last=cents[1])

    def of_something(self, at: int) -> bool:
        """Whether a half is that of another thing: 'and half of the customers'."""
        return self.is_in(at, "of") or self.words.has(self.norm(at)[:1], "prefix_from")

    def cents(self, at: int) -> tuple[float, int] | None:
        """The cents that begin at a token, and where they end; None where it is another number."""
        joined = self.is_in(at, "and")
        number = self.at(self.after_hyphen(at + 1) if joined else at)
        if number is None or not self.is_small_change(number):
            return None
        if self.is_in(number.last, "cents"):
            return number.value, number.last + 1
        spoken = self.norm(at).isascii() and joined
        if spoken or number.value < LEAST or not self.ends_price(number.last):
            return None
        return number.value, number.last

    def is_small_change(self, number: Numeral) -> bool:
        """Whether a number may be cents: whole, below a hundred."""
        whole = float(number.value).is_integer() and not number.fraction
        return whole and number.scale == 1 and 0 < number.value < CENTS

    def ends_price(self, at: int) -> bool:
        """Whether nothing follows that the number before would count."""
        if self.phrase_end(at, "percent") is not None or self.norm(at) in self.words.currencies:
            return False
        if self.kind(at) in ("number",) or self.norm(at) in ("-", "–", "/"):
            return False
        return self.kind(at) != "word" or self.is_in(at, "after_price")

    def one_of_money(self, index: int) -> Term | None:
        """'A dollar fifty', and Hebrew's 'a shekel and a half', which has no article."""
        at = index + 1 if self.is_in(index, "articles") else index
        if not self.is_in(at, "one_of_money") or self.counted(index - 1):
            return None
        currency = self.words.currencies[self.norm(at)]
        spoken = at > index or not self.norm(at).isascii()
        value, last = self.half_unit(at + 1, 1)
        cents = self.cents(at + 1) if last == at + 1 and self.kind(at + 1) == "word" else None
        if cents is not None:
            value, last = 1 + cents[0] / CENTS, cents[1]
        if last == at + 1 or not spoken:
            return None
        number = Numeral(value, index, at + 1, words=True)
        return Term(value, index, last, "money", currency, numeral=number)
