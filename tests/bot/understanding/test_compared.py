"""Days beside days and prices beside prices: how late something comes, and who is cheaper."""

import pytest
from parsers import Away, Says, reader_with

from advisor.catalog import Catalog
from bot.understanding.dearer import worded
from bot.understanding.lines import reading_as_json
from bot.understanding.words import load_words

LATE = [
    ("promised for Monday, comes on Wednesday", 2),
    ("they say Sunday and it turns up Thursday", 4),
    ("comes on Friday instead of Tuesday", 3),
    ("due Thursday, arrives Sunday", 3),
    ("promised Tuesday, arrives Thursday the week after", 9),
    ("promised the 2nd of May, came the 12th", 10),
    ("arrived April 20 though it was due April 6", 14),
    ("due 28/2, got it 7/3", 7),
    ("due 3/1, arrived 3/15", 14),
    ("it was due the 25th of December and came January 4", 10),
    ("מבטיחים ליום שני ומביאים רק ביום רביעי", 2),
    ("אמור להגיע בראשון ומגיע בחמישי", 4),
    ("אמור להגיע ביום ה' ומגיע ביום א'", 3),
    ("הובטח ל-2 במאי והגיע ב-12 במאי", 10),
    ("הגיע ב-20 לחודש במקום ב-12", 8),
    ("should be 20 days and takes 30, so ten", 10),
    ("they promise a week and it takes two", 7),
    ("מבטיחים שבוע ובפועל לוקח שלושה", 14),
    ("they promised it'd be better, still 5 days", 5),
    ("ארבעה ימים", 4),
    ("always on time", 0),
]


@pytest.mark.parametrize(("text", "days"), LATE)
async def test_how_late(catalog: Catalog, text: str, days: float) -> None:
    reading = await reader_with(catalog, Away()).read(text, "supplier_delay")
    assert reading_as_json(reading)["slots"] == {"supplier_delay": days}


NOT_LATE = [
    "they deliver on Sunday and Thursday",
    "מגיעים בראשון ובחמישי",
    "promised Monday, comes Monday",
    "it comes on Tuesday",
    "promised for Sunday",
]


@pytest.mark.parametrize("text", NOT_LATE)
async def test_no_delay_is_told(catalog: Catalog, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, "supplier_delay")).answers == {}


PRICES = [
    ("what's 80 at mine is 110 next door", "cheaper"),
    ("70 here, 95 across the street", "cheaper"),
    ("others take 150, I'm at 120", "cheaper"),
    ("I charge 90, elsewhere it's 70", "pricier"),
    ("a haircut at my place is 80, the guy down the road takes 60", "pricier"),
    ("the chain sells it for 60 shekels and mine is 75", "pricier"),
    ("mine's 50, theirs is 50", "similar"),
    ("20 shekels under the place next door", "cheaper"),
    ("about 15 more than the competitors", "pricier"),
    ("they're 30 shekels under me", "pricier"),
    ("אצלנו 20 שקל פחות מאשר אצל המתחרה", "cheaper"),
    ("מה שאצלי ב-80 אצלם 110", "cheaper"),
    ("אני לוקח 300, המתחרים 250", "pricier"),
    ("ברשתות זה 40 שקל ואצלי 55", "pricier"),
    ("אצלנו 100 ואצל המתחרה 100", "similar"),
]


@pytest.mark.parametrize(("text", "option"), PRICES)
async def test_two_prices(catalog: Catalog, text: str, option: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, "price_position")
    assert reading_as_json(reading)["slots"] == {"price_position": option}


NO_PRICES = [
    "we have 20 customers, they have 50",
    "we charge 90, sometimes 120",
    "I've been here 20 years, 3 competitors",
    "we take $90, they take 80 euros",
]


@pytest.mark.parametrize("text", NO_PRICES)
async def test_no_two_prices(catalog: Catalog, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, "price_position")).answers == {}


IN_WORDS = [
    ("we're pricier than the salon next door", "pricier"),
    ("they are cheaper than us", "pricier"),
    ("the chains are more expensive", "cheaper"),
    ("cheaper than the others for sure", "cheaper"),
    ("אנחנו יותר יקרים מהשאר", "pricier"),
    ("ברשת זה יותר זול", "pricier"),
    ("המתחרים יקרים יותר ממני", "cheaper"),
    ("אצלנו הכי זול בשכונה", "cheaper"),
]
LIKELIER = {"similar": 0.9, "cheaper": 0.05, "pricier": 0.05}


@pytest.mark.parametrize(("text", "option"), IN_WORDS)
@pytest.mark.parametrize("question", ["price_position", "habit_changes"])
async def test_words_alone_compare(catalog: Catalog, text: str, option: str, question: str) -> None:
    about = {"price_position": 0.97, "habit_changes": 0.001}
    options = {"price_position": LIKELIER, "habit_changes": {"delivery": 0.3, "none": 0.3}}
    reading = await reader_with(catalog, Says(about, options)).read(text, question)
    assert reading_as_json(reading)["slots"] == {"price_position": option}


NOT_SAID = ["we're not cheaper", "they say it's expensive", "customers want it cheaper", "זול"]


@pytest.mark.parametrize("text", NOT_SAID)
def test_words_that_do_not_say_whose_price_is_higher(text: str) -> None:
    assert worded(text, load_words()) is None
