"""Sums of money as owners tell them, beside numbers that are no answer."""

from typing import Any

import pytest

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json
from bot.understanding.quantities.lexicon import lexicon
from tests.bot.understanding.parsers import Away, reader_with

SUMS: list[tuple[str, str, float, str]] = [
    # currencies
    ("revenue_before", "two hundred thousand rand", 200_000, "ZAR"),
    ("revenue_now", "40 אלף דינר", 40_000, "JOD"),
    ("monthly_budget", "CHF 1,200", 1200, "CHF"),
    ("average_sale", "45 canadian dollars", 45, "CAD"),
    # what others say, ask or think
    ("monthly_budget", "a consultant wanted two grand for that, i've got one fifty", 150, "ILS"),
    ("revenue_now", "my accountant says 40k but I'd say 35k", 35_000, "ILS"),
    ("average_sale", "they charge 60, we charge 75", 75, "ILS"),
    ("revenue_now", "הרו״ח אומר 40 אלף, אני אומר 35", 35_000, "ILS"),
    # what one day brought
    ("revenue_now", "35 thousand usually, yesterday was 2200, today not even 300", 35_000, "ILS"),
    ("revenue_now", "בערך 40 אלף, אתמול נכנסו 900", 40_000, "ILS"),
    # how many things there are
    ("revenue_before", "בין 40 ל-50 אלף. אז היינו שלושה סניפים", 45_000, "ILS"),
    ("monthly_budget", "I have 3 kids so max 200", 200, "ILS"),
    ("revenue_now", "5 figures, about 40k", 40_000, "ILS"),
    # what is paid out of it
    ("revenue_now", "I pay 12k rent and bring in 40k", 40_000, "ILS"),
    ("revenue_now", "rent is 12k, turnover 40k", 40_000, "ILS"),
    ("revenue_now", "turnover 40k rent 12k", 40_000, "ILS"),
    ("revenue_now", "רווח 8 אלף על מחזור של 40 אלף", 40_000, "ILS"),
    ("average_sale", "avg pair forty five", 45, "ILS"),
    ("average_sale", "זוג נעליים 300", 300, "ILS"),
    # days that are worked, and branches
    ("revenue_now", "5000 ליום, 26 ימים בחודש", 130_000, "ILS"),
    ("revenue_now", "$300 a day, five days a week", 6500, "USD"),
    ("revenue_before", "50 thousand a branch, two branches", 100_000, "ILS"),
    # good times and bad ones
    ("revenue_before", "90k in a good month and 50k in a bad one", 70_000, "ILS"),
    ("revenue_before", "90k in a good month, 50 in a slow month", 70_000, "ILS"),
    ("revenue_before", "בחודש טוב תשעים אלף, בחודש רע חמישים", 70_000, "ILS"),
    ("average_sale", "anything from 100 to 900, mostly around 250", 250, "ILS"),
    # hardly anything is still something
    ("monthly_budget", "practically nothing, 300 shekels", 300, "ILS"),
    ("revenue_now", "כמעט כלום, איזה 900 שקל בחודש", 900, "ILS"),
    ("revenue_now", "almost nothing. 40k before", 0, "ILS"),
    # parts that add up, and things at so much each
    ("revenue_now", "20k from the shop and 10k online", 30_000, "ILS"),
    ("revenue_now", "20 אלף מהחנות ועוד 10 אלף אונליין", 30_000, "ILS"),
    ("average_sale", "usually 3 items at 40 each", 120, "ILS"),
    # the average among prices
    ("average_sale", "8 שקל לבורקס, 20 לארוחה, בממוצע 15", 15, "ILS"),
    ("average_sale", "8 shekels for a pastry, 20 for a meal, 15 on average", 15, "ILS"),
    ("average_sale", "80 for a cut, sometimes 300, usually 140", 140, "ILS"),
    # prices with cents, and ranges
    ("average_sale", "fifty nine ninety", 59.9, "ILS"),
    ("average_sale", "forty fifty", 45, "ILS"),
    ("average_sale", "fifty to ninety", 70, "ILS"),
    ("average_sale", "חמישים לתשעים", 70, "ILS"),
    ("average_sale", "9,50 €", 9.5, "EUR"),
    ("revenue_now", "30,40 אלף", 35_000, "ILS"),
    ("revenue_now", "18,5 אלף", 18_500, "ILS"),
    ("revenue_now", "twenty, thirty thousand", 25_000, "ILS"),
    ("revenue_before", "מאתיים אלף, אולי מאתיים חמישים", 225_000, "ILS"),
    ("monthly_budget", "a thousand or two", 1500, "ILS"),
    # in the scale that was said once
    ("revenue_before", "50 אלף, פעם היה 120", 120_000, "ILS"),
    ("revenue_now", "90 thousand before, now 40", 40_000, "ILS"),
    # in full
    ("revenue_now", "18. אלף כמובן, לא מיליון", 18_000, "ILS"),
    ("revenue_now", "35.000", 35_000, "ILS"),
    ("revenue_now", "35'000", 35_000, "ILS"),
    ("revenue_before", "מיליון ומאתיים בשנה", 100_000, "ILS"),
    ("monthly_budget", "a grand and a half", 1500, "ILS"),
    # today's, where the time was named
    ("monthly_budget", "last year I spent 2000, today 500", 500, "ILS"),
]


@pytest.mark.parametrize(("question", "text", "amount", "currency"), SUMS)
async def test_sum(
    catalog: Catalog, question: str, text: str, amount: float, currency: str
) -> None:
    read = reading_as_json(await reader_with(catalog, Away()).read(text, question))["slots"]
    value: dict[str, Any] = read[question]
    assert (value["amount"], value["currency"]) == (pytest.approx(amount), currency)


def test_every_currency_has_a_rate(catalog: Catalog) -> None:
    """A budget in a currency without one would count as nothing."""
    codes = set(lexicon().currencies.values()) - {"ILS"}
    assert {code for code in codes if f"rate_{code.lower()}" not in catalog.parameters} == set()
