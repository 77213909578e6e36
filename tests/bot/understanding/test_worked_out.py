"""Figures that follow from two numbers, and which of several counts is the one asked for."""

import pytest

from advisor.catalog import Catalog
from tests.bot.understanding.parsers import Away, reader_with

COUNTS = [
    # of each branch, a part of a number, kinds side by side
    ("customers_now", "fifty per branch, we have two", 100),
    ("employees", "3 branches with 4 people each", 12),
    ("customers_now", "half of the 200 we had", 100),
    ("customers_now", "חצי מה-200 שהיו", 100),
    ("customers_now", "80 regulars and 40 walk-ins", 120),
    ("customers_now", "140 מתוך 200", 140),
    ("staff_gap", "5 out of 12", 5),
    ("staff_gap", "half a position", 1),
    ("customers_now", "2 לקוחות גדולים ו-30 קטנים", 32),
    ("customers_now", "300 customers and 40 orders a day", 300),
    ("customers_now", "3 branches, 1200 customers", 1200),
    ("customers_now", "about 1,200 on the list, 300 active", 300),
    # a single day's number
    ("customers_now", "twenty five tops monday we had zero tuesday three", 25),
    ("customers_now", "350 נכון לאתמול", 350),
    # before and now
    ("customers_now", "60 (used to be 90)", 60),
    ("customers_before", "60 (used to be 90)", 90),
    ("customers_before", "60, down from 90", 90),
    # a no that takes back
    ("customers_now", "20... no, 30", 30),
    ("customers_now", "20... לא, 30", 30),
    ("customers_now", "20 ולא 30", 20),
    # a hundred without an article
    ("customers_now", "hundred or so", 100),
    ("customers_now", "three hundred n fifty", 350),
    ("customers_now", "few hundred", None),
]
SHARES = [
    ("churn_share", "from 200 to 150", 25),
    ("churn_share", "מ-200 נשארו 150", 25),
    ("churn_share", "a good third", 33.33),
    ("churn_share", "I'd say 30 my wife says 40", 30),
    ("gross_margin", "היה 40 היום 25", 25),
    ("online_share", "60-40 in favour of the website", 60),
    ("online_share", "70/30", 70),
]
TIMES = [
    # a guess of two, or one that goes on with another
    ("cash_runway", "month or two", 45),
    ("cash_runway", "three weeks, a month at most", 25.5),
    ("cash_runway", "חודשיים, אולי שלושה", 75),
    ("cash_runway", "2 months, maybe 10 weeks", 70),
    ("supplier_delay", "שבוע, עשרה ימים", 8.5),
    ("cash_runway", "a month and a week", 37),
    ("cash_runway", "חודש ושבוע", 37),
    # hours, the time that is meant, and sums beside it
    ("stock_cover", "48 hours", 2),
    ("supplier_delay", "used to be 2 days, now two weeks", 14),
    ("cash_runway", "three months if we keep 40k turnover", 90),
]


@pytest.mark.parametrize(("question", "text", "days"), TIMES)
async def test_time(catalog: Catalog, question: str, text: str, days: float) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    assert reading.answers[question].value == pytest.approx(days)


async def test_a_sum_is_no_span_of_time(catalog: Catalog) -> None:
    reading = await reader_with(catalog, Away()).read("10k left", "cash_runway")
    assert reading.answers == {}


@pytest.mark.parametrize(("question", "text", "count"), COUNTS)
async def test_count(catalog: Catalog, question: str, text: str, count: int | None) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    told = reading.answers.get(question)
    assert (told.value if told else None) == count


@pytest.mark.parametrize(("question", "text", "share"), SHARES)
async def test_share(catalog: Catalog, question: str, text: str, share: float) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    assert reading.answers[question].value == pytest.approx(share)
