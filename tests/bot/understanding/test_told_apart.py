"""What is the answer and what is a remark beside it, what a 'not' stands before, and corrections in
words that don't say so."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json
from bot.understanding.parsed import REMARK, Parsed
from tests.bot.understanding.parsers import Away, Says, Scores, reader_with

SURE, UNSURE = 0.96, 0.02
Clause = tuple[str, Scores, dict[str, Scores]]


class Remarks(Says):
    """Rasa says that the words of some clauses are remarks."""

    def __init__(self, *remarks: str, topics: Scores, clauses: list[Clause]) -> None:
        options = {slot: values for _, _, said in clauses[:1] for slot, values in said.items()}
        super().__init__(topics, options, clauses=clauses)
        self.remarks = remarks

    async def parse(self, text: str) -> Parsed:
        parsed = await super().parse(text)
        assert parsed is not None
        clauses = tuple(
            replace(c, said={**c.said, REMARK: 0.9}) if text[c.start : c.end] in self.remarks else c
            for c in parsed.clauses
        )
        return Parsed(parsed.whole, clauses)


def options(catalog: Catalog, slot: str, **said: float) -> dict[str, Scores]:
    return {slot: {option: said.get(option, UNSURE) for option in catalog.slots[slot].options}}


async def read(catalog: Catalog, parser: Says | Away, text: str, asked: str | None) -> Any:
    return reading_as_json(await reader_with(catalog, parser).read(text, asked))


async def test_a_remark_has_no_say(catalog: Catalog) -> None:
    clauses: list[Clause] = [
        ("our website", {"sales_channels": 0.9}, options(catalog, "sales_channels", website=SURE)),
        (
            "Amazon wanted 15% so we walked",
            {"sales_channels": 0.9},
            options(catalog, "sales_channels", marketplace=SURE),
        ),
    ]
    text = "our website. Amazon wanted 15% so we walked"
    topics = {"sales_channels": 0.9}
    told = await read(catalog, Remarks(topics=topics, clauses=clauses), text, "sales_channels")
    assert told["slots"] == {"sales_channels": ["marketplace", "website"]}
    remark = Remarks(clauses[1][0], topics=topics, clauses=clauses)
    got = await read(catalog, remark, text, "sales_channels")
    assert got["slots"] == {"sales_channels": ["website"]}


async def test_a_clause_of_nothing_asked_has_no_say(catalog: Catalog) -> None:
    clauses: list[Clause] = [
        ("a web agency", {"sector": 0.9}, options(catalog, "sector", professional=0.6)),
        ("people walk in", {"habit_changes": 0.2}, options(catalog, "sector", shop=0.95)),
        ("asking for ink", {"habit_changes": 0.2}, options(catalog, "sector", shop=0.95)),
    ]
    parser = Says({"sector": 0.9}, options(catalog, "sector", shop=0.2), clauses=clauses)
    got = await read(catalog, parser, "a web agency, people walk in, asking for ink", "sector")
    assert got["slots"] == {"sector": "professional"}


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("we're tourism and not events", "tourism"),
        ("אנחנו תיירות ולא אירועים", "tourism"),
        ("we're events and not tourism", "events"),
        ("events", "events"),
    ],
)
async def test_what_a_not_stands_before(catalog: Catalog, text: str, sector: str) -> None:
    other = "events" if sector == "tourism" else "tourism"
    for likely, unlikely in ((0.3, 0.65), (0.03, 0.95)):
        said = options(catalog, "sector", **{sector: likely, other: unlikely})
        got = await read(catalog, Says({"sector": 0.9}, said), text, "sector")
        assert got["slots"] == {"sector": sector}


async def test_a_word_of_one_label_tips_the_scales(catalog: Catalog) -> None:
    said = options(catalog, "sector", events=0.4, tourism=0.5)
    for text, sector in (("we do events", "events"), ("we don't do events", "tourism")):
        got = await read(catalog, Says({"sector": 0.9}, said), text, "sector")
        assert got["slots"] == {"sector": sector}


async def test_what_is_so_now_stands_beside_what_a_not_stands_before(catalog: Catalog) -> None:
    said = options(catalog, "sector", events=SURE)
    clauses: list[Clause] = [
        ("change the field for me", {"change": 0.5, "sector": 0.3}, options(catalog, "sector")),
        ("we're tourism and not events", {"sector": 0.9}, said),
    ]
    parser = Says({"change": 0.9}, said, {"change": {"sector": 0.9}}, clauses=clauses)
    text = "change the field for me, we're tourism and not events"
    got = await read(catalog, parser, text, None)
    assert (got["act"], got["slots"]) == ("change", {"sector": "tourism"})


async def test_an_answer_that_opens_a_message_stands(catalog: Catalog) -> None:
    similar = options(catalog, "price_position", similar=SURE)
    clauses: list[Clause] = [
        ("דומה", {"price_position": 0.9}, similar),
        ("שאלו אותי אתמול למה", {"why": 0.9}, options(catalog, "price_position", pricier=0.5)),
    ]
    parser = Says({"why": 0.9, "price_position": 0.02}, similar, clauses=clauses)
    got = await read(catalog, parser, "דומה. שאלו אותי אתמול למה", "price_position")
    assert (got["act"], got["slots"]) == ("inform", {"price_position": "similar"})


async def test_what_is_said_outright_answers_beside_a_number_of_another(catalog: Catalog) -> None:
    both = options(catalog, "customer_type", both=SURE)
    clauses: list[Clause] = [
        ("a bit of each", {"customer_type": 0.7}, both),
        ("75 customers today", {"customers_now": 0.97}, {}),
    ]
    clauses[1] = (*clauses[1][:2], options(catalog, "customer_type", consumers=0.7))
    parser = Says({"customers_now": 0.97, "customer_type": 0.002}, both, clauses=clauses)
    got = await read(catalog, parser, "a bit of each. 75 customers today", "customer_type")
    assert got["slots"] == {"customer_type": "both", "customers_now": 75}


async def test_not_knowing_about_something_else_is_its_answer(catalog: Catalog) -> None:
    clauses: list[Clause] = [
        ("emails", {"contact_channels": 0.97}, options(catalog, "contact_channels", email=SURE)),
        (
            "whether they agreed to marketing",
            {"marketing_consent": 0.99},
            {
                **options(catalog, "marketing_consent", yes=0.3, unsure=0.35, no=0.3),
                **options(catalog, "contact_channels", email=0.3),
            },
        ),
        (
            "I couldn't say",
            {"unsure": 0.9},
            {
                **options(catalog, "marketing_consent", unsure=0.5),
                **options(catalog, "contact_channels", none=0.3),
            },
        ),
    ]
    parser = Says(
        {"contact_channels": 0.5, "marketing_consent": 0.45},
        options(catalog, "contact_channels", email=SURE),
        clauses=clauses,
    )
    text = "emails. whether they agreed to marketing, I couldn't say"
    got = await read(catalog, parser, text, "contact_channels")
    assert got["slots"] == {"contact_channels": ["email"], "marketing_consent": "unsure"}


CHANGE = {"change": 0.12, "crisis": 0.8}
TO_CRISIS = {"change": {"crisis": 0.9, "-": 0.05}}


@pytest.mark.parametrize(
    "text",
    [
        "after all it was my illness",
        "חשבתי שוב, זו המחלה שלי",
        "I'd put illness",
        "on reflection it was my illness",
        "אני חוזרת בי, זו המחלה שלי",
    ],
)
async def test_soft_words_correct(catalog: Catalog, text: str) -> None:
    said = {**options(catalog, "crisis", personal=SURE), **options(catalog, "entry_offer")}
    got = await read(catalog, Says(CHANGE, said, TO_CRISIS), text, "entry_offer")
    assert (got["act"], got["target"]) == ("change", "crisis")


@pytest.mark.parametrize("text", ["as for the crisis, my illness", "לגבי המשבר, המחלה שלי"])
async def test_words_that_may_correct_want_a_likelier_correction(
    catalog: Catalog, text: str
) -> None:
    said = {**options(catalog, "crisis", personal=SURE), **options(catalog, "entry_offer")}
    for likely in (0.5, 0.2):
        scores = {"change": likely, "crisis": 0.9 - likely}
        got = await read(catalog, Says(scores, said, TO_CRISIS), text, "entry_offer")
        assert (got["act"] == "change") is (likely == 0.5)


async def test_a_sure_correction_of_one_of_two_numbers_is_one(catalog: Catalog) -> None:
    said = [
        ("to be exact about the stock", {"change": 0.9}, {}),
        ("it's a month", {"cash_runway": 0.9}, {}),
        ("not three weeks", {"supplier_delay": 0.9}, {}),
    ]
    target = {"change": {"stock_cover": 0.9}}
    parser = Says({"change": 0.95}, targets=target, clauses=said)
    text = "to be exact about the stock, it's a month, not three weeks"
    got = await read(catalog, parser, text, None)
    assert (got["act"], got["target"], got["slots"]) == (
        "change",
        "stock_cover",
        {"stock_cover": 30},
    )


async def test_the_same_words_without_them_inform(catalog: Catalog) -> None:
    said = {**options(catalog, "crisis", personal=SURE), **options(catalog, "entry_offer")}
    got = await read(catalog, Says(CHANGE, said, TO_CRISIS), "it was my illness", "entry_offer")
    assert got["act"] != "change"


async def test_a_request_to_correct_gives_no_value(catalog: Catalog) -> None:
    terms = options(catalog, "payment_terms", installments=0.5)
    clauses: list[Clause] = [
        ("I answered the payment question wrong", {"change": 0.99}, terms),
        ("let me redo that one", {"change": 0.98}, terms),
    ]
    parser = Says({"change": 0.99}, terms, {"change": {"payment_terms": 0.9}}, clauses=clauses)
    text = "I answered the payment question wrong, let me redo that one"
    got = await read(catalog, parser, text, "data_use")
    assert (got["target"], got["slots"]) == ("payment_terms", {})


async def test_what_was_told_wrong_is_turned_round(catalog: Catalog) -> None:
    none = options(catalog, "backup_supplier", false=SURE)
    clauses: list[Clause] = [
        ("I told you", {"change": 0.9}, none),
        ("we have no backup supplier", {"backup_supplier": 0.9}, none),
        ("but we do", {"backup_supplier": 0.3}, none),
    ]
    parser = Says({"change": 0.98}, none, {"change": {"backup_supplier": 0.9}}, clauses=clauses)
    text = "I told you we have no backup supplier but we do"
    got = await read(catalog, parser, text, "online_share")
    assert got["slots"] == {"backup_supplier": True}


ALSO_CORRECTED = [
    ("hours_per_week", "8 hours. and the budget, make it 900", 8),
    ("price_position", "similar. and the budget, make it 900", "similar"),
    ("weak_links", "well. and the budget, make it 900", None),
]


@pytest.mark.parametrize(("asked", "text", "value"), ALSO_CORRECTED)
async def test_an_answer_before_a_correction_is_kept(
    catalog: Catalog, asked: str, text: str, value: object
) -> None:
    head, rest = text.split(". ")
    clauses: list[Clause] = [(head, {asked: 0.2}, {}), (rest, {"monthly_budget": 0.9}, {})]
    if catalog.slots[asked].options:
        clauses = [(piece, topics, options(catalog, asked)) for piece, topics, _ in clauses]
    parser = Says({"change": 0.9}, targets={"change": {"monthly_budget": 0.9}}, clauses=clauses)
    got = await read(catalog, parser, text, asked)
    assert (got["act"], got["target"]) == ("change", "monthly_budget")
    assert got["slots"].pop("monthly_budget") == {"amount": 900, "currency": "ILS"}
    assert got["slots"] == ({asked: value} if value is not None else {})


@pytest.mark.parametrize("past", ["radio before", "TV once", "פעם ברדיו", "back then the radio"])
async def test_what_was_so_once_is_no_answer_of_today(catalog: Catalog, past: str) -> None:
    broadcast = options(catalog, "advertising", broadcast=SURE)
    social = options(catalog, "advertising", social=SURE)
    now = "now only facebook"
    clauses: list[Clause] = [
        (past, {"advertising": 0.9}, broadcast),
        (now, {"advertising": 0.9}, social),
    ]
    both = options(catalog, "advertising", broadcast=0.8, social=0.8)
    parser = Says({"advertising": 0.9}, both, clauses=clauses)
    got = await read(catalog, parser, f"{past}, {now}", "advertising")
    assert got["slots"] == {"advertising": ["social"]}


FELL = [
    ("turnover went from 70k to 30", 70_000, 30_000),
    ("המחזור ירד מ-70 אלף ל-30 והכסף נגמר", 70_000, 30_000),
    ("turnover dropped to 30k from 70", 70_000, 30_000),
    ("turnover was 70k, today 30 when it's a good month", 70_000, 30_000),
    ("המחזור היה 70 אלף, היום 30 אם יש מזל", 70_000, 30_000),
    ("מתוך 70 אלף ירדנו ל-30", 70_000, 30_000),
    ("turnover is 30k vs 70 before", 70_000, 30_000),
    ("turnover 70k then 30k now", 70_000, 30_000),
    ("המחזור 70 אלף אז, 30 אלף היום", 70_000, 30_000),
    ("המחזור 30 אלף לעומת 70 לפני", 70_000, 30_000),
    ("half of what it was, say 30 instead of 70 thousand a month", 70_000, 30_000),
    ("חצי ממה שהיה, נגיד 30 במקום 70 אלף בחודש", 70_000, 30_000),
]


@pytest.mark.parametrize(("text", "before", "now"), FELL)
async def test_a_sum_that_fell(catalog: Catalog, text: str, before: int, now: int) -> None:
    parser = Says({"revenue_before": 0.5, "revenue_now": 0.5})
    got = await read(catalog, parser, text, None)
    sums = {slot: value["amount"] for slot, value in got["slots"].items()}
    assert sums == {"revenue_before": before, "revenue_now": now}


async def test_a_number_said_not_to_be_so_is_nobodys(catalog: Catalog) -> None:
    parser = Says({"cash_runway": 0.9, "stock_cover": 0.05})
    got = await read(catalog, parser, "the money lasts four weeks, not four months", None)
    assert got["slots"] == {"cash_runway": 28}
    got = await read(catalog, Away(), "200, uh no, 210", "customers_now")
    assert got["slots"] == {"customers_now": 210}


async def test_a_label_in_a_correction_is_its_value(catalog: Catalog) -> None:
    unsure = options(catalog, "sector", professional=0.3, other=0.3)
    clauses: list[Clause] = [
        ("as for the field it's a garage", {"change": 0.7, "sector": 0.1}, unsure),
        ("something else", {"backup_supplier": 0.3}, unsure),
    ]
    parser = Says({"change": 0.8}, unsure, {"change": {"sector": 0.9}}, clauses=clauses)
    text = "as for the field it's a garage, something else"
    got = await read(catalog, parser, text, "contact_fresh")
    assert (got["act"], got["slots"]) == ("change", {"sector": "other"})


async def test_a_number_of_the_other_time_is_its_own_answer(catalog: Catalog) -> None:
    got = await read(catalog, Says({"customers_now": 0.9}), "190, down from 300", "customers_now")
    assert got["slots"] == {"customers_now": 190, "customers_before": 300}


async def test_a_name_said_to_be_wrong_is_none(catalog: Catalog) -> None:
    parser = Says({"sector": 0.9}, options(catalog, "sector", restaurant=SURE))
    got = await read(catalog, parser, "the name of the business is put down wrong", None)
    assert "business_name" not in got["slots"]


async def test_two_spans_of_which_one_is_not_so_correct_another_slot(catalog: Catalog) -> None:
    topics = {"cash_runway": 0.7, "change": 0.1, "stock_cover": 0.01}
    parser = Says(topics, targets={"change": {"cash_runway": 0.9}})
    text = "the money runs out in three weeks not three months"
    got = await read(catalog, parser, text, "stock_cover")
    assert (got["act"], got["slots"]) == ("change", {"cash_runway": 21})
