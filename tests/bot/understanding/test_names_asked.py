"""Names: with a company's suffix whatever else they say, and in the middle of other statements."""

import pytest
from parsers import Away, Says, reader_with

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json
from bot.understanding.names import surely
from bot.understanding.words import load_words

SIGNED = [
    "Thank You So Much Ltd",
    'שלום ולהתראות בע"מ',
    "Start Over And Over Inc.",
    "די לנו כבר ובניו",
]


@pytest.mark.parametrize("text", SIGNED)
async def test_a_suffix_makes_a_name(catalog: Catalog, text: str) -> None:
    parser = Says({"thanks": 0.95})
    reading = reading_as_json(await reader_with(catalog, parser).read(text, "business_name"))
    assert reading["slots"] == {"business_name": text.rstrip(".") if "." in text else text}


async def test_thanks_without_a_suffix(catalog: Catalog) -> None:
    parser = Says({"thanks": 0.95})
    reading = await reader_with(catalog, parser).read("thank you so much indeed", "business_name")
    assert reading.answers == {}


AMID = [
    ("small garage, called Fix It, four of us", "Fix It"),
    ("we run a bakery called Rising Sun and we're three", "Rising Sun"),
    ("three of us, the name's Halo", "Halo"),
    ("מוסך קטן, קוראים לו הגלגל, ואנחנו ארבעה", "הגלגל"),
    ("חנות פרחים שקוראים לה פרחי חן ויש לנו שתי עובדות", "פרחי חן"),
    ("אנחנו 3, השם הוא סטודיו נועה", "סטודיו נועה"),
    ("I've got a food truck called Bun Voyage, just me", "Bun Voyage"),
    ("בוקר טוב יש לי מאפייה קטנה בצפת קוראים לה לחם חוק", "לחם חוק"),
]


@pytest.mark.parametrize(("text", "name"), AMID)
async def test_in_the_middle(catalog: Catalog, text: str, name: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, "business_name")
    assert reading_as_json(reading)["slots"]["business_name"] == name
    assert surely(text, load_words()) == name


@pytest.mark.parametrize(
    "text",
    [
        "a customer called yesterday",
        "my wife, called Dana, helps",
        "אשתי, קוראים לה דנה",
        "יש פינה שקוראים לה ספריה",
    ],
)
def test_somebody_else(text: str) -> None:
    assert surely(text, load_words()) is None


@pytest.mark.parametrize("text", ["why do you need the name", "what for"])
async def test_a_question_back_is_no_name(catalog: Catalog, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, "business_name")).act == "why"


BEFORE_MORE = [
    ("Sunny Kids and I am so stressed", "Sunny Kids"),
    ("פיצה נאפולי ואנחנו ממש לבד", "פיצה נאפולי"),
    ("Mum and I", "Mum and I"),
    ("אמא ואני", "אמא ואני"),
]


@pytest.mark.parametrize(("text", "name"), BEFORE_MORE)
async def test_what_follows_a_plain_name(catalog: Catalog, text: str, name: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, "business_name")
    assert reading_as_json(reading)["slots"] == {"business_name": name}


UNNAMED = {
    "we don't have a name yet": None,
    "אין לנו שם": None,
    "no name really, everyone calls it Dana's corner": "Dana's corner",
    "אין שם, פשוט הפינה של דנה": "הפינה של דנה",
    "No Name": "No Name",
    "בלי שם": "בלי שם",
}


@pytest.mark.parametrize(("text", "name"), UNNAMED.items())
async def test_a_business_without_a_name(catalog: Catalog, text: str, name: str | None) -> None:
    reading = reading_as_json(await reader_with(catalog, Away()).read(text, "business_name"))
    assert reading["act"] == ("inform" if name else "skip")
    assert reading["slots"] == ({"business_name": name} if name else {})
