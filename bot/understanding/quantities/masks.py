"""Digits that are no quantities: telephone numbers, dates, times, addresses, codes, names."""

from __future__ import annotations

import re
from bisect import bisect_left

GLUED_UNITS = (
    r"k|m|mm|bn|b|nis|ils|usd|eur|gbp|cad|aud|nzd|chf|zar|jod|pln|aed|sek|nok|dkk|czk|inr|pct"
    r"|ish|d|w|y|yrs?|mos?|mths?|wks?|hrs?|h|days?|weeks?|months?|years?"
)
"""What may stand right behind digits without making them a name."""
PATTERNS = (
    r"(?<![\w.,-])\d{1,4}(?:-\d{2,4}){2,}(?![\w%])",
    r"\b(?:https?://|www\.)\S+",
    r"\S{1,64}@\S+\.\S+",
    r"\b[\w-]{1,64}\.(?:com|co|net|org|il|io)\b\S*",
    r"(?<![\w.,])\+?\(?\d{1,4}\)?-\d{3}[-\s]\d{3,4}(?![\w%])(?=[^,.\d]|$)",  # 054-123-4567
    r"(?<![\w.,])(?<!\d\s)[+(0]\(?\d{1,4}\)?[-\s]\d{3}[-\s]\d{3,4}(?![\w%])(?=[^,.\d]|$)",
    r"\+\d{1,3}[-\s]?\(?\d{1,4}\)?(?:[-\s]?\d{2,4}){2,4}\b",
    r"(?<![\d.,])0\d{1,2}[-\s]?\d{7}\b",
    r"(?<![\d.,])\+?972[-\s]?\d[-\s\d]{7,12}\b",
    r"(?<![\d.,])1[-\s]?[78]00[-\s]?\d{3}[-\s]?\d{3}\b",
    r"(?<!\w)\*\d{3,5}\b",
    r"(?<![\d.])\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?![\d.])",
    r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)",
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?:\s?[ap]\.?m\b)?",
    r"\b\d{1,2}\s?[ap]\.?m\b\.?",
    r"\b24\s?/\s?7\b",
    r"(?<![\d/])(?!(?:[1-9]/(?:[2-9]|10)|[1-9]0/[1-9]0|\d5/\d5)(?![\d/]))\d{1,2}/\d{1,2}(?![\d/])",
    r"(?i:\b[a-z]+[-.]?\d+[a-z\d]*\b(?<!nis)(?!\s?%))(?<!\$)",
    rf"(?i:\b\d+(?!(?:{GLUED_UNITS})\b)[a-z]+\b)",
    rf"(?i:\b\d+(?:(?:{GLUED_UNITS})\d*)?[a-z]+\d\w*\b)",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b\d+\s?[xX×]\s?\d+\b",
    r"(?<!\d)#\s?\d+",
)
MASK = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS))
MONEY_CODE = re.compile(
    r"(?i)\b(?:nis|ils|usd|eur|gbp|cad|aud|nzd|chf|zar|jod|pln|aed|sek|nok|dkk|czk|inr|us)\s?\d"
)


def masked(text: str) -> list[tuple[int, int]]:
    """Stretches of the text in which no quantity may begin or end."""
    if not any(c.isdigit() for c in text):
        return []
    return [match.span() for match in MASK.finditer(text) if not MONEY_CODE.match(match.group())]


def overlapping(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch touches one of the spans, which are in order and apart."""
    at = bisect_left(spans, (end,))  # those before it begin before the end
    return at > 0 and start < spans[at - 1][1]
