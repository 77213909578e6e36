"""Numbers in the light of the question, with Rasa away: "only 60% stayed" is 40% of churn."""

from typing import Any

import pytest
from parsers import Away, reader_with

from advisor.catalog import Catalog
from advisor.model import Money
from bot.understanding.lines import reading_as_json
from bot.understanding.reader import MessageReader


def ils(amount: float) -> dict[str, Any]:
    return {"amount": amount, "currency": "ILS"}


ANSWERS = [
    # people add up, and the owner counts
    ("employees", "me, my sister and three drivers", 5),
    ("employees", "אני ועוד שני מוכרים", 3),
    ("employees", "a cook and four waiters", 5),
    ("employees", "we were eight, I let two go", 6),
    ("employees", "six including me", 6),
    ("employees", "seven with my wife", 7),
    ("employees", "שבעה עם אשתי", 7),
    ("employees", "two cooks with my wife", 3),
    ("employees", "אני עם אשתי", 2),
    ("employees", "four people work with me", 5),
    ("employees", "עובדים איתי שתי בנות", 3),
    ("employees", "it was 20, not 10", 20),
    ("employees", "I work alone", 1),
    ("employees", "בין 7 ל-10", 9),
    ("staff_gap", "a plumber and two helpers", 3),
    ("staff_gap", "nobody", 0),
    # what the owner came to, not what was said first
    ("customers_now", "300, sorry, 330", 330),
    ("customers_now", "it was 90 in spring, today it's 70", 70),
    ("customers_before", "it was 90, today it's 70", 90),
    ("average_sale", "80 ולא 90", ils(80)),
    ("monthly_budget", "36 אלף לשנה, כלומר 3000 לחודש", ils(3000)),
    ("revenue_before", "600 thousand a year", ils(50_000)),
    # hours
    ("hours_per_week", "3 hours a day, four days", 12),
    ("hours_per_week", "שעתיים ביום", 10),
    ("hours_per_week", "8 hours", 8),
    # shares, said either way round
    ("churn_share", "yes, about a third", 33.33),
    ("churn_share", "only 70% stayed", 30),
    ("churn_share", "נשארו 90 אחוז", 10),
    ("churn_share", "we lost 50 of 250", 20),
    ("contact_fresh", "a quarter of them are wrong", 75),
    ("contact_fresh", "כולם", 100),
    ("online_share", "90% in the shop", 10),
    ("gross_margin", "materials cost 60%", 40),
    # durations
    ("cash_runway", "חודש וחצי", 45),
    ("cash_runway", "5", 150),
    ("stock_cover", "10", 10),
    ("stock_cover", "we don't carry stock", 0),
    ("stock_cover", "המדפים ריקים", 0),
    ("cash_runway", "we're already in the red", 0),
    ("cash_runway", "אנחנו במינוס, עוד חודש נחזיק", 30),
    ("supplier_delay", "no delays, always on time", 0),
    ("stock_cover", "week and a half", 10.5),
    ("cash_runway", "שנה וחצי", 547.5),
    # a sum that is said beats adding up; what isn't people doesn't count
    ("employees", "cab company, 9 cars, 12 of us including me", 12),
    ("employees", "מספרה, 4 כיסאות, אנחנו שלושה", 3),
    ("employees", "three branches, 15 people", 15),
    ("employees", "5 employees inc me", 5),
    ("employees", "my wife, my son, so we are 3", 3),
    ("employees", "אשתי ושני טבחים, סך הכל 4", 4),
    ("employees", "we are 3 and two part-timers", 5),
    ("employees", "אנחנו שלושה עובדים ושתי מתמחות", 5),
    ("staff_gap", "the driver quit and the cook is ill so that makes two", 2),
    ("staff_gap", "מכונאי עזב והשוליה במילואים, אז יוצא שניים", 2),
    # a part of those told, or those of once, don't add up
    ("employees", "we're six, two of them family", 6),
    ("employees", "8 people, three of those part time", 8),
    ("employees", "אנחנו ארבעה, אחד מהם הבן שלי", 4),
    ("employees", "תשעה עובדים, מתוכם ארבע נשים", 9),
    ("employees", "3 now, there were 8 before", 3),
    ("staff_gap", "four, two of them drivers", 4),
    # nothing, whatever is told after it
    ("staff_gap", "None. We let two go last year", 0),
    ("staff_gap", "אף אחד, שניים עזבו בקיץ ומצאנו במקומם", 0),
    ("monthly_budget", "nothing, we spent 900 on signs", ils(0)),
    ("staff_gap", "none, sorry, two", 2),
    ("staff_gap", "nobody... well maybe 2", 2),
    # suppliers that are counted are no share, but where each has the same
    ("top_supplier_share", "I buy from five guys, same from each", 20),
    ("top_supplier_share", "ארבעה ספקים, שווה בשווה", 25),
    ("top_supplier_share", "30 from the main one", 30),
    # 'was' tells of before only where nothing else tells of a time
    ("revenue_now", "last month was 14 thousand shekels", ils(14_000)),
    # a slip that is put right at once is the answer's
    ("average_sale", "120, sorry 210, I looked at the wrong column", ils(210)),
    # prices in words, and a currency said once
    ("average_sale", "about fourteen ninety-five each", ils(14.95)),
    ("average_sale", "coffee and a cake, nine dollars fifty", {"amount": 9.5, "currency": "USD"}),
    ("average_sale", "שתים עשרה תשעים", ils(12.9)),
    ("average_sale", "7 שקל וחצי", ils(7.5)),
    (
        "revenue_before",
        "$2.4m a year so two hundred grand a month",
        {"amount": 200_000, "currency": "USD"},
    ),
    ("revenue_before", "480 thousand a year, that's 40 a month", ils(40_000)),
    ("revenue_before", "seventy something thousand, say 75", ils(75_000)),
    ("revenue_before", "שבעים ומשהו אלף, נגיד 75", ils(75_000)),
    ("revenue_before", "בין 70 ל-90 אלף", ils(80_000)),
    # none, with a remark
    ("email_list", "we don't send any, never did", 0),
    ("email_list", "לא שולחים כלום", 0),
    ("email_list", "nada, never got round to it", 0),
    ("email_list", "שום דבר, חבל על הזמן", 0),
    ("revenue_now", "אפס, סגורים", ils(0)),
    ("email_list", "we don't send much, 250", 250),
    # other digits
    ("email_list", "١٢٠", 120),
]


