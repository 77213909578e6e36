"""An answer from a form: the input that fits its type, checked like an owner's own answer."""

from __future__ import annotations

import math
from collections.abc import Mapping

from advisor.interview.flow import fault, tidy
from advisor.model import Answer, AnswerState, Kind, Money, Slot, Value
from advisor.render.direction import clean
from console.errors import FormError

CURRENCIES = ("ILS", "USD", "EUR")
UNITS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
"""Days in each, as the contract counts."""
LONGEST_TEXT = 120


def read_answer(slot: Slot, form: Mapping[str, str], chosen: list[str]) -> Answer:
    """The answer; `chosen` are the options that were ticked. Raises FormError."""
    if form.get("unknown"):
        return Answer(slot.id, AnswerState.UNKNOWN)
    rough = bool(form.get("approximate")) and slot.range is not None
    answer = Answer(slot.id, AnswerState.KNOWN, read_value(slot, form, chosen), approximate=rough)
    if fault(slot, answer) is not None:
        raise FormError("range")
    return tidy(slot, answer)


def read_value(slot: Slot, form: Mapping[str, str], chosen: list[str]) -> Value:
    """The value of a known answer. Raises FormError."""
    match slot.kind:
        case Kind.CHOICE | Kind.YESNO | Kind.CHOICES:
            return read_options(slot, chosen)
        case Kind.TEXT:
            text = clean(form.get("value", ""))
            if not text or len(text) > LONGEST_TEXT:
                raise FormError("text")
            return text
        case Kind.MONEY:
            currency = form.get("unit", CURRENCIES[0])
            if currency not in CURRENCIES:
                raise FormError("number")
            return Money(read_number(form.get("value", "")), currency)
        case Kind.DURATION:
            unit = form.get("unit", "days")
            if unit not in UNITS:
                raise FormError("number")
            return read_number(form.get("value", "")) * UNITS[unit]
        case _:
            return read_number(form.get("value", ""))


def read_options(slot: Slot, chosen: list[str]) -> Value:
    """Options, or a yes or a no. Raises FormError."""
    allowed = ("true", "false") if slot.kind is Kind.YESNO else slot.options
    if not chosen or not set(chosen) <= set(allowed):
        raise FormError("option")
    if slot.kind is Kind.CHOICES:
        return tuple(sorted(chosen))
    return chosen[0] == "true" if slot.kind is Kind.YESNO else chosen[0]


def read_number(text: str) -> float:
    """A number as people type it; whole ones stay whole. Raises FormError."""
    try:
        number = float(text.strip().replace(",", "").replace("\u00a0", ""))
    except ValueError:
        raise FormError("number") from None
    if not math.isfinite(number):
        raise FormError("number")
    return int(number) if number.is_integer() else number


def shown_value(slot: Slot, answer: Answer | None) -> dict[str, object]:
    """An answer as the form begins with it."""
    value = answer.value if answer is not None and answer.known else None
    if isinstance(value, Money):
        return {"value": plain(value.amount), "unit": value.currency, "chosen": ()}
    if isinstance(value, bool):
        return {"value": "", "unit": "", "chosen": ("true" if value else "false",)}
    if isinstance(value, tuple):
        return {"value": "", "unit": "", "chosen": value}
    if isinstance(value, int | float):
        return {"value": plain(value), "unit": "days", "chosen": ()}
    text = value or ""
    return {"value": text, "unit": "", "chosen": (text,)}


def plain(number: float) -> str:
    """A number without an end that says nothing."""
    return str(int(number)) if float(number).is_integer() else str(number)
