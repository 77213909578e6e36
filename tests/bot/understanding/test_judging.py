"""What goes first: the question's own reading, then control acts, then what is volunteered."""

import pytest
from parsers import Away, Says, reader_with

from advisor.catalog import Catalog
from advisor.interview.inputs import Reading
from advisor.model import LANGUAGES, Money


async def read(catalog: Catalog, parser: Says | Away, text: str, question: str | None) -> Reading:
    return await reader_with(catalog, parser).read(text, question)


def values(reading: Reading) -> dict[str, object]:
    return {slot: answer.value for slot, answer in reading.answers.items()}


NAMES = [
    ("Stop", "Stop"),
    ("ביטול", "ביטול"),
    ("No Thanks", "No Thanks"),
    ("we're called Over Again", "Over Again"),
    ("קוראים לנו מתחילים מחדש", "מתחילים מחדש"),
    ('the name is "Why Not"', "Why Not"),
    ("Second Helping, that's the name", "Second Helping"),
    ("7 Days", "7 Days"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
async def test_a_name_takes_nearly_anything(catalog: Catalog, text: str, name: str) -> None:
    reading = await read(catalog, Says({"pause": 0.9, "deny": 0.1}), text, "business_name")
    assert values(reading) == {"business_name": name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hey! The Corner Bakery", "The Corner Bakery"),
        ("היי, מוסך הצפון", "מוסך הצפון"),
        ("Hello Kitty Cafe", "Hello Kitty Cafe"),
    ],
)
async def test_a_hello_is_no_part_of_a_name(catalog: Catalog, text: str, name: str) -> None:
    reading = await read(catalog, Says({"business_name": 0.5}), text, "business_name")
    assert values(reading) == {"business_name": name}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("כן", "affirm"),
        ("אוקיי, מסכימה", "affirm"),
        ("תודה רבה", "thanks"),
        ("לא, תודה", "deny"),
        ("ok sure", "affirm"),
        ("no thanks", "deny"),
        ("I agree", "affirm"),
    ],
)
async def test_an_answer_to_what_came_before_is_no_name(
    catalog: Catalog, text: str, act: str
) -> None:
    """Many say yes or thanks to the words on privacy before they read the question."""
    reading = await read(catalog, Says({"business_name": 0.9}), text, "business_name")
    assert (reading.act, reading.answers) == (act, {})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("בסדר גמור, המסעדה של רינה", "המסעדה של רינה"),
        ("ok, Fix It", "Fix It"),
        ("קוראים לנו בסדר", "בסדר"),
        ("Yes Chef Catering", "Yes Chef Catering"),
    ],
)
async def test_a_yes_before_a_name_is_no_part_of_it(catalog: Catalog, text: str, name: str) -> None:
    reading = await read(catalog, Says({"business_name": 0.5}), text, "business_name")
    assert values(reading) == {"business_name": name}


async def test_who_says_hello_and_tells_of_the_business_gives_no_name(catalog: Catalog) -> None:
    clause = "יש לי מספרה ברמת גן ואנחנו שלוש בנות"
    parser = Says(
        {"sector": 0.9},
        {"sector": {"beauty": 0.9, "shop": 0.1}},
        clauses=[(clause, {"sector": 0.95}, {"sector": {"beauty": 0.9, "shop": 0.1}})],
    )
    reading = await read(catalog, parser, f"שלום, אני דנה, {clause}", "business_name")
    assert "business_name" not in reading.answers
    assert values(reading)["sector"] == "beauty"


async def test_a_word_of_one_label_leaves_no_doubt(catalog: Catalog) -> None:
    """Even where another option is nearly as likely; without such a word both are offered."""
    parser = Says({"crisis": 0.9}, {"crisis": {"pandemic": 0.45, "war": 0.4}})
    sure = await read(catalog, parser, "since the pandemic all is frozen", "crisis")
    unsure = await read(catalog, parser, "since then all is frozen", "crisis")
    assert values(sure) == {"crisis": "pandemic"}
    assert sure.alternatives == ()
    assert [answer.value for answer in unsure.alternatives] == ["pandemic", "war"]


async def test_a_long_control_act_is_no_name(catalog: Catalog) -> None:
    reading = await read(
        catalog, Says({"why": 0.95}), "what do you need the name for", "business_name"
    )
    assert reading.act == "why"


async def test_not_knowing_is_no_name(catalog: Catalog) -> None:
    assert (await read(catalog, Away(), "לא יודע", "business_name")).act == "unsure"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("back", "back"),
        ("דלג", "skip"),
        ("no, ask me later", "skip"),
        ("תשאל אחר כך", "skip"),
        ("תודה רבה", "thanks"),
        ("סבבה, בדיוק", "affirm"),
    ],
)
async def test_control_words_need_no_model(catalog: Catalog, text: str, act: str) -> None:
    assert (await read(catalog, Away(), text, "revenue_now")).act == act


async def test_a_language_by_its_name(catalog: Catalog) -> None:
    reading = await read(catalog, Away(), "English please", "sector")
    assert (reading.act, reading.target) == ("language", "en")


async def test_the_question_weighs(catalog: Catalog) -> None:
    parser = Says(
        {"price_requests": 0.2, "last_contact": 0.5},
        {"price_requests": {"often": 0.1, "sometimes": 0.2, "rarely": 0.7}},
    )
    reading = await read(catalog, parser, "hardly at all", "price_requests")
    assert values(reading) == {"price_requests": "rarely"}


