"""A number with its unit: one side of a range, or a whole quantity."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understanding.quantities.fractions import Fractions
from bot.understanding.quantities.numerals import Numeral
from bot.understanding.quantities.quantity import Kind

CENTS = 100
THOUSANDS_DOT = 3
"""Digits behind a dot that, in money, make it a mark of thousands: 1.200 €."""


@dataclass(frozen=True, slots=True)
class Term:
    """A value over tokens `first` to `last` (exclusive); without a kind it is a bare number.

    `unit` is how many days, or how much of a currency, one of it is. `skipped` marks a span of
    hours and minutes or an age, which is none of our kinds.
    """

    value: float
    first: int
    last: int
    kind: Kind | None = None
    currency: str | None = None
    unit: float = 1.0
    numeral: Numeral | None = None
    skipped: bool = False

    @property
    def bare(self) -> bool:
        """Whether no unit was said."""
        return self.kind is None

    @property
    def step(self) -> float:
        """The scale or the hundred that its number ends with."""
        return self.numeral.step if self.numeral else 1.0

    @property
    def is_word(self) -> bool:
        """Whether its number is in words."""
        return self.numeral is not None and self.numeral.words

    @property
    def is_fraction(self) -> bool:
        """Whether its number is a part of a whole."""
        return self.numeral is not None and self.numeral.fraction


class Terms(Fractions):
    """Reads numbers with their units."""

    def term(self, index: int) -> Term | None:
        """A number with its unit, or a unit that is a number by itself (a month)."""
        currency = self.words.currencies.get(self.norm(index))
        if currency is not None:
            number = self.at(self.after_hyphen(index + 1))
            if number is not None:
                return self.money(number, currency, index, number.last)
        alone = self.unit_alone(index)
        if alone is not None:
            return alone
        if self.norm(index) == "%" and self.norm(index - 1) != "%" and not self.spaced(index + 1):
            number = self.at(index + 1)
            if number is not None:
                return Term(number.value, index, number.last, "percent", numeral=number)
        number = self.at(index)
        return self.with_unit(number) if number is not None else None

    def money(self, number: Numeral, currency: str | None, first: int, last: int) -> Term:
        """An amount of money; a dot before three digits marks thousands there."""
        value = number.value
        token = self.tokens[number.first]
        if number.last == number.first + 1 and token.decimals == THOUSANDS_DOT and value >= 1:
            value = round(value * 1000)
        return Term(value, first, last, "money", currency or None, numeral=number)

    def with_unit(self, number: Numeral) -> Term:
        """The number with the unit that follows it."""
        term = Term(number.value, number.first, number.last, numeral=number)
        at = self.unit_place(number)
        if number.currency is not None:
            said = self.words.currencies.get(self.norm(at))
            last = at + 1 if said else number.last
            return self.money(number, said or number.currency, number.first, last)
        percent = self.phrase_end(at, "percent")
        if percent is not None:
            return replace(term, last=percent, kind="percent")
        named = self.words.currencies.get(f"{self.norm(at)} {self.norm(at + 1)}")
        if named is not None:
            return self.money(number, named, number.first, at + 2)
        currency = self.words.stripped(self.norm(at), self.words.currencies)
        if currency is not None and self.is_article(currency[0]):
            last = at + 2 if self.is_in(at + 1, "currency_tails") else at + 1
            return self.money(number, self.words.currencies[currency[1]], number.first, last)
        if self.is_in(at, "cents"):
            return Term(number.value / CENTS, number.first, at + 1, "money", numeral=number)
        if self.norm(at) in self.words.durations and not self.is_rate(at):
            return self.duration(term, at)
        if self.is_in(at, "hours") and number.fraction:
            return replace(term, last=at + 1, skipped=True)
        return term

    def is_article(self, prefix: str) -> bool:
        """Whether a prefix is none, or 'the'."""
        return not prefix or prefix in self.words.lists["prefix_the"]

    def duration(self, term: Term, at: int) -> Term:
        """The number with a unit of time; an age is skipped."""
        days = self.words.durations[self.norm(at)]
        value, last = self.half_unit(at + 1, term.value)
        return replace(
            term,
            value=value * days,
            last=last,
            kind="duration",
            unit=days,
            skipped=self.is_in(last, "age_after"),
        )

    def unit_place(self, number: Numeral) -> int:
        """Where the unit stands: after a hyphen, an adjective, or 'of a' of a fraction."""
        at = number.last
        if number.fraction:
            while self.is_in(at, "articles", "of"):
                at += 1
        elif self.norm(at) == "-" or (self.is_in(at, "of") and number.words):
            at += 1
        elif self.is_in(at, "unit_adjectives"):
            return at + 1 if self.norm(at + 1) in self.words.durations else at
        return at if self.is_unit(at) else number.last

    def is_unit(self, at: int) -> bool:
        """Whether a token is a unit of one of our kinds."""
        word = self.norm(at)
        return (
            word in self.words.durations
            or word in self.words.currencies
            or self.is_in(at, "hours")
            or self.phrase_end(at, "percent") is not None
        )

    def is_rate(self, at: int) -> bool:
        """Whether a unit is glued to a slash or 'per' rather than counted."""
        return self.norm(at - 1) == "/" or self.is_in(at - 1, "rate_marks")

    def half_unit(self, at: int, value: float) -> tuple[float, int]:
        """'three years and a half' after the unit: the value with its half, and where it ends."""
        for name, part in (("half_after", 0.5), ("quarter_after", 0.25)):
            last = self.phrase_end(at, name)
            if last is not None:
                return value + part, last
        return value, at

    def unit_alone(self, index: int) -> Term | None:
        """A dual, or one of a unit (a month), with the half that may follow."""
        return self.dual(index) or self.percent_and_half(index) or self.one_unit(index)

    def dual(self, index: int) -> Term | None:
        """A word for two of a unit."""
        found = self.words.stripped(self.norm(index), self.words.duals)
        if found is None:
            return None
        days = self.words.duals[found[1]]
        unit = days if found[1] in self.words.lists["duals_are_one"] else days / 2
        value, last = self.half_unit(index + 1, days / unit)
        number = Numeral(value, index, index + 1, words=True, prefix=found[0])
        return Term(value * unit, index, last, "duration", unit=unit, numeral=number)

    def percent_and_half(self, index: int) -> Term | None:
        """Hebrew's 'a percent and a half', where no number stands in front."""
        last = self.phrase_end(index + 1, "half_after")
        if last is None or not self.is_in(index, "percent_one"):
            return None
        number = Numeral(1.5, index, last, words=True)
        return Term(1.5, index, last, "percent", numeral=number)

    def one_unit(self, index: int) -> Term | None:
        """A unit of time without a number, which is one of it."""
        article = 1 if self.is_in(index, "articles", "another") else 0
        at = index + article
        found = self.words.stripped(self.norm(at), self.words.durations)
        if found is None or not self.stands_for_one(index, at, *found):
            return None
        days = self.words.durations[found[1]]
        value, last = self.half_unit(at + 1, 1)
        tail = last + 1 if self.is_in(last, "unit_adjectives") else last
        if self.is_in(tail, "one_after"):
            last = tail + 1
        number = Numeral(value, index, last, words=True, prefix=found[0])
        return Term(
            value * days,
            index,
            last,
            "duration",
            unit=days,
            numeral=number,
            skipped=self.is_in(last, "age_after"),
        )

    def stands_for_one(self, index: int, at: int, prefix: str, word: str) -> bool:
        """Whether a bare unit means one of it: not a rate, a weekday, or 'last month'."""
        if word in self.words.lists["units_many"] or self.times_before(index):
            return False
        if word.isascii():  # 'a week', 'week and a half' and 'week or two'
            or_two = self.is_in(at + 1, "or") and self.at(at + 2) is not None
            if or_two and not self.is_in(index - 1, "deixis_before"):
                return True
            return at > index or self.phrase_end(at + 1, "half_after") is not None
        if self.is_in(at, "not_units") and not self.is_compared(index):
            return False
        late = self.is_in(index - 1, "late") and prefix in self.words.lists["prefix_by"]
        if not late and not set(prefix) <= self.words.lists["prefix_one"]:
            return False
        if self.is_in(index - 1, "deixis_before") or self.is_in(at + 1, "deixis_after", "months"):
            return False
        if self.words.has(prefix, "prefix_from") and not self.is_compared(index):
            return False
        if word in self.words.lists["weekday"] and self.is_weekday(at):
            return False
        return not (self.words.has(prefix, "prefix_to") and self.counted(index - 1))

    def is_compared(self, index: int) -> bool:
        """Whether 'from' is glued to a unit because of 'more than', or as the end of a range."""
        bound = any(
            len(phrase) > 1
            and phrase[-1] in self.words.lists["prefix_from"]
            and self.ends_at(phrase[:-1], index)
            for name in ("at_least", "at_most")
            for phrase in self.words.phrases[name].every
        )
        following = self.norm(index + 1)
        return (
            bound
            or self.is_in(index + 1, "to")
            or (
                self.words.has(following[:1], "prefix_to")
                and self.words.stripped(following, self.words.duals) is not None
            )
        )

    def is_weekday(self, at: int) -> bool:
        """Whether 'day' begins the name of a day, or 'the day after'."""
        following = self.norm(at + 1)
        if self.is_in(at - 1, "weekday"):
            return True
        article = self.words.has(following[:1], "prefix_the")
        return article or self.is_in(at + 1, "weekday_after")

    def times_before(self, index: int) -> bool:
        """Whether the unit says how often: once a week, 500 a month."""
        return self.is_in(index - 1, "times", "hours") or self.counted(index - 1)

    def counted(self, index: int) -> bool:
        """Whether a token ends a quantity, of which the unit is then the rate."""
        return index >= 0 and (
            self.kind(index) == "number"
            or self.norm(index) in self.words.currencies
            or self.scale_at(index) is not None
            or self.phrase_end(index, "percent") is not None
        )
