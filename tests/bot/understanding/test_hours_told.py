"""Hours a week as owners tell them: by the day, by the clock, by the evening, in minutes."""

import pytest

from advisor.catalog import Catalog
from tests.bot.understanding.parsers import Away, reader_with

HOURS = {
    # from one time of day to another
    "every sunday morning, 8 to noon": 4,
    "ימי שישי מ-9 עד 12": 3,
    "mondays and wednesdays from 9 to 12": 6,
    "ימי שני ורביעי 9:00-12:00": 6,
    "sunday to thursday 8am-10am": 10,
    "18:00-21:00 פעמיים בשבוע": 6,
    "9 to 5": 40,
    "9 to 12 hours": 11,
    "fridays, 3-4 hours": 4,
    # so often, so long each time
    "two evenings, 3 hours each": 6,
    "פעמיים בשבוע שעה וחצי": 3,
    "three times a week for 2 hours": 6,
    "4 ימים בשבוע 3 שעות": 12,
    "5 hours over two evenings": 5,
    "5 days a week, around 20 hours": 20,
    "every other day 2 hours": 7,
    "an hour on monday and two on thursday": 3,
    # days of work
    "half a day a week": 4,
    "חצי יום בשבוע": 4,
    "a full day": 8,
    "two half days": 8,
    "יום וחצי בשבוע": 12,
    # parts of an hour
    "maybe 30 minutes a day": 3,
    "4 hours and 30 minutes": 5,
    "10 minutes, I'm joking, like four hours": 4,
    "רבע שעה ביום": 2,
    "שעתיים וחצי": 3,
    # ranges
    "six, seven tops": 7,
    "שעה-שעתיים ביום": 8,
    "an hour or two": 2,
    "4 hours, 6 at most": 5,
    # of a month, and beside what is worked anyway
    "40 a month": 10,
    "20 שעות בחודש": 5,
    "I work 60 hours, could spare 4": 4,
    "every tuesday and thursday 2 hours": 4,
    "5 tops, I have 3 kids": 5,
}


@pytest.mark.parametrize(("text", "hours"), HOURS.items())
async def test_hours(catalog: Catalog, text: str, hours: int) -> None:
    reading = await reader_with(catalog, Away()).read(text, "hours_per_week")
    assert reading.answers["hours_per_week"].value == hours