@pytest.mark.parametrize(("question", "text", "value"), ANSWERS, ids=lambda x: str(x)[:40])
async def test_number(catalog: Catalog, question: str, text: str, value: Any) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    got = reading_as_json(reading)["slots"].get(question)
    if isinstance(value, float):
        assert got == pytest.approx(value, abs=0.1)
    else:
        assert got == value


@pytest.mark.parametrize("text", ["four suppliers", "יש לי חמישה ספקים"])
async def test_suppliers_that_are_counted_are_no_share(catalog: Catalog, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, "top_supplier_share")).answers == {}


TURNOVER = [
    ("45", [45_000, 45]),
    ("בערך 45, תלוי בחודש", [45_000, 45]),
    ("450 shekels", []),
    ("45 thousand", []),
    ("4500", []),
    ("0", []),
]


@pytest.mark.parametrize(("text", "offered"), TURNOVER)
async def test_a_bare_small_turnover_is_asked_about(
    catalog: Catalog, text: str, offered: list[float]
) -> None:
    reading = await reader_with(catalog, Away()).read(text, "revenue_now")
    values = [answer.value for answer in reading.alternatives]
    assert [value.amount for value in values if isinstance(value, Money)] == offered


async def test_a_bare_number_of_time_is_asked_about(catalog: Catalog) -> None:
    reading = await reader_with(catalog, Away()).read("3", "cash_runway")
    assert [answer.value for answer in reading.alternatives] == [3, 90]


@pytest.mark.parametrize(
    "text", ["אין לנו מושג כמה", "we don't have any idea", "no records at all"]
)
async def test_not_knowing_is_not_none(catalog: Catalog, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, "email_list")).answers == {}


async def test_a_range_keeps_its_ends(catalog: Catalog) -> None:
    reading = await reader_with(catalog, Away()).read("about 30 to 40 percent", "gross_margin")
    answer = reading.answers["gross_margin"]
    assert (answer.value, answer.low, answer.high) == (35, 30, 40)


async def test_a_currency_of_its_own(catalog: Catalog) -> None:
    reading = await MessageReader(catalog, Away(), currency="EUR").read("500", "monthly_budget")
    assert reading_as_json(reading)["slots"]["monthly_budget"] == {
        "amount": 500,
        "currency": "EUR",
    }


@pytest.mark.parametrize("text", ["0", "zero", "אפס"])
async def test_none_is_none_in_any_unit(catalog: Catalog, text: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, "cash_runway")
    assert (reading.answers["cash_runway"].value, reading.alternatives) == (0, ())


@pytest.mark.parametrize("text", ["לפני שנה וחצי", "a year and a half ago"])
async def test_half_of_a_time_is_no_share(catalog: Catalog, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, "churn_share")).answers == {}


@pytest.mark.parametrize("text", ["כמעט כולם", "almost all of them", "nearly everyone, the lot"])
async def test_almost_all_is_not_all(catalog: Catalog, text: str) -> None:
    answer = (await reader_with(catalog, Away()).read(text, "churn_share")).answers["churn_share"]
    assert answer.value == 90
