"""A message that speaks of something else than the question isn't pressed into an answer."""

import pytest
from parsers import Says, reader_with

from advisor.catalog import Catalog
from advisor.interview.inputs import Reading

ABOUT_PRICES = Says(
    {"price_requests": 0.98, "customer_type": 0.001},
    {
        "price_requests": {"often": 0.9, "sometimes": 0.05, "rarely": 0.05},
        "customer_type": {"consumers": 0.7, "businesses": 0.2, "both": 0.1},
    },
)


async def read(catalog: Catalog, parser: Says, text: str, question: str) -> Reading:
    return await reader_with(catalog, parser).read(text, question)


def values(reading: Reading) -> dict[str, object]:
    return {slot: answer.value for slot, answer in reading.answers.items()}


BEFORE = {"customers_before": 0.49, "revenue_before": 0.39}
NOW = {"revenue_now": 0.49, "customers_now": 0.35}


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("about 70 before october", "now like 40", {"customers_before": 70, "customers_now": 40}),
        ("היו 300 בחודש", "עכשיו 180", {"customers_before": 300, "customers_now": 180}),
        ("turnover was 400", "and now 250", {}),
    ],
)
async def test_two_bare_numbers_of_two_times_count_customers(
    catalog: Catalog, first: str, second: str, told: dict[str, int]
) -> None:
    options = {"customer_type": {"consumers": 0.5, "businesses": 0.4, "both": 0.1}}
    clauses = [(first, BEFORE, options), (second, NOW, options)]
    parser = Says({"customers_before": 0.67}, options, clauses=clauses)
    text = f"{first} {second}"
    assert values(await read(catalog, parser, text, "customer_type")) == told


@pytest.mark.parametrize("question", ["customer_type", "customers_now"])
async def test_what_answers_another_question_is_taken_as_that(
    catalog: Catalog, question: str
) -> None:
    reading = await read(catalog, ABOUT_PRICES, "they ask for less every single time", question)
    assert values(reading) == {"price_requests": "often"}
    assert reading.alternatives == ()


async def test_where_the_question_is_spoken_of_too_its_own_answer_stands(catalog: Catalog) -> None:
    parser = Says(
        {"price_requests": 0.5, "customer_type": 0.4},
        {**ABOUT_PRICES.options, "customer_type": {"consumers": 0.9, "both": 0.1}},
    )
    reading = await read(catalog, parser, "families, who ask for less", "customer_type")
    assert values(reading) == {"customer_type": "consumers"}


async def test_what_speaks_of_none_of_it_is_no_answer(catalog: Catalog) -> None:
    """The likeliest of a few options is always there; it is no reason to offer it."""
    parser = Says(
        {"revenue_before": 0.4, "monthly_budget": 0.3, "customer_type": 0.0001},
        {"customer_type": {"consumers": 0.5, "businesses": 0.4, "both": 0.1}},
    )
    reading = await read(catalog, parser, "well it was so and so", "customer_type")
    assert (reading.act, values(reading), reading.alternatives) == (None, {}, ())


@pytest.mark.parametrize(("text", "value"), [("no, we tried it once", False), ("כן, ניסינו", True)])
async def test_a_yes_or_a_no_at_the_head_answers_whatever_follows(
    catalog: Catalog, text: str, value: bool
) -> None:
    parser = Says(
        {"revenue_before": 0.9, "delivery_offered": 0.001},
        {"delivery_offered": {"true": 0.5, "false": 0.5}},
    )
    assert values(await read(catalog, parser, text, "delivery_offered")) == {
        "delivery_offered": value
    }


@pytest.mark.parametrize(("question", "read_as"), [("crisis", None), ("price_position", "pricier")])
async def test_a_sum_of_money_names_no_option_but_of_a_price(
    catalog: Catalog, question: str, read_as: str | None
) -> None:
    parser = Says(
        {question: 0.5},
        {
            "crisis": {"economy": 0.9, "war": 0.1},
            "price_position": {"pricier": 0.9, "similar": 0.1},
        },
    )
    assert values(await read(catalog, parser, "300 shekels", question)).get(question) == read_as


