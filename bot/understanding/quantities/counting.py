"""Whether a bare number counts something: no pronoun, date, time of day, place or version."""

from __future__ import annotations

from bot.understanding.quantities.shares import Shares
from bot.understanding.quantities.terms import Term

YEARS = range(1900, 2100)
LIKELY_YEARS = range(1990, 2036)
"""Years that a plain 'in' or 'from' is enough for."""
HOURS = range(25)
DAYS_OF_MONTH = range(1, 32)
MONTHS = range(1, 13)
STREET_REACH = 3


class Counting(Shares):
    """Tells numbers that count from those that only look like it."""

    def counts(self, low: Term, high: Term | None) -> bool:
        """Whether a bare number, or a range of two, counts something."""
        if low.kind is not None or low.numeral is None:
            return True
        if high is not None:
            both = (low.value, high.value)
            return not (all(v in LIKELY_YEARS for v in both) and self.after_since(low))
        if self.is_in(low.last, "no_count_before"):
            return False
        if self.is_multiplier(low) or self.before(low.first, "places"):
            return False
        if self.is_time(low) or self.is_date(low):
            return False
        if not low.is_word:
            return not (self.is_year(low) or self.is_address(low) or self.is_version(low))
        if low.numeral.last - low.numeral.first == 1 and not low.is_fraction:
            return self.word_counts(low.numeral.first, low.last)
        return True

    def is_multiplier(self, term: Term) -> bool:
        """Whether it says how many times as much."""
        return self.is_in(term.first - 1, "multiplied") or self.is_in(term.first - 2, "multiplied")

    def is_time(self, term: Term) -> bool:
        """Whether it is an hour of the day."""
        if term.value not in HOURS:
            return False
        if self.before(term.first, "clock_before") or self.is_in(term.last, "clock_after"):
            return True
        open_end = self.kind(term.last) != "word"
        return self.is_in(term.first - 1, "clock_maybe") and open_end

    def is_date(self, term: Term) -> bool:
        """Whether a month's name stands beside it, or it is a day and a month in digits."""
        if self.is_month(term.last):
            return term.value in DAYS_OF_MONTH or term.value in YEARS
        before = term.first - 1 - self.glue_tokens(term.first)
        if self.is_month(before) and not term.is_word:
            day = self.norm(before).isascii() and term.value in DAYS_OF_MONTH
            return day or term.value in YEARS
        return self.is_day_and_month(term)

    def is_month(self, at: int) -> bool:
        """Whether a token is a month's name, perhaps behind 'in'."""
        return self.words.stripped(self.norm(at), self.words.lists["months"]) is not None

    def is_day_and_month(self, term: Term) -> bool:
        """Whether it is such as 7.10 or 7/10 behind 'since' or 'on the'."""
        token, last = self.tokens[term.first], self.tokens[term.last - 1]
        day, _, month = self.text[token.start : last.end].replace("/", ".").partition(".")
        if not (day.isdecimal() and month.isdecimal()):
            return False
        if int(day) not in DAYS_OF_MONTH or int(month) not in MONTHS:
            return False
        at = term.first - self.glue_tokens(term.first)
        glued = self.words.has(self.glue_outside(term.first), "prefix_date")
        return glued or self.is_in(at - 1, "dated")

    def is_year(self, term: Term) -> bool:
        """Whether it is a year."""
        if term.value in LIKELY_YEARS and self.after_since(term):
            return term.value % 100 != 0
        at = term.first - self.glue_tokens(term.first)
        return term.value in YEARS and self.is_in(at - 1, "since")

    def after_since(self, term: Term) -> bool:
        """Whether 'in', 'from' or the like is before a term, or glued to it."""
        at = term.first - self.glue_tokens(term.first)
        glued = self.words.has(self.glue_outside(term.first), "since_maybe")
        return glued or self.is_in(at - 1, "since", "since_maybe")

    def is_address(self, term: Term) -> bool:
        """Whether it is the number of a house."""
        streets = self.words.lists["streets"]
        behind = range(term.first - 1, term.first - 1 - STREET_REACH, -1)
        for at in behind:
            if self.kind(at) != "word":
                break
            if self.is_in(at + 1, "no_street_before"):
                continue
            if self.words.stripped(self.norm(at), streets):  # English has the name before the word
                return at == term.first - 1 or not self.norm(at).isascii()
        near = self.kind(term.last) == "word" and self.text[self.tokens[term.last].start].isupper()
        return near and any(self.is_in(term.last + k, "streets") for k in (1, 2))

    def is_version(self, term: Term) -> bool:
        """Whether it is written as only versions are: 2.0."""
        token = self.tokens[term.first]
        text = self.text[token.start : token.end]
        return term.last == term.first + 1 and len(text) == 3 and text.endswith(".0")

    def word_counts(self, index: int, last: int) -> bool:
        """Whether a single number word is meant as a number."""
        found = self.words.stripped(self.norm(index), self.words.numbers)
        if self.is_in(index, "only_alone"):
            return len(self.tokens) == 1
        if found is None:
            return True
        if self.words.numbers[found[1]] == 1:
            return self.one_counts(index, last, found[0])
        if found[1] in self.words.lists["two_or_second"]:
            return self.two_counts(index, last, found[0])
        return True

    def one_counts(self, index: int, last: int, prefix: str) -> bool:
        """Whether 'one' is a number rather than a pronoun."""
        if self.is_in(index - 1, "not_one_before") or self.is_in(last, "not_one_after"):
            return False
        if self.norm(last) == "-" or self.words.has(prefix, "prefix_the"):
            return False
        after = self.norm(last)
        group = any(after.startswith(letters) for letters in self.words.lists["of_the"])
        return not (group and len(after) > 3)

    def two_counts(self, index: int, last: int, prefix: str) -> bool:
        """Whether a word is 'two' rather than 'second': before a plural, or alone."""
        if self.words.has(prefix, "prefix_the") or self.is_in(index - 1, "second_after"):
            return False
        plural = tuple(self.words.lists["plural_endings"])
        return len(self.tokens) == 1 or self.norm(last).endswith(plural)
