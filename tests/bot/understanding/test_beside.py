"""What stands beside the answer: what is denied, plain words that state a slot, lists of people
over several clauses, numbers that belong together, and contrasted numbers of another slot."""

from typing import Any

import pytest

from advisor.catalog import Catalog
from bot.understanding import plainly
from bot.understanding.amounts import Amount, tense
from bot.understanding.lines import reading_as_json
from bot.understanding.quantities import read_quantities
from bot.understanding.words import load_words
from tests.bot.understanding.parsers import Away, Says, reader_with

CAUSES = [
    ("closed since the flood", "disaster"),
    ("סגור מאז ההצפה", "disaster"),
    ("since the war I lost a third", "war"),
    ("מאז שהתחילו הטילים אף אחד לא בא", "war"),
    ("half price because of covid", "pandemic"),
    ("בגלל יוקר המחיה קונים פחות", "economy"),
    ("had 400 before the war", None),
    ("not because of the war, they dug up the road", None),
    ("it isn't because of the war", None),
    ("since the new shop opened, war or no war", None),
    ("after the summer, a fire sale", None),
    ("since the war and because of the flood", None),
]


@pytest.mark.parametrize(("text", "crisis"), CAUSES)
def test_what_happened_since(text: str, crisis: str | None) -> None:
    assert plainly.cause(text, load_words()) == crisis


ALONE = [
    ("a plumber, on my own", True),
    ("im a plumber i work alone", True),
    ("a personal trainer just me nobody else", True),
    ("one man show", True),
    ("אינסטלטור, לבד", True),
    ("סטודיו קטן ואני לבד בעסק", True),
    ("רק אני, בלי עובדים", True),
    ("just me and my wife", False),
    ("it's not just me", False),
    ("רק אני ואשתי", False),
    ("only i know who left", False),
    ("leave me alone", False),
]


@pytest.mark.parametrize(("text", "alone"), ALONE)
def test_who_works_alone(text: str, alone: bool) -> None:
    assert plainly.alone(text, load_words()) is alone


async def read(catalog: Catalog, parser: Says | Away, text: str, asked: str | None) -> Any:
    return reading_as_json(await reader_with(catalog, parser).read(text, asked))


TOOLS = {"website": 0.1, "newsletter": 0.1, "social_ads": 0.1, "booking": 0.1, "none": 0.1}


@pytest.mark.parametrize(
    "denied",
    [
        "never paid for ads",
        "we thought about ads",
        "there's no budget for ads",
        "gave up on ads",
        "ויתרנו על פרסום ממומן",
        "שקלתי פרסום ממומן",
    ],
)
async def test_what_was_never_done_is_no_option(catalog: Catalog, denied: str) -> None:
    digital = {"digital_tools": 0.9}
    both = {"digital_tools": {**TOOLS, "website": 0.9, "newsletter": 0.8}}
    ads = {"digital_tools": {**TOOLS, "social_ads": 0.6}}
    parser = Says(
        digital,
        {"digital_tools": {**TOOLS, "website": 0.9, "newsletter": 0.8, "social_ads": 0.6}},
        clauses=[("website and mails", digital, both), (denied, digital, ads)],
    )
    got = await read(catalog, parser, f"website and mails, {denied}", "digital_tools")
    assert got["slots"] == {"digital_tools": ["newsletter", "website"]}


async def test_none_of_one_thing_takes_nothing_away(catalog: Catalog) -> None:
    """'Never paid for an ad' looks like 'none' by itself."""
    said = {"advertising": 0.9}
    shares = {"referral": 0.1, "social": 0.1, "none": 0.1}
    parser = Says(
        said,
        {"advertising": {**shares, "referral": 0.4, "none": 0.5}},
        clauses=[
            ("word of mouth", said, {"advertising": {**shares, "referral": 0.8}}),
            ("never a penny on it", said, {"advertising": {**shares, "none": 0.85}}),
        ],
    )
    got = await read(catalog, parser, "word of mouth, never a penny on it", "advertising")
    assert got["slots"] == {"advertising": ["referral"]}


async def test_each_clause_may_name_an_option(catalog: Catalog) -> None:
    """Also one that the whole message hardly names."""
    said = {"weak_links": 0.9}
    shares = {"staff": 0.1, "stock": 0.1, "logistics": 0.1, "none": 0.0}
    parser = Says(
        said,
        {"weak_links": {**shares, "stock": 0.7}},
        clauses=[
            ("the vans break down", said, {"weak_links": {**shares, "logistics": 0.45}}),
            ("the storeroom is empty", said, {"weak_links": {**shares, "stock": 0.9}}),
        ],
    )
    text = "the vans break down, and the storeroom is empty"
    got = await read(catalog, parser, text, "weak_links")
    assert got["slots"] == {"weak_links": ["logistics", "stock"]}


