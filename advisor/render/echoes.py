"""What an answer is echoed as: a number with the thing that it counts, a long name cut short."""

from __future__ import annotations

from advisor.catalog import Catalog
from advisor.model import Answer, Kind, Money
from advisor.render import hebrew
from advisor.render.direction import isolate
from advisor.render.formats import format_value

LONGEST_NAME = 60
"""Characters of a name that are enough to know it again."""
WHOLE = 100
COUNTED = {1: "one", 2: "two"}
EVEN_ROUGHLY = frozenset({"zero", "one", "full"})
"""Forms that stay as they are where the number is a guess."""


def echo(catalog: Catalog, language: str, answer: Answer) -> str:
    """An answer in a few words, as it follows "Noted:"."""
    forms = catalog.texts[language]["echoes"].get(answer.slot)
    if forms is None:
        return named(catalog, language, answer)
    form = form_of(catalog.slots[answer.slot].kind, answer)
    if form != "many" and form in forms and (not answer.approximate or form in EVEN_ROUGHLY):
        return str(forms[form])
    value = format_value(catalog, language, answer.slot, answer)
    return hebrew.fitted(language, str(forms["many"]).format(number=value))


def form_of(kind: Kind, answer: Answer) -> str:
    """The form that a number calls for by itself; a range or a bound calls for none."""
    amount = answer.value.amount if isinstance(answer.value, Money) else answer.value
    if not isinstance(amount, int | float) or (answer.low, answer.high) != (None, None):
        return "many"
    if amount == 0:
        return "zero"
    if kind is Kind.PERCENT:
        return "full" if amount == WHOLE else "many"
    return COUNTED.get(int(amount), "many") if kind is Kind.COUNT else "many"


def named(catalog: Catalog, language: str, answer: Answer) -> str:
    """Options by their labels; a name, cut where it is very long."""
    text = answer.value
    if isinstance(text, str) and catalog.slots[answer.slot].kind is Kind.TEXT:
        short = text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rstrip()}..."
        return isolate(language, short)
    return format_value(catalog, language, answer.slot, answer)