async def test_what_is_of_some_slot_is_not_sent_away(catalog: Catalog) -> None:
    """An answer to the question before, typed a second too late, is no request out of scope."""
    parser = Says({"average_sale": 0.62, "out_of_scope": 0.3})
    assert (await read(catalog, parser, "it is what they pay", "crisis")).act != "out_of_scope"


@pytest.mark.parametrize(("text", "offered"), [("פרטיים", ()), ("אנשים", ("consumers", "both"))])
async def test_a_part_of_one_label_leaves_no_doubt(
    catalog: Catalog, text: str, offered: tuple[str, ...]
) -> None:
    """Though the word stands in another label too: it is all but one word of the first."""
    parser = Says({"customer_type": 0.9}, {"customer_type": {"consumers": 0.55, "both": 0.4}})
    reading = await read(catalog, parser, text, "customer_type")
    assert values(reading) == {"customer_type": "consumers"}
    assert tuple(answer.value for answer in reading.alternatives) == offered


async def test_what_is_another_slots_number_names_no_option(catalog: Catalog) -> None:
    """ "5 hours" is what there is a week, and not that customers come at other hours."""
    parser = Says(
        {"hours_per_week": 0.95, "habit_changes": 0.03},
        {"habit_changes": dict.fromkeys(catalog.slots["habit_changes"].options, 0.1)},
    )
    assert values(await read(catalog, parser, "5 hours", "habit_changes")) == {"hours_per_week": 5}


STORIES = [
    ("hey so I run a small gym in Haifa, it is hard", {"sector": "fitness"}),
    ("יש לי מכון כושר קטן בחיפה וקשה", {"sector": "fitness"}),
    ("We Make Pasta", {"business_name": "We Make Pasta"}),
    ("The House of the Rising Sun Guest House", None),
]


@pytest.mark.parametrize(("text", "read_as"), STORIES)
async def test_who_tells_of_the_business_gives_no_name(
    catalog: Catalog, text: str, read_as: dict[str, str] | None
) -> None:
    parser = Says({"sector": 0.95}, {"sector": {"fitness": 0.9, "other": 0.1}})
    reading = await read(catalog, parser, text, "business_name")
    assert values(reading) == (read_as or {"business_name": text})


CREWS = [
    ("אני ובעלי והמנקה", 3),
    ("just me and my wife plus two lads", 4),
    ("אני, הגיס ועוד שתי בנות", 4),
]


@pytest.mark.parametrize(("text", "people"), CREWS)
@pytest.mark.parametrize("question", ["change_readiness", "cash_runway"])
async def test_who_works_there_is_no_cry_for_help(
    catalog: Catalog, text: str, people: int, question: str
) -> None:
    parser = Says({"distress": 0.46, "sector": 0.36}, {question: {"eager": 0.7, "willing": 0.3}})
    assert values(await read(catalog, parser, text, question)) == {"employees": people}


@pytest.mark.parametrize("text", ["a licensed fitter, just me", "מתקין מוסמך, רק אני"])
async def test_a_trade_beside_its_only_worker_is_no_crew(catalog: Catalog, text: str) -> None:
    trade, alone = text.split(", ")
    said = {"sector": dict.fromkeys(catalog.slots["sector"].options, 0.01) | {"home_services": 0.9}}
    clauses = [(trade, {"sector": 0.9}, said), (alone, {"employees": 0.95}, {})]
    parser = Says({"sector": 0.5, "employees": 0.4}, said, clauses=clauses)
    told = {"sector": "home_services", "employees": 1}
    assert values(await read(catalog, parser, text, "sector")) == told


async def test_what_hardly_speaks_of_a_trade_offers_none(catalog: Catalog) -> None:
    """Of fifteen options one is always the likeliest, and two could be offered for any message."""
    other = dict.fromkeys(catalog.slots["sector"].options, 0.03)
    unsure, sure = other | {"transport": 0.4, "events": 0.2}, other | {"transport": 0.95}
    for said, offered in ((unsure, False), (sure, True)):
        parser = Says({"churn_reasons": 0.7, "sector": 0.02}, {"sector": said})
        reading = await read(catalog, parser, "many went abroad", "sector")
        assert ("sector" in reading.answers or bool(reading.alternatives)) is offered


