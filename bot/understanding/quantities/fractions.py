"""Parts of a whole and numbers with a part: "half", "two thirds", "3/4", "½", "two and a half"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.quantities.numerals import Numeral, Numerals
from bot.understanding.quantities.tokens import Token

THOUSAND, MILLION = 1_000, 1_000_000
LARGEST_SLASH = 10
"""A larger figure under a slash is a date or a form rather than a share."""
RESTS = {
    "half_after": 1 / 2,
    "third_after": 1 / 3,
    "quarter_after": 1 / 4,
    "three_quarters_after": 3 / 4,
}


class Fractions(Numerals):
    """Reads any number: whole, decimal, a fraction or one with a fraction."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self.read: dict[int, Numeral | None] = {}
        """Numbers by the token that they begin at: each is asked for several times."""

    def at(self, index: int) -> Numeral | None:
        """The longest number that begins at a token."""
        if not 0 <= index < self.count:
            return None
        if index not in self.read:
            self.read[index] = self.longest_at(index)
        return self.read[index]

    def longest_at(self, index: int) -> Numeral | None:
        """The same, read from the tokens."""
        found: Numeral | None
        if self.kind(index) == "number":
            found = self.digits(index)
        else:
            found = self.fraction(index) or self.in_words(index)
            found = self.with_digits(found) if found is not None else None
        return self.with_rest(self.with_point(found)) if found is not None else None

    def with_digits(self, number: Numeral) -> Numeral:
        """Hebrew's 'a hundred and 20', half in words: the number with the digits glued to 'and'."""
        at = number.last + (2 if self.norm(number.last + 1) == "-" else 1)
        tail = self.value(at) if self.is_in(number.last, "prefix_and") else None
        whole = tail is not None and float(tail).is_integer() and not self.spaced(at)
        if tail is None or not whole or number.step != 100 or not 0 < tail < 100:
            return number
        return self.scaled(replace(number, value=number.value + tail, last=at + 1, step=1))

    def digits(self, index: int) -> Numeral:
        """A number in digits, with ½ or a slash fraction after it, and its scale."""
        value, last = self.value(index) or 0.0, index + 1
        mixed = self.value(last) if self.kind(last) == "symbol" else None
        if mixed is not None:
            return self.scaled(Numeral(value + mixed, index, last + 1))
        slash = self.slash(index) or self.decimal_comma(index)
        if slash is not None:
            return self.scaled(slash)
        rest = self.slash(last) if self.kind(last) == "number" else None
        if rest is not None and float(value).is_integer():
            return self.scaled(Numeral(value + rest.value, index, rest.last))
        hundreds = self.hundreds_end(last) if 1 <= value < 100 else None
        if hundreds is not None and self.norm(last) != "-":
            return self.scaled(self.of_hundreds(value, index, hundreds))
        return self.scaled(Numeral(value, index, last))

    def of_hundreds(self, value: float, index: int, last: int) -> Numeral:
        """'3 hundred', and '3 hundred and fifty'."""
        at = last + 1 if self.is_joint(last) else last
        tail = self.small(at, first=False)
        if tail is None or tail.value >= 100:
            return Numeral(value * 100, index, last, step=100)
        return Numeral(value * 100 + tail.value, index, tail.last)

    def slash(self, index: int) -> Numeral | None:
        """A fraction such as 3/4."""
        if self.norm(index + 1) != "/" or self.kind(index + 2) != "number":
            return None
        top, bottom = self.value(index), self.value(index + 2)
        if not top or not bottom or top >= bottom:
            return None
        if bottom > LARGEST_SLASH and bottom != 100:
            return None
        return Numeral(top / bottom, index, index + 3, fraction=True)

    def decimal_comma(self, index: int) -> Numeral | None:
        """1,5 as in 1,5 million: a comma for the dot, where a scale or a percentage follows."""
        comma, tail = index + 1, index + 2
        if self.norm(comma) != "," or self.kind(tail) != "number" or self.norm(index - 1) == ",":
            return None
        if self.spaced(comma) or self.spaced(tail) or len(self.norm(tail)) > 2:
            return None
        whole, part = self.value(index) or 0.0, self.value(tail) or 0.0
        if not (whole.is_integer() and self.has_decimals(index, tail, whole, part)):
            return None
        value = float(f"{whole:.0f}.{self.norm(tail)}")
        return Numeral(value, index, tail + 1)

    def has_decimals(self, index: int, tail: int, whole: float, part: float) -> bool:
        """Whether what is around says that a comma stands for the dot. 'Two, three thousand' and
        'thirty, forty shekels' are guesses rather than that."""
        scale = self.scale_at(tail + 1)
        if scale is not None:
            guess = len(self.norm(tail)) > 1 or part - whole in (1, 2)
            return scale[0] >= MILLION or (scale[0] >= THOUSAND and not guess)
        if self.phrase_end(tail + 1, "percent") is not None:
            return True
        around = (self.norm(index - 1), self.norm(tail + 1))
        money = any(word in self.words.currencies for word in around)
        guess = whole % 5 == part % 5 == 0 and whole < part <= 2 * whole
        return money and len(self.norm(tail)) == 2 and not guess

    def fraction(self, index: int) -> Numeral | None:
        """Half, two thirds, ½; then perhaps of a million."""
        symbol = self.value(index) if self.kind(index) == "symbol" else None
        if symbol is not None:
            return self.scaled(Numeral(symbol, index, index + 1, fraction=True))
        top = self.numerator(index)
        at = index + (1 if top is not None else 0)
        if self.is_in(at, "fraction_adjectives") and top is not None:
            at += 1
        if self.norm(at) == "-":
            at += 1
        found = self.words.stripped(self.norm(at), self.words.fractions)
        if found is None or not self.is_fraction(index, at, found, top):
            return None
        value = (top[1] if top else 1) / self.words.fractions[found[1]]
        if value >= 1:
            return None
        prefix = top[0] if top else found[0]
        return self.scaled(Numeral(value, index, at + 1, fraction=True, words=True, prefix=prefix))

    def numerator(self, index: int) -> tuple[str, int] | None:
        """A small number or an article in front of a fraction word, with its prefix."""
        if self.is_in(index, "fraction_articles"):
            return "", 1
        if self.kind(index) == "number":
            return None
        found = self.words.stripped(self.norm(index), self.words.numbers)
        return (found[0], self.words.numbers[found[1]]) if found else None

    def is_fraction(
        self, index: int, at: int, found: tuple[str, str], top: tuple[str, int] | None
    ) -> bool:
        """Whether a fraction word is one here: not an ordinal, a quarter of a year, or Tuesday."""
        prefix, word = found
        if top is not None and prefix:
            return False
        if self.is_in(index - 1, "fraction_not_after"):
            return False
        alone = word in self.words.lists["fraction_alone"]
        if alone:
            return not self.is_in(self.after_hyphen(at + 1), "fraction_not_before")
        if word.isascii():
            of_scale = self.is_in(at + 1, "of") and self.is_in(at + 2, "articles")
            bare = at == 0 and len(self.tokens) <= 2  # a whole answer, with its mark
            return top is not None or bare or (of_scale and self.scale_at(at + 3) is not None)
        ordinal = word in self.words.lists["ordinal_fractions"]
        return not (ordinal and self.words.has(prefix, "prefix_the"))

    def after_hyphen(self, at: int) -> int:
        """The token, or the one behind it where it is a hyphen."""
        return at + 1 if self.norm(at) == "-" else at

    def with_rest(self, number: Numeral) -> Numeral:
        """And a half, and a third: of the number, or of its scale."""
        for name, part in RESTS.items():
            last = self.phrase_end(number.last, name)
            if last is None or number.fraction:
                continue
            whole = replace(number, value=number.value + part * number.scale, last=last, step=1)
            return self.scaled(whole) if number.scale == 1 else whole
        return number
