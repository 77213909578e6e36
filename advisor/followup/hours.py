"""Hours in which nobody is written to unasked: nights, and Shabbat."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

MORNING, EVENING = time(9), time(20)
"""Between these it is day."""
FRIDAY, SATURDAY = 4, 5
SHABBAT_BEGINS, SHABBAT_ENDS = time(15), time(20)
"""On Friday and on Saturday, generous in any season."""
STEP = timedelta(hours=1)


def is_quiet(moment: datetime, zone: tzinfo) -> bool:
    """Whether it is night or Shabbat where the owner lives."""
    local = moment.astimezone(zone)
    hour, day = local.time(), local.weekday()
    before = day == FRIDAY and hour >= SHABBAT_BEGINS
    during = day == SATURDAY and hour < SHABBAT_ENDS
    return before or during or not MORNING <= hour < EVENING


def next_hour(moment: datetime, zone: tzinfo) -> datetime:
    """The moment itself, or the next full hour at which an owner may be written to."""
    if not is_quiet(moment, zone):
        return moment
    later = moment.replace(minute=0, second=0, microsecond=0) + STEP
    while is_quiet(later, zone):
        later += STEP
    return later