@pytest.mark.parametrize("text", ["180ish then", "40 אלף", "about 300"])
async def test_a_bare_number_names_no_option(catalog: Catalog, text: str) -> None:
    """Nor does it where the option would be sure: some option always is the likeliest."""
    said = dict.fromkeys(catalog.slots["crisis"].options, 0.02) | {"economy": 0.86}
    parser = Says({"customers_before": 0.5, "crisis": 0.02}, {"crisis": said})
    reading = await read(catalog, parser, text, "crisis")
    assert "crisis" not in reading.answers
    assert not reading.alternatives


async def test_what_is_told_beside_not_knowing_is_kept(catalog: Catalog) -> None:
    clauses = [("idk really", {"unsure": 0.9}, {}), ("now maybe 70", {"customers_now": 0.9}, {})]
    parser = Says({"unsure": 0.5, "customers_now": 0.4}, clauses=clauses)
    reading = await read(catalog, parser, "idk really, now maybe 70", "churn_share")
    assert values(reading) == {"customers_now": 70}


async def test_a_word_such_as_want_names_no_option(catalog: Catalog) -> None:
    """It stands in a label ("They want delivery"), and says nothing of it."""
    options = dict.fromkeys(catalog.slots["habit_changes"].options, 0.1) | {"delivery": 0.3}
    parser = Says({"habit_changes": 0.9}, {"habit_changes": options})
    reading = await read(catalog, parser, "they want more say in it", "habit_changes")
    assert [answer.value for answer in reading.alternatives] == [("delivery",)]


FIGURES = {"70 before": "customers_before", "and now 40": "customers_now"}


async def test_clauses_with_the_numbers_of_others_name_no_option(catalog: Catalog) -> None:
    options = {"crisis": {"economy": 0.4, "competition": 0.3, "war": 0.2}}
    clauses = [(piece, {slot: 0.9}, options) for piece, slot in FIGURES.items()]
    parser = Says({"customers_before": 0.74, "crisis": 0.011}, options, clauses=clauses)
    reading = await read(catalog, parser, "70 before and now 40", "crisis")
    assert values(reading) == {"customers_before": 70, "customers_now": 40}
    assert reading.alternatives == ()


async def test_a_number_put_right_names_no_option(catalog: Catalog) -> None:
    parser = Says(
        {"change": 0.42, "employees": 0.2, "change_readiness": 0.02},
        {"change_readiness": {"reluctant": 0.5, "willing": 0.45, "eager": 0.05}},
        {"change": {"employees": 0.9, "-": 0.1}},
    )
    text = "I meant 4 waiters not 6"
    reading = await read(catalog, parser, text, "change_readiness")
    assert "change_readiness" not in values(reading)
    assert (reading.alternatives, reading.target) == ((), "employees")


async def test_not_knowing_before_numbers_of_something_else(catalog: Catalog) -> None:
    parser = Says({"average_sale": 0.4, "unsure": 0.05}, {"habit_changes": {"none": 0.3}})
    text = "dont know, they all take 60 70 shekels"
    assert (await read(catalog, parser, text, "habit_changes")).act == "unsure"


@pytest.mark.parametrize(("number", "told"), [("5", False), ("0", True), ("50,000", True)])
async def test_a_few_are_no_turnover(catalog: Catalog, number: str, told: bool) -> None:
    text = f"families, and now {number}"
    options = {"customer_type": {"consumers": 0.9, "both": 0.1}}
    clauses = [("families", {"customer_type": 0.9}, options), (text[10:], {"revenue_now": 0.9}, {})]
    parser = Says({"customer_type": 0.6, "revenue_now": 0.4}, options, clauses=clauses)
    assert ("revenue_now" in values(await read(catalog, parser, text, "customer_type"))) is told


async def test_a_number_by_itself_is_not_sent_away(catalog: Catalog) -> None:
    parser = Says({"monthly_budget": 0.37, "out_of_scope": 0.3, "weak_links": 0.001})
    assert (await read(catalog, parser, "500 shekels", "weak_links")).act != "out_of_scope"
