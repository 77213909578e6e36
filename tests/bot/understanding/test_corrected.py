"""Corrections: which number is the old one, what the new one takes over, and names put right."""

from typing import Any

import pytest
from parsers import Says, reader_with

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json


def ils(amount: float) -> dict[str, Any]:
    return {"amount": amount, "currency": "ILS"}


NUMBERS = [
    ("revenue_now", "sales now are 31,000, I typed 13,000 by mistake", ils(31_000)),
    ("revenue_now", "I typed 13,000 by mistake, the sales are 31,000", ils(31_000)),
    ("revenue_now", "המחזור היום הוא 42 אלף, קודם כתבתי 24", ils(42_000)),
    ("revenue_now", "בטעות רשמתי 24 אלף, המחזור היום 42", ils(42_000)),
    ("revenue_now", "it's 70, not 50 thousand", ils(70_000)),
    ("monthly_budget", "the budget should be 600, i put 900 earlier", ils(600)),
    ("churn_share", "earlier i put 45 percent for those who left, make that 30", 30),
    ("churn_share", "30 and not 45 like I wrote before", 30),
    ("churn_share", "כתבתי 45 אחוז אבל זה 30", 30),
    ("gross_margin", "the margin I gave you is wrong and should be 22", 22),
    ("cash_runway", "the cash lasts three months not three weeks", 90),
    ("cash_runway", "הכסף יספיק לחודשיים ולא לשבועיים כמו שאמרתי", 60),
    ("stock_cover", "it's 5 rather than 4 weeks", 35),
    ("monthly_budget", "בעצם התקציב 500 לא חמשת אלפים", ils(500)),
    ("churn_share", "30 לא 40 אחוז", 30),
    ("employees", "9 and not 12", 9),
    ("employees", "we are 9, I said 12", 9),
    ("employees", "I forgot to count my sister and the cleaner, so we are 9", 9),
    ("employees", "שכחתי לספור את אחותי ואת המנקה, אז אנחנו 9", 9),
    ("employees", "אנחנו 9 עובדים, לא 12", 9),
    ("employees", "שכחתי לספור את אחותי ואת המנקה, אנחנו בעצם 9", 9),
    ("customers_now", "there are 210 customers now, I entered 120", 210),
    ("customers_now", "יש 210 לקוחות היום, הקלדתי 120 בטעות", 210),
]


@pytest.mark.parametrize(("slot", "text", "value"), NUMBERS, ids=lambda x: str(x)[:50])
async def test_the_new_number(catalog: Catalog, slot: str, text: str, value: Any) -> None:
    parser = Says({"change": 0.95}, targets={"change": {slot: 0.9, "-": 0.05}})
    reading = reading_as_json(await reader_with(catalog, parser).read(text, "sector"))
    assert (reading["act"], reading["target"]) == ("change", slot)
    assert reading["slots"] == {slot: value}


async def test_only_the_old_number(catalog: Catalog) -> None:
    parser = Says({"change": 0.95}, targets={"change": {"monthly_budget": 0.9}})
    text = "fix my budget, I typed 900 by mistake"
    reading = reading_as_json(await reader_with(catalog, parser).read(text, "sector"))
    assert (reading["act"], reading["target"], reading["slots"]) == ("change", "monthly_budget", {})


NAMES = [
    ("the name you have is wrong, it should be Leah's Corner", "Leah's Corner"),
    ("change our business name to Blue Door please", "Blue Door"),
    ("the name is Rosie's, not Rosy's", "Rosie's"),
    ("correct the name: it should be Why Not", "Why Not"),
    ("צריך לתקן את שם העסק, צריך להיות מאפה תאווה", "מאפה תאווה"),
    ("לשנות את השם לבית הלחם", "בית הלחם"),
    ("השם הנכון הוא קפה גן ולא קפה גל", "קפה גן"),
    ("change the name to Fix It", "Fix It"),
    ("the business name is wrong", None),
    ("the business name is spelled wrong, fix it", None),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
async def test_the_right_name(catalog: Catalog, text: str, name: str | None) -> None:
    parser = Says({"change": 0.95}, targets={"change": {"business_name": 0.9}})
    reading = reading_as_json(await reader_with(catalog, parser).read(text, "sector"))
    assert (reading["act"], reading["target"]) == ("change", "business_name")
    assert reading["slots"] == ({"business_name": name} if name else {})


async def test_the_clause_that_says_what_is_so(catalog: Catalog) -> None:
    flood = {"disaster": 0.9, "economy": 0.1}
    other = {"disaster": 0.1, "economy": 0.9}
    parser = Says(
        {"change": 0.95},
        {"crisis": other},
        {"change": {"crisis": 0.9}},
        clauses=[
            ("it was the fire", {"crisis": 0.9}, {"crisis": flood}),
            ("not the economy like I said", {"crisis": 0.9}, {"crisis": other}),
            ("please update", {"change": 0.9}, {"crisis": other}),
        ],
    )
    text = "it was the fire, not the economy like I said, please update"
    reading = reading_as_json(await reader_with(catalog, parser).read(text, "sector"))
    assert reading["slots"] == {"crisis": "disaster"}


SAID_AGAIN = [
    ("revenue_before", "ninety thousand shekels, say 95", ils(95_000)),
    ("revenue_now", "$40k, sorry, 45", {"amount": 45_000, "currency": "USD"}),
    ("average_sale", "$40, no wait, 45", {"amount": 45, "currency": "USD"}),
    ("stock_cover", "four weeks, sorry, five", 35),
    ("stock_cover", "ארבעה שבועות, סליחה, חמישה", 35),
    ("revenue_now", "30 אלף, נגיד 35", ils(35_000)),
    ("monthly_budget", "2 thousand, rather 500", ils(500)),
    ("customers_now", "200, say 210", 210),
    ("revenue_now", "60 thousand, sorry, 70, no wait, 75", ils(75_000)),
    ("churn_share", "60 of 240", 25),
]


@pytest.mark.parametrize(("question", "text", "value"), SAID_AGAIN, ids=lambda x: str(x)[:50])
async def test_a_unit_said_once(catalog: Catalog, question: str, text: str, value: Any) -> None:
    reading = await reader_with(catalog, Says({question: 0.9})).read(text, question)
    assert reading_as_json(reading)["slots"] == {question: value}


async def test_what_was_told_before_comes_along(catalog: Catalog) -> None:
    parser = Says({"change": 0.95}, targets={"change": {"customers_now": 0.9}})
    reading = await reader_with(catalog, parser).read("i said 70 customers it was 75", "sector")
    assert (reading.answers["customers_now"].value, reading.told) == (75, (70,))
