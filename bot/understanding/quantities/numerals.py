"""Numbers in digits and in words: "3.5", "two hundred and five", "two and a half", "12k".

Words are read in groups below a thousand, each with its scale, the scales falling; within a group
the parts fall too (hundreds, tens, units), so that two numbers side by side stay two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.understanding.quantities.cursor import Cursor

ONE_LETTER_SCALES = frozenset("kmb")
SPACED_SCALES = frozenset("mb")
"""Letters that are a scale only right behind the number."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over tokens `first` to `last` (exclusive).

    `scale` multiplies what stands before it, `step` is the scale or the hundred that it ends with,
    `fraction` marks a part of a whole, `words` that no digit is in it, `prefix` the Hebrew letters
    glued to its first word, `currency` what a money scale adds (empty where it leaves that open).
    """

    value: float
    first: int
    last: int
    scale: float = 1
    step: float = 1
    fraction: bool = False
    words: bool = False
    prefix: str = ""
    currency: str | None = None


class Group(NamedTuple):
    """A number below a thousand with its scale, inside a number in words."""

    value: float
    last: int
    prefix: str
    scale: float = 1
    step: float = 1
    currency: str | None = None


class Part(NamedTuple):
    """Hundreds, tens, teens or units; what follows in the same group lies below `floor`."""

    value: float
    last: int
    prefix: str
    floor: float


class Numerals(Cursor):
    """Reads whole and decimal numbers from the tokens of one message."""

    def scale_at(self, index: int) -> tuple[float, str | None] | None:
        """The scale that a token is, and the currency in it."""
        word = self.norm(index)
        if word in self.words.scales:
            if word in SPACED_SCALES and self.spaced(index):
                return None
            return float(self.words.scales[word]), None
        if word in self.words.money_scales:
            return float(self.words.money_scales[word]), self.words.money_scale_currency[word]
        return None

    def scaled(self, number: Numeral) -> Numeral:
        """The number times the thousands, millions or money scale after it."""
        at = self.behind_vague(number.last)
        if number.fraction and self.is_in(at, "of", "articles"):
            at += 2 if self.is_in(at + 1, "articles") else 1
        if self.is_stray_dot(at):
            at += 1
        found = self.scale_at(at)
        if found is None:
            return number
        scale, currency = found
        return replace(
            number,
            value=number.value * scale,
            last=at + 1,
            scale=scale,
            step=scale,
            fraction=False,
            currency=currency,
        )

    def is_stray_dot(self, at: int) -> bool:
        """Whether a dot only parts a number in digits from its scale: '18. thousand'."""
        apart = self.norm(at) == "." and not self.spaced(at) and self.kind(at - 1) == "number"
        return apart and self.kind(at + 1) == "word" and len(self.norm(at + 1)) > 1

    def in_words(self, index: int) -> Numeral | None:
        """A number in words."""
        groups: list[Group] = []
        at = index
        while True:
            comma = bool(groups) and self.is_thousands_comma(at)
            group = self.group(at + 1 if comma else at, first=not groups)
            if group is None or (groups and group.scale >= groups[-1].scale):
                break
            if comma and group.value * group.scale < 100:
                break
            groups.append(group)
            at = group.last
            if group.scale == 1:
                break
        if not groups:
            return None
        last = groups[-1]
        return Numeral(
            value=sum(group.value * group.scale for group in groups),
            first=index,
            last=at,
            scale=last.scale,
            step=max(last.scale, last.step),
            words=True,
            prefix=groups[0].prefix,
            currency=next((g.currency for g in groups if g.currency is not None), None),
        )

    def group(self, index: int, first: bool) -> Group | None:
        """A number below a thousand and its scale."""
        joined = not first and self.is_in(index, "and")
        at = index + 1 if joined else index
        whole = self.lookup(at, self.words.thousands, first)
        if whole is not None:
            return Group(whole[1] / 1000, at + 1, whole[0], 1000)
        small = self.small(at, first)
        if small is None:
            return self.scale_alone(at, first)
        place = self.behind_vague(self.after_of(small.last))
        found = self.scale_at(place)
        if found is None:
            return small
        scale, currency = found
        return small._replace(last=place + 1, scale=scale, step=scale, currency=currency)

    def after_of(self, at: int) -> int:
        """The token after 'of' in 'a couple of hundred', else the token itself."""
        if not (self.is_in(at, "of") and self.is_in(at - 1, "couples")):
            return at
        scale = self.norm(at + 1) in self.words.scales or self.is_in(at + 1, "hundred_scale")
        return at + 1 if scale else at

    def scale_alone(self, at: int, first: bool) -> Group | None:
        """A thousand, a million without a number in front."""
        money = self.words.money_scales.get(self.norm(at))
        if money is not None and self.is_in(at - 1, "articles"):
            return Group(
                1, at + 1, "", money, money, self.words.money_scale_currency[self.norm(at)]
            )
        found = self.words.stripped(self.norm(at), self.words.scales)
        if found is None or found[1] in ONE_LETTER_SCALES or self.is_in(at - 1, "uncounted"):
            return None
        if found[1] in self.words.lists["scales_alone"] or self.stands_for_one_of_it(at):
            scale = self.lookup(at, self.words.scales, first)
            return Group(1, at + 1, scale[0], scale[1], scale[1]) if scale else None
        return None

    def stands_for_one_of_it(self, at: int) -> bool:
        """Whether a hundred or a thousand without a number is one: behind an article or 'about', or
        at the very beginning, as 'few hundred' isn't."""
        if self.is_in(at - 1, "articles"):
            return True
        english = self.norm(at).isascii() and not self.norm(at).endswith("s")
        return english and len(self.norm(at)) > 2 and (at == 0 or self.before(at, "about") > 0)

    def small(self, index: int, first: bool) -> Group | None:
        """A number below a thousand in words, or hundreds up to 99 of them."""
        value, at, prefix, ceiling, step = 0.0, index, "", float("inf"), 1.0
        while at < len(self.tokens):
            begin = first and at == index
            part = self.part(at + 1 if not begin and self.is_joint(at) else at, begin)
            if part is None or part.value >= ceiling or self.is_next_hundreds(value, part):
                break
            if at == index:
                prefix = part.prefix
            value, at, ceiling = value + part.value, part.last, part.floor
            step = 100 if part.floor == 100 else 1
            hundreds = self.hundreds_end(at) if 1 <= value < 100 else None
            if hundreds is not None:
                value, at, ceiling, step = value * 100, hundreds, 100, 100
            elif self.is_one_twenty(value, at):
                value, ceiling = value * 100, 100
        return Group(value, at, prefix, step=step) if at > index else None

    def hundreds_end(self, at: int) -> int | None:
        """Where the word for hundreds ends that makes 'fifteen' fifteen hundred."""
        at = self.after_of(at)
        if self.norm(at) == "-":
            at += 1
        return at + 1 if self.is_in(at, "hundred_scale") else None

    def is_thousands_comma(self, at: int) -> bool:
        """Whether a comma parts thousands from hundreds, as English may write them."""
        scale = self.norm(at - 1) in self.words.scales and self.norm(at - 1).isascii()
        return self.norm(at) == "," and scale and len(self.norm(at - 1)) > 1

    def is_next_hundreds(self, value: float, part: Part) -> bool:
        """Whether a part begins the next number: 'five hundred six hundred'."""
        return value >= 100 and self.hundreds_end(part.last) is not None

    def is_one_twenty(self, value: float, at: int) -> bool:
        """Whether hundreds go unsaid, as in English 'one twenty two'."""
        tens = self.norm(at) in self.words.tens and self.norm(at).isascii()
        return tens and 1 <= value < 10 and self.norm(at - 1).isascii()

    def is_joint(self, at: int) -> bool:
        """Whether a token only joins two parts: 'and', or the hyphen of twenty-five."""
        if self.norm(at) == "-":
            before, after = self.norm(at - 1), self.norm(at + 1)
            return before in self.words.tens and 0 < self.words.numbers.get(after, 99) < 10
        after_part = self.is_in(at - 1, "hundred_scale") or self.norm(at - 1) in self.words.tens
        return self.is_in(at, "and") and after_part

    def part(self, at: int, first: bool) -> Part | None:
        """Hundreds, tens, teens or units."""
        hundreds = self.lookup(at, self.words.hundreds, first)
        if hundreds is not None:
            return Part(hundreds[1], at + 1, hundreds[0], 100)
        tens = self.lookup(at, self.words.tens, first)
        if tens is not None:
            return Part(tens[1], at + 1, tens[0], 10)
        if self.is_in(at, "hundred_scale") and self.stands_for_one_of_it(at):
            return Part(100, at + 1, "", 100)
        return self.teen(at, first) or self.unit(at, first)

    def teen(self, at: int, first: bool) -> Part | None:
        """A Hebrew teen in two words."""
        mark = at + 2 if self.norm(at + 1) == "-" else at + 1
        if not self.is_in(mark, "teen_marks"):
            return None
        for known in (self.words.teen_units, self.words.numbers):
            unit = self.lookup(at, known, first)
            if unit is not None and 0 < unit[1] < 10:
                return Part(unit[1] + 10, mark + 1, unit[0], 1)
        return None

    def unit(self, at: int, first: bool) -> Part | None:
        """A number below twenty in one word."""
        unit = self.lookup(at, self.words.numbers, first)
        if unit is None or (self.is_in(at, "couples") and self.is_number(at + 1)):
            return None  # of 'a pair forty five' the pair is what is sold
        return Part(unit[1], at + 1, unit[0], min(unit[1], 1) or 0.5)

    def is_number(self, at: int) -> bool:
        """Whether a token is a number in digits, or a word below a thousand."""
        known = (self.words.numbers, self.words.tens, self.words.hundreds)
        return self.kind(at) == "number" or any(self.norm(at) in words for words in known)

    def with_point(self, number: Numeral) -> Numeral:
        """'one point five': the number with the decimals after it."""
        at = number.last
        if number.scale != 1 or number.fraction or not self.is_in(at, "point"):
            return number
        decimals, last = "", at + 1
        while (digit := self.words.numbers.get(self.norm(last), 10)) < 10:
            decimals, last = f"{decimals}{digit}", last + 1
        whole = self.value(last) if not decimals else None
        if whole is not None and float(whole).is_integer():
            decimals, last = str(int(whole)), last + 1
        elif not decimals:
            tail = self.small(last, first=False)
            decimals, last = (str(int(tail.value)), tail.last) if tail else ("", last)
        if not decimals:
            return number
        return self.scaled(
            replace(number, value=number.value + float(f"0.{decimals}"), last=last, step=1)
        )