@pytest.mark.parametrize(
    ("text", "clauses", "people"),
    [
        ("a bakery, just me and my wife plus two lads", ["just me", "and my wife"], 4),
        ("florist, just me and my mum, war killed it", ["just me"], 2),
    ],
)
async def test_a_list_of_people_goes_on(
    catalog: Catalog, text: str, clauses: list[str], people: int
) -> None:
    rest = [
        p for p in ("a bakery", "florist", *clauses, "and my mum", "plus two lads") if p in text
    ]
    sector = {"sector": {"shop": 0.5, "restaurant": 0.5}}
    topics = [{"sector": 0.95} if p in ("a bakery", "florist") else {} for p in rest]
    for place, piece in enumerate(rest):
        if piece in clauses:
            topics[place] = {"employees": 0.95}
    parser = Says({"employees": 0.6}, clauses=list(zip(rest, topics, [sector] * 9, strict=False)))
    got = await read(catalog, parser, text, None)
    assert got["slots"]["employees"] == people


PAIRS = [
    ("12 clients instead of 40", 12, 40),
    ("thirty customers out of eighty", 30, 80),
    ("היום 12 לקוחות במקום 40 שהיו", 12, 40),
    ("30 לקוחות מתוך 80", 30, 80),
    ("went from 80 customers to roughly 30", 30, 80),
    ("היו מאתיים לקוחות היום אולי תשעים", 90, 200),
]


@pytest.mark.parametrize(("text", "now", "before"), PAIRS)
def test_numbers_of_now_and_of_before(text: str, now: int, before: int) -> None:
    amounts = [Amount(q.value, q.start, q.end) for q in read_quantities(text)]
    times = {tense(text, one, amounts, load_words()): one.value for one in amounts}
    assert (times["now"], times["before"]) == (now, before)


GUESSES = [
    ("cash_runway", "2 months maybe 10 weeks", 70),
    ("cash_runway", "חודשיים, אולי 10 שבועות", 70),
    ("cash_runway", "a month, maybe a month and a half", 37.5),
    ("cash_runway", "חודש, אולי חודש וחצי", 37.5),
    ("customers_now", "20, maybe 24", 22),
    ("customers_before", "היו מאתיים ומשהו נגיד מאתיים ועשרים", 220),
]


@pytest.mark.parametrize(("slot", "text", "value"), GUESSES)
async def test_a_second_guess(catalog: Catalog, slot: str, text: str, value: float) -> None:
    got = await read(catalog, Away(), text, slot)
    assert got["slots"] == {slot: value}


CONTRASTS = [
    ("more like 45 percent of our customers left us not 30", "churn_share", 45),
    ("הלקוחות היום זה 65 ולא 56", "customers_now", 65),
    ("we had 520 customers before, not 250", "customers_before", 520),
]


@pytest.mark.parametrize(("text", "slot", "value"), CONTRASTS)
async def test_contrasted_numbers_of_another_slot_correct_it(
    catalog: Catalog, text: str, slot: str, value: int
) -> None:
    """Without a word that says so, and where the model hardly thinks of a correction."""
    parser = Says({slot: 0.05, "change": 0.2}, targets={"change": {slot: 0.9}})
    got = await read(catalog, parser, text, "advertising")
    assert (got["act"], got["target"], got["slots"]) == ("change", slot, {slot: value})


async def test_a_first_message_that_tells_several_things_corrects_nothing(
    catalog: Catalog,
) -> None:
    change = {"change": 0.95}
    parser = Says(
        change,
        targets={"change": {"customers_now": 0.9}},
        clauses=[
            ("after the fire", {"crisis": 0.9}, {"crisis": {"disaster": 0.9, "war": 0.1}}),
            ("12 customers", {"customers_now": 0.9}, {}),
            ("instead of 40", {"customers_before": 0.9}, {}),
        ],
    )
    got = await read(catalog, parser, "after the fire I have 12 customers, instead of 40", None)
    assert got["act"] == "inform"
    assert got["slots"]["crisis"] == "disaster"


NAMES = [
    ("We're Dovecote Ceramics, we make plates", "Dovecote Ceramics"),
    ("we're Green Door Bakery. four of us", "Green Door Bakery"),
    ("אנחנו גן פרטי בשם פינת חמד, חמש נשות צוות", "פינת חמד"),
    ("We're Israeli, and we sell shoes", None),
    ("we're happy with it", None),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
async def test_a_name_that_was_not_asked_for(catalog: Catalog, text: str, name: str | None) -> None:
    got = await read(catalog, Says({"sector": 0.3, "employees": 0.3}), text, None)
    assert got["slots"].get("business_name") == name
