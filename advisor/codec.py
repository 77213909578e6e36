"""Answers as plain values, as the contract writes them, and back."""

from __future__ import annotations

from typing import Any

from advisor.model import Answers, Money, Value


def plain_value(value: Value) -> Any:
    """A value as JSON writes it: money as amount and currency, options as a sorted list."""
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, tuple):
        return sorted(value)
    return value


def plain_answers(answers: Answers) -> dict[str, Any]:
    """Known answers by slot."""
    return {
        slot: plain_value(answer.value)
        for slot, answer in answers.items()
        if answer.known and answer.value is not None
    }
