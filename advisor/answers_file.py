"""Reads a file of answers, YAML or JSON, `slot: value`, for a plan without an interview.

Values are those of the contract: a number, {low, high}, {amount, currency}, an option or a list of
them, true or false, text. A duration is a number of days. null or an empty list: not known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from babel.numbers import is_currency

from advisor.catalog import Catalog
from advisor.errors import AnswersError
from advisor.interview.flow import fault, tidy
from advisor.model import NUMERIC, Answer, Answers, AnswerState, Kind, Money, Slot

SHEKELS = "ILS"
ENDS = ("low", "high")
EXAMPLES = {
    Kind.PERCENT: "a number from 0 to 100",
    Kind.MONEY: "a number, or {amount: 1200, currency: ILS}",
    Kind.COUNT: "a whole number",
    Kind.DURATION: "a number of days, for instance 42 for six weeks",
}


class MisfitError(Exception):
    """A value that its slot can't take; the message says what to write."""


def read_answers(catalog: Catalog, path: Path) -> Answers:
    """The answers in a file. Raises AnswersError naming the line and the slot."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswersError(f"{path.name} isn't UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise AnswersError(f"{path.name} can't be read: {error.strerror}") from error
    return parse_answers(catalog, text)


def parse_answers(catalog: Catalog, text: str) -> Answers:
    """The answers in YAML or JSON text. Raises AnswersError naming the line and the slot."""
    found: dict[str, Answer] = {}
    lines: dict[str, int] = {}
    for key, line, node, value in entries(text):
        if key not in catalog.slots:
            raise AnswersError(f"line {line}: {key} is no slot{nearest(key, catalog.slots)}")
        if key in found:
            raise AnswersError(f"line {line}: {key}: is already in line {lines[key]}; keep one")
        try:
            found[key] = read_answer(catalog.slots[key], node, value)
        except MisfitError as misfit:
            raise AnswersError(f"line {line}: {key}: {misfit}") from None
        lines[key] = line
    return found


def entries(text: str) -> Iterator[tuple[str, int, yaml.Node, Any]]:
    """Each slot with its line, its node and its plain value."""
    if text.lstrip().startswith("{"):
        text = text.replace("\t", " ")  # JSON may indent by tabs, YAML may not
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode) or not root.value:
            raise AnswersError("line 1: write one answer a line, for instance 'churn_share: 30'")
        for key, node in root.value:
            yield str(key.value), node.start_mark.line + 1, node, constructed(loader, node)
    except RecursionError as error:
        raise AnswersError("the file nests too deeply; write one answer a line") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or "a sign that doesn't belong here"
        raise AnswersError(f"{place}the file isn't YAML or JSON: {problem}") from error


def constructed(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """The plain value of a node; what YAML takes for a date or a number that can't be is text."""
    try:
        return loader.construct_object(node, deep=True)
    except ValueError:
        return node.value