async def test_two_likely_options_are_both_offered(catalog: Catalog) -> None:
    parser = Says(
        {"price_requests": 0.9},
        {"price_requests": {"often": 0.4, "sometimes": 0.38, "rarely": 0.22}},
    )
    reading = await read(catalog, parser, "some days yes some days no", "price_requests")
    assert [answer.value for answer in reading.alternatives] == ["often", "sometimes"]


async def test_something_else_is_refused(catalog: Catalog) -> None:
    parser = Says({"out_of_scope": 0.9, "sector": 0.01}, {"sector": {"shop": 0.5, "other": 0.5}})
    reading = await read(catalog, parser, "who won last night", "sector")
    assert (reading.act, reading.answers) == ("out_of_scope", {})


async def test_a_second_clause_volunteers(catalog: Catalog) -> None:
    status = {"closed": 0.9, "partial": 0.05, "open_weak": 0.02, "recovering": 0.02, "normal": 0.01}
    sector = {"events": 0.8, "tourism": 0.2}
    parser = Says(
        {"sector": 0.4, "status": 0.5},
        {"sector": sector, "status": status},
        clauses=[
            ("wedding hall", {"sector": 0.8}, {"sector": sector, "status": status}),
            ("closed for now", {"status": 0.95}, {"sector": sector, "status": status}),
        ],
    )
    reading = await read(catalog, parser, "wedding hall, closed for now", "sector")
    assert values(reading) == {"sector": "events", "status": "closed"}


async def test_numbers_go_to_the_slots_of_their_clauses(catalog: Catalog) -> None:
    parser = Says(
        {"revenue_before": 0.5, "cash_runway": 0.3},
        clauses=[
            ("we made 90,000 before", {"revenue_before": 0.9}, {}),
            ("now 30,000", {"revenue_now": 0.4}, {}),
            ("cash for 2 months", {"cash_runway": 0.9}, {}),
        ],
    )
    text = "we made 90,000 before, now 30,000, cash for 2 months"
    reading = await read(catalog, parser, text, None)
    assert values(reading) == {
        "revenue_before": Money(90_000, "ILS"),
        "revenue_now": Money(30_000, "ILS"),
        "cash_runway": 60,
    }


async def test_a_correction_takes_the_new_value(catalog: Catalog) -> None:
    parser = Says({"change": 0.95}, targets={"change": {"gross_margin": 0.8, "-": 0.1}})
    reading = await read(catalog, parser, "I said 40% margin, that's wrong, it's 25", "sector")
    assert (reading.act, reading.target) == ("change", "gross_margin")
    assert values(reading) == {"gross_margin": 25}


async def test_a_self_correction_answers_the_question(catalog: Catalog) -> None:
    parser = Says({"change": 0.8, "average_sale": 0.1}, targets={"change": {"-": 0.9}})
    reading = await read(catalog, parser, "150, sorry, I read it wrong, 130", "average_sale")
    assert values(reading) == {"average_sale": Money(130, "ILS")}


async def test_not_sure_with_a_reason(catalog: Catalog) -> None:
    parser = Says(
        {"unsure": 0.1, "backup_supplier": 0.2}, {"backup_supplier": {"true": 0.6, "false": 0.4}}
    )
    reading = await read(catalog, parser, "not sure, my partner buys", "backup_supplier")
    assert reading.act == "unsure"


async def test_what_is_denied_is_not_named(catalog: Catalog) -> None:
    both = {"social": 0.7, "print": 0.6, "referral": 0.8, "none": 0.1}
    parser = Says(
        {"advertising": 0.9},
        {"advertising": both},
        clauses=[
            ("not on Facebook", {"advertising": 0.8}, {"advertising": {**both, "print": 0.1}}),
            (
                "only friends",
                {"advertising": 0.8},
                {"advertising": {"referral": 0.9, "social": 0.1, "print": 0.1, "none": 0.0}},
            ),
        ],
    )
    text = "not on Facebook, only friends"
    reading = await read(catalog, parser, text, "advertising")
    assert "social" not in values(reading)["advertising"]  # type: ignore[operator]


@pytest.mark.parametrize("question", [None, "sector", "employees", "business_name", "no_such_slot"])
@pytest.mark.parametrize("text", ["", " ", "\u200f", "😀", "?" * 5000, "\x00", "א" * 4000])
async def test_any_text_is_read(catalog: Catalog, text: str, question: str | None) -> None:
    await read(catalog, Away(), text, question)


async def test_what_is_said_outright_first_leaves_no_doubt(catalog: Catalog) -> None:
    """'Covid.' is the pandemic, whatever comes after; 'closed for months' may be either."""
    parser = Says({"crisis": 0.9}, {"crisis": {"pandemic": 0.5, "war": 0.45, "other": 0.05}})
    sure = await read(catalog, parser, "covid. closed for eight months", "crisis")
    unsure = await read(catalog, parser, "closed for eight months, it was that", "crisis")
    assert values(sure) == {"crisis": "pandemic"}
    assert sure.alternatives == ()
    assert unsure.alternatives


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["skip", "unsure", "pause"])
async def test_a_button_under_the_question_can_be_typed(
    catalog: Catalog, language: str, act: str
) -> None:
    label = str(catalog.texts[language]["replies"]["controls"][act])
    assert (await read(catalog, Away(), label, "sector")).act == act
