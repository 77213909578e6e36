"""Whose share a number is follows the verb: who left, or who stayed, in both languages."""

import pytest

from advisor.catalog import Catalog
from bot.understanding.amounts import amounts_for
from bot.understanding.quantities import read_quantities
from bot.understanding.shares import turned
from bot.understanding.words import load_words
from tests.bot.understanding.parsers import Away, reader_with

LEFT_30 = [
    # the verb before the number
    "we lost some 30 percent of the customers",
    "we lost some 30 percent still waiting for them to come back",
    "lost about 30% of our clients and only the old ones still come",
    "we're down 30 percent in customers",
    "we kept about 70 percent the others left",
    "we still have 70 percent of our customers",
    "we were left with 70 percent of them",
    "איבדנו איזה 30 אחוז מהלקוחות",
    "איבדנו איזה 30 אחוז עדיין מקווים שיחזרו",
    "איבדנו איזה 30 אחוז נשארו הקבועים",
    "הלכו לנו בערך 30 אחוז מהלקוחות והשאר איתנו",
    "נשארנו עם 70 אחוז השאר הלכו",
    "שמרנו על 70 אחוז מהלקוחות",
    "נשארו לנו 70 אחוז מהלקוחות",
    # the verb after the number
    "some 30 percent are gone",
    "around 30 percent of our clients walked",
    "30 percent dropped us, most stayed",
    "30% never returned",
    "70 percent stuck with us",
    "about 70 percent of our customers are still with us",
    "70 percent remained and the rest quit",
    "only 70% of them came back",
    "30 אחוז כבר לא באים",
    "30 אחוז לא חזרו אלינו",
    "30 אחוז מהלקוחות ויתרו עלינו",
    "70 אחוז עדיין קונים אצלנו",
    "רק 70 אחוז חזרו",
    "שבעים אחוז נשארו נאמנים",
    "70 אחוז מהלקוחות לא עזבו",
    # another clause speaks of the others
    "we lost 30 percent of customers but the regulars stayed",
    "after we lost 30 percent the rest are still with us",
    "of our customers 30 percent quit and the others remain loyal",
    "הפסדנו שלושים אחוז מהלקוחות אבל הוותיקים נשארו",
    "30 אחוז הלכו והשאר פה",
]


@pytest.mark.parametrize("text", LEFT_30)
def test_who_left(catalog: Catalog, text: str) -> None:
    amount = amounts_for(catalog.slots["churn_share"], read_quantities(text))[0]
    assert turned("churn_share", text, amount, load_words()).value == 30


@pytest.mark.parametrize("text", LEFT_30)
async def test_who_left_where_that_was_asked(catalog: Catalog, text: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, "churn_share")
    assert reading.answers["churn_share"].value == 30


TWO_NUMBERS = [
    ("gross_margin", "I buy at 60 and sell at 100", 40),
    ("gross_margin", "קונה ב-600 מוכר ב-1000", 40),
    ("gross_margin", "sell it for $100, costs me $60", 40),
    ("gross_margin", "twice what it costs me", 50),
    ("gross_margin", "I just double it", 50),
    ("gross_margin", "four times the cost price", 75),
    ("gross_margin", "2.5x", 60),
    ("gross_margin", "x 2", 50),
    ("gross_margin", "מוכרת בכפול", 50),
    ("gross_margin", "פי 4 מהעלות", 75),
    ("gross_margin", "פי שניים", 50),
    ("gross_margin", "a markup of 25%", 20),
    ("gross_margin", "I add 100 percent to the cost", 50),
    ("gross_margin", "מוסיפה 25 אחוז על העלות", 20),
    ("gross_margin", "double digits, say 20", 20),
    ("gross_margin", "30%, it was twice that", 30),
    ("churn_share", "80 מ-200", 40),
    ("churn_share", "lost 80 out of 200", 40),
]


@pytest.mark.parametrize(("question", "text", "share"), TWO_NUMBERS)
async def test_share_of_two_numbers(
    catalog: Catalog, question: str, text: str, share: float
) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    assert reading.answers[question].value == share