def nearest(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    """The likeliest name meant, as the end of a sentence."""
    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


def read_answer(slot: Slot, node: yaml.Node, value: Any) -> Answer:
    """One answer. Raises MisfitError."""
    if value is None or value == []:
        return Answer(slot.id, AnswerState.UNKNOWN)
    answer = tidy(slot, READERS.get(slot.kind, read_number)(slot, node, value))
    if slot.kind in NUMERIC:
        check_range(slot, answer)
    return answer


def read_text(slot: Slot, node: yaml.Node, _: Any) -> Answer:
    """Text as it stands in the file, so that a business may be called No or 24."""
    if not isinstance(node, yaml.ScalarNode):
        raise MisfitError("write it as text")
    text = node.value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if not text:
        raise MisfitError("is empty; write a name, or null where it isn't known")
    return Answer(slot.id, AnswerState.KNOWN, text)


def read_yesno(slot: Slot, _: yaml.Node, value: Any) -> Answer:
    """true or false; quoted words serve too."""
    words = {"true": True, "yes": True, "false": False, "no": False}
    if not isinstance(value, bool) and str(value).lower() not in words:
        raise MisfitError(f"{shown(value)} is neither; write true or false")
    return Answer(slot.id, AnswerState.KNOWN, words[str(value).lower()])


def read_choice(slot: Slot, _: yaml.Node, value: Any) -> Answer:
    """One option."""
    return Answer(slot.id, AnswerState.KNOWN, option(slot, value))


def read_choices(slot: Slot, _: yaml.Node, value: Any) -> Answer:
    """A list of options."""
    chosen = value if isinstance(value, list) else [value]
    return Answer(slot.id, AnswerState.KNOWN, tuple(option(slot, item) for item in chosen))


def option(slot: Slot, value: Any) -> str:
    """An option's id; YAML reads a bare yes or no as true or false."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if value not in slot.options:
        options = ", ".join(slot.options)
        raise MisfitError(f"{shown(value)} is no option; write one of {options}")
    return str(value)


def read_number(slot: Slot, _: yaml.Node, value: Any) -> Answer:
    """A number, or {low, high}, with {amount, currency} for money."""
    if not isinstance(value, dict):
        return Answer(slot.id, AnswerState.KNOWN, in_unit(slot, plain(slot, value), SHEKELS))
    allowed = {*ENDS, "amount", "currency"} if slot.kind is Kind.MONEY else {*ENDS}
    if not value or not value.keys() <= allowed or value.keys() == {"currency"}:
        raise MisfitError(f"write {EXAMPLES[slot.kind]}, or {{low: 10, high: 20}}")
    currency = value.get("currency", SHEKELS)
    if not isinstance(currency, str) or not is_currency(currency):
        raise MisfitError(f"{shown(currency)} is no currency; write its ISO 4217 code, such as ILS")
    low, high = (plain(slot, value[end]) if end in value else None for end in ENDS)
    if low is not None and high is not None and low > high:
        raise MisfitError(f"low ({shown(low)}) is above high ({shown(high)}); swap them")
    if "amount" in value:
        best = plain(slot, value["amount"])
    else:
        known = [end for end in (low, high) if end is not None]
        best = sum(known) / len(known)
    return Answer(slot.id, AnswerState.KNOWN, in_unit(slot, best, currency, low != high), low, high)


def plain(slot: Slot, value: Any) -> float:
    """A finite number that isn't a yes or no."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        raise MisfitError(f"{shown(value)} is no number; write {EXAMPLES[slot.kind]}")
    return value


def is_finite(value: float) -> bool:
    """Whether a number has a size that can be reckoned with."""
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def in_unit(slot: Slot, number: float, currency: str, middle: bool = False) -> float | Money:
    """The number as the slot holds it; the middle of a range of things is rounded up."""
    if slot.kind is Kind.MONEY:
        return Money(float(number), currency)
    if slot.kind is not Kind.COUNT:
        return number
    if not middle and number != int(number):
        raise MisfitError(f"{shown(number)} isn't whole; write a whole number")
    return math.ceil(number)


def check_range(slot: Slot, answer: Answer) -> None:
    """Raises MisfitError where the value, or an end of its range, can't be believed."""
    best = answer.value.amount if isinstance(answer.value, Money) else answer.value
    for number in (best, answer.low, answer.high):
        if not isinstance(number, int | float):
            continue
        found = fault(slot, Answer(slot.id, AnswerState.KNOWN, number))
        if found is not None:
            _, low, high = found
            beyond = f"above {shown(high)}" if number > high else f"below {shown(low)}"
            about = "a share is" if slot.kind is Kind.PERCENT else "it can be"
            raise MisfitError(f"{shown(number)} is {beyond}; {about} {shown(low)} to {shown(high)}")


def shown(value: Any) -> str:
    """A value inside a message, short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:,.10g}".replace(",", "") if is_finite(value) else str(value)[:40]
    text = str(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


READERS: dict[Kind, Callable[[Slot, yaml.Node, Any], Answer]] = {
    Kind.TEXT: read_text,
    Kind.YESNO: read_yesno,
    Kind.CHOICE: read_choice,
    Kind.CHOICES: read_choices,
}
