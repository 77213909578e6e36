"""Days as people say them: in the largest unit that is exact enough, with Hebrew duals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

YEAR, MONTH, WEEK, DAY = 365, 30, 7, 1
NAMES = {YEAR: "year", MONTH: "month", WEEK: "week", DAY: "day"}
CLOSE = 0.02
COUNTED = 10
"""Days; a range that begins below says each end in its own unit ("a day to 2 weeks")."""
LONG = 120
"""From here on nobody counts days or weeks: the nearest half month or half year will do."""


def words(forms: Mapping[str, Any], language: str, days: float) -> str:
    """A number of days in words; `forms` are the words for values."""
    unit, count = measured(days)
    whole = int(count)
    if count == whole:
        return unit_words(forms, unit, whole)
    if whole > 1 and language != "he":
        return unit_words(forms, unit, count)  # "2.5 months", where Hebrew says "two and a half"
    return str(forms["half"]).format(whole=unit_words(forms, unit, whole))


def in_days(forms: Mapping[str, Any], days: float) -> str:
    """A number of days, whatever weeks or months it makes."""
    return unit_words(forms, DAY, round(days))


def measured(days: float) -> tuple[int, float]:
    """The unit (in days) and how many of it, in halves."""
    days = round(days)
    for unit in (YEAR, MONTH, WEEK):
        if days and days % unit == 0 and (unit != WEEK or days < LONG):
            return unit, days // unit
    if days > MONTH and days % MONTH == MONTH // 2:
        return MONTH, days / MONTH
    if days < LONG:
        return DAY, days
    years = round(2 * days / YEAR) / 2
    close = days > YEAR and abs(years * YEAR - days) <= CLOSE * days
    return (YEAR, years) if close or days > 2 * YEAR else (MONTH, round(2 * days / MONTH) / 2)


def unit_words(forms: Mapping[str, Any], unit: int, count: float) -> str:
    """A number of a unit."""
    names = forms[NAMES[unit]]
    form = "one" if count == 1 else "two" if count == 2 else "over_ten" if count > 10 else "many"
    return str(names.get(form, names["many"])).format(n=count)


def ends(forms: Mapping[str, Any], language: str, low: float, high: float) -> tuple[str, str]:
    """The two ends of a range: what both share said once ("2" and "3 weeks"), and counted in days
    where one end would be days and the other months."""
    if needs_days(low, high) and low > COUNTED:
        return str(round(low)), in_days(forms, high)
    start = short_start(forms, language, low, high)
    return start or words(forms, language, low), words(forms, language, high)


def needs_days(low: float, high: float) -> bool:
    """Whether one end of a range can only be counted in days."""
    return DAY in (measured(low)[0], measured(high)[0])


def short_start(forms: Mapping[str, Any], language: str, low: float, high: float) -> str | None:
    """The bare number that begins a range of one unit ("2" of "2 to 3 weeks"), if it can."""
    (first, start), (second, end) = measured(low), measured(high)
    whole = start == int(start) and end == int(end)
    dual = language == "he" and start <= 2
    return str(int(start)) if first == second and whole and not dual and end > 2 else None
