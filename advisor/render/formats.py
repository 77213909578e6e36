"""Numbers, money, time and options in words, the same for plans and for replies.

Figures follow the language through Babel; words come from replies.yml (`values`) and plan.yml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, cast

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_currency, format_decimal

from advisor.catalog import Catalog
from advisor.model import Answer, AnswerState, Fact, Kind, Money, Slot
from advisor.render import durations, hebrew
from advisor.render.direction import clean, isolate, number

NO_BREAK = "\u00a0"
LIST_OF_LISTS = "; "
ESTIMATED_DIGITS = 2
"""Significant digits of a sum or a count that is estimated."""
DIVIDED_DIGITS = 3
"""Of a sum that a division or a share left with a fraction."""
SMALL_SUM = 100
"""Below it such a sum keeps its fraction: times a thousand customers, it counts."""
WORKING_DIGITS, LARGE = 4, 10_000
"""Of such a sum, if it is large and others are worked out from it: whoever does so from what is
printed gets about what is printed, too."""
HALF_UP = 1 + 1e-9
"""So that 10,500 becomes 11,000, as people round."""
MANY = 100
"""Of a count; from here on it is told whole."""
NARROW = {Kind.DURATION.value: 0.03}
"""Ends that lie closer than this share are one number to whoever reads them: 71 to 72 days."""
SMALL_SHARE = 3
"""Per cent; an estimated share above it is told whole."""


def format_value(
    catalog: Catalog, language: str, slot: str, answer: Answer, inside: bool = False
) -> str:
    """An answer in words: its value with its range or its "about", or that it isn't known.

    Alone, or `inside` a sentence, where a range must bear a preposition before it.
    """
    if answer.state is not AnswerState.KNOWN or answer.value is None:
        state = "skipped" if answer.state is AnswerState.SKIPPED else "unknown"
        return values(catalog, language, state)
    kind, value = catalog.slots[slot].kind, answer.value
    if kind is Kind.TEXT:
        return isolate(language, str(value))
    if kind is Kind.CHOICES:
        chosen = cast(tuple[str, ...], value)
        return join(
            catalog, language, option_labels(catalog, language, catalog.slots[slot], chosen)
        )
    if kind in (Kind.CHOICE, Kind.YESNO):
        return catalog.option_label(language, slot, str(value).lower())
    return format_numeric(catalog, language, kind, answer, inside)


def format_numeric(
    catalog: Catalog, language: str, kind: Kind, answer: Answer, inside: bool
) -> str:
    """A number with its ends, its bound or its "about"."""
    currency = answer.value.currency if isinstance(answer.value, Money) else None
    value = answer.value.amount if isinstance(answer.value, Money) else answer.value
    assert isinstance(value, int | float)
    low, high = answer.low, answer.high
    if low is not None and high is not None and low != high:
        return between(catalog, language, kind, low, high, currency, inside)
    template = "approximate" if answer.approximate else None
    if (low is None) != (high is None):
        template = "at_most" if low is None else "at_least"
        value = cast(float, high if low is None else low)
    text = format_number(catalog, language, kind, value, currency)
    return text if template is None else phrase(catalog, language, template, text)


def format_fact(
    catalog: Catalog, language: str, fact: Fact, inside: bool = False, working: bool = False
) -> str:
    """A fact in words: its ends where it has them, else its value. Points are told without sign.

    `working`: others are worked out from it, in the same text.
    """
    if isinstance(fact.value, bool):
        return values(catalog, language, "true" if fact.value else "false")
    ends = interval(catalog, language, fact, inside)
    return middle(catalog, language, fact, working) if ends is None else ends


def middle(catalog: Catalog, language: str, fact: Fact, working: bool = False) -> str:
    """The best value of a numeric fact, rounded where it is an estimate; in days where its ends
    are."""
    amount, currency = rounded(fact, amount_of(fact), working)
    if apart(fact) and counted_in_days(fact):
        return durations.in_days(all_values(catalog, language), amount)
    return format_number(catalog, language, kind_of(fact), amount, currency)


def counted_in_days(fact: Fact) -> bool:
    """Whether a duration reads in days, by itself or by an end of it."""
    if fact.unit != Kind.DURATION.value:
        return False
    ends = (fact.low, fact.high) if apart(fact) else (amount_of(fact),) * 2
    return durations.needs_days(*(end or 0 for end in ends))


def format_days(catalog: Catalog, language: str, fact: Fact) -> str:
    """A duration in days, whatever weeks or months it makes, with its ends inside a sentence."""
    words = all_values(catalog, language)
    if not apart(fact):
        return number(language, durations.in_days(words, amount_of(fact)))
    low, high = str(round(fact.low or 0)), durations.in_days(words, fact.high or 0)
    return str(words["span"]).format(low=low, high=high).replace(" ", NO_BREAK)


def apart(fact: Fact) -> bool:
    """Whether the ends of a fact are two numbers to whoever reads them."""
    if fact.low is None or fact.high is None:
        return False
    low, high = (rounded(fact, end)[0] for end in (fact.low, fact.high))
    return abs(high - low) > NARROW.get(fact.unit, 0) * abs(high)


def interval(catalog: Catalog, language: str, fact: Fact, inside: bool = False) -> str | None:
    """The ends of a numeric fact, or None where it has none or both read the same."""
    if fact.low is None or fact.high is None or not apart(fact):
        return None
    low, currency = rounded(fact, fact.low)
    high, _ = rounded(fact, fact.high)
    return between(catalog, language, kind_of(fact), low, high, currency, inside)


def amount_of(fact: Fact) -> float:
    """The plain number of a fact."""
    return fact.value.amount if isinstance(fact.value, Money) else float(fact.value)


def kind_of(fact: Fact) -> Kind:
    """The kind of number that a fact is; points are counted."""
    return Kind.COUNT if fact.unit == "points" else Kind(fact.unit)


def rounded(fact: Fact, amount: float, working: bool = False) -> tuple[float, str | None]:
    """An amount with no more digits than its uncertainty bears, and its currency."""
    amount = abs(amount) if fact.unit == "points" else amount
    uncertain = fact.prior or fact.low is not None
    if uncertain and fact.unit in ("money", "count") and abs(amount) >= 10:
        amount = float(f"{amount * HALF_UP:.{ESTIMATED_DIGITS}g}")
    elif fact.unit == "money" and not uncertain:
        if abs(amount) < SMALL_SUM:
            amount = round(amount, 2)
        elif not float(round(amount, 6)).is_integer():
            digits = WORKING_DIGITS if working and abs(amount) >= LARGE else DIVIDED_DIGITS
            amount = float(f"{amount * HALF_UP:.{digits}g}")
    elif fact.unit != "percent" or (uncertain and abs(amount) >= SMALL_SHARE):
        amount = round(amount)
    return amount, fact.value.currency if isinstance(fact.value, Money) else None


def between(
    catalog: Catalog,
    language: str,
    kind: Kind,
    low: float,
    high: float,
    currency: str | None,
    inside: bool = False,
) -> str:
    """A range in words; what both ends share is said once."""
    start = format_number(catalog, language, kind, low, currency)
    end = format_number(catalog, language, kind, high, currency)
    if start == end:
        return start
    if kind is Kind.COUNT and not low:
        return phrase(catalog, language, "at_most", end)
    words = all_values(catalog, language)
    if kind is Kind.DURATION:
        start, end = durations.ends(words, language, low, high)
    if kind is Kind.MONEY and language == "he":
        start = number(language, figure(language, low))
    if inside:
        return str(words["span"]).format(low=start, high=end).replace(" ", NO_BREAK)
    template = values_of(catalog, language)["range"]
    return hebrew.fitted(language, template.format(low=start, high=end))


def format_number(
    catalog: Catalog, language: str, kind: Kind, value: float, currency: str | None = None
) -> str:
    """One number of a kind, with its sign or unit."""
    if kind is Kind.MONEY:
        return format_money(language, value, currency or "ILS")
    if kind is Kind.PERCENT:
        return number(language, f"{figure(language, percent(value))}%")
    if kind is Kind.DURATION:
        return durations.words(all_values(catalog, language), language, value)
    return number(language, figure(language, round(value) if abs(value) >= MANY else value))


@lru_cache(maxsize=4096)
def format_money(language: str, amount: float, currency: str) -> str:
    """A sum in its currency, without decimals where it has none or is large."""
    whole = abs(amount) >= 100 or float(amount).is_integer()
    pattern = locale(language).currency_formats["standard"].pattern
    pattern = pattern.replace("#,##0.00", "#,##0" if whole else "#,##0.00")
    text = format_currency(
        amount, currency, format=pattern, locale=locale(language), currency_digits=False
    )
    return number(language, clean(text).replace(" ", NO_BREAK))


def percent(value: float) -> float:
    """As exact as anyone reads it: halves stay, small shares keep a decimal, the rest is whole."""
    if abs(value) < 10 or float(value * 2).is_integer():
        return round(float(value), 1)
    return float(round(value))


@lru_cache(maxsize=4096)
def figure(language: str, value: float) -> str:
    """The digits of a number with its separators."""
    return clean(format_decimal(round(value, 2), locale=locale(language)))


def format_day(language: str, day: date) -> str:
    """A date in words."""
    return clean(babel_date(day, format="long", locale=locale(language)))


def option_labels(catalog: Catalog, language: str, slot: Slot, chosen: Sequence[str]) -> list[str]:
    """Labels in the order of the question; all but the first begin small."""
    labels = [catalog.option_label(language, slot.id, o) for o in slot.options if o in chosen]
    return labels[:1] + [lowered(catalog, language, label) for label in labels[1:]]


def lowered(catalog: Catalog, language: str, label: str) -> str:
    """A label inside a sentence: small first letter, unless its first word is a name."""
    first = label.split(" ", 1)[0]
    proper = catalog.texts[language]["plan"]["values"]["names"]
    if first in proper or (not first[1:].islower() and len(first) > 1):
        return label
    return label[:1].lower() + label[1:]


def join(catalog: Catalog, language: str, items: Sequence[str]) -> str:
    """A list in words; where an item holds an "and" or a comma itself, marks alone divide it."""
    comma, last = values(catalog, language, "comma"), values(catalog, language, "and")
    if any(comma.strip() in item for item in items):
        return LIST_OF_LISTS.join(items)
    if len(items) < 2 or any(last in item for item in items):
        return comma.join(items)
    return hebrew.fitted(language, comma.join(items[:-1]) + last + items[-1])


def counted(forms: Mapping[str, str], language: str, count: float) -> str:
    """The form for a number of things: `one`, `two`, `half`, or `many` with {n}."""
    names = {0.5: "half", 1: "one", 1.5: "one_half", 2: "two"}
    form = names.get(count, "many")
    return forms.get(form, forms["many"]).format(n=figure(language, count))


def phrase(catalog: Catalog, language: str, name: str, value: str) -> str:
    """A value in the words for "about", "at least" or "up to"."""
    template = values_of(catalog, language)[name]
    return hebrew.fitted(language, template.format(value=value, low=value, high=value))


def values(catalog: Catalog, language: str, name: str) -> str:
    """A word that stands for a value."""
    return str(all_values(catalog, language)[name])


def values_of(catalog: Catalog, language: str) -> Mapping[str, str]:
    """The phrases that numbers are put in."""
    phrases: Mapping[str, str] = catalog.texts[language]["replies"]
    return phrases


def all_values(catalog: Catalog, language: str) -> Mapping[str, Any]:
    """Words for values: those of the replies and those of the plan."""
    texts = catalog.texts[language]
    return {**texts["replies"]["values"], **texts["plan"]["values"]}


@cache
def locale(language: str) -> Locale:
    """Babel's rules for the language."""
    return Locale.parse(language)
