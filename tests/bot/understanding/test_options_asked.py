"""Options said exactly: labels, ids, numbers and places in the list, with Rasa away."""

from typing import Any

import pytest
from parsers import Away, Says, reader_with

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json

SAID = [
    ("payment_terms", "1", "upfront"),
    ("payment_terms", "option 2", "installments"),
    ("payment_terms", "the last one", "credit_60"),
    ("payment_terms", "שוטף + 30", "credit_30"),
    ("payment_terms", "credit 30", "credit_30"),
    ("payment_terms", "30 days. One client once dragged it out to 120", "credit_30"),
    ("payment_terms", "on credit, 30 days. the city takes 120 but they're one", "credit_30"),
    ("payment_terms", "שוטף שישים, ככה זה", "credit_60"),
    ("delivery_offered", "we used to have a van, not anymore", False),
    ("delivery_offered", "היה פעם שליח, היום כבר אין", False),
    ("reviews_active", "פעם כן, היום לא", False),
    ("weak_links", "Suppliers and stock", ["stock", "suppliers"]),
    ("weak_links", "ספקים ומלאי", ["stock", "suppliers"]),
    ("advertising", "1, 3 ו-5", ["outdoor", "print", "social"]),
    ("advertising", "הראשון והאחרון", ["print", "referral"]),
    ("sales_channels", "all but the second", None),
    (
        "contact_channels",
        "הכל",
        ["address", "email", "phone", "social"],
    ),
    ("contact_channels", "everything but the third", ["email", "phone", "social"]),
    ("entry_offer", "yes", True),
    ("entry_offer", "לא", False),
    ("entry_offer", "no, sorry", False),
    ("team_trained", "כן", "yes"),
    ("marketing_consent", "not sure", "unsure"),
    ("churn_reasons", "no idea", ["unknown"]),
    ("crisis", "War or security situaton", "war"),
]


@pytest.mark.parametrize(("question", "text", "value"), SAID, ids=lambda x: str(x)[:40])
async def test_option(catalog: Catalog, question: str, text: str, value: Any) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    if value is None:
        value = sorted(set(catalog.slots[question].options) - {catalog.slots[question].options[1]})
    assert reading_as_json(reading)["slots"] == {question: value}


async def test_a_denial_is_no_typing_error(catalog: Catalog) -> None:
    reading = await reader_with(catalog, Away()).read("there isnt a cheaper option", "entry_offer")
    assert reading.answers == {}


@pytest.mark.parametrize("text", ["9", "0", "the fifteenth", "1 and 9"])
async def test_no_such_place(catalog: Catalog, text: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, "payment_terms")
    assert "payment_terms" not in reading.answers


async def test_every_label_reads_as_its_option(catalog: Catalog) -> None:
    reader = reader_with(catalog, Away())
    for slot in catalog.slots.values():
        for option in slot.options:
            for language in catalog.texts:
                label = catalog.option_label(language, slot.id, option)
                assert reader.options.exactly(slot, label) == (option,)


REASONS: dict[str, dict[str, float]] = {
    "they went next door": {"competitor": 0.95, "price": 0.1},
    "phones": {"phone": 0.98, "social": 0.02},
    "just insta": {"social": 0.98, "phone": 0.02},
}


async def test_what_follows_an_option_at_the_head_counts_too(catalog: Catalog) -> None:
    label = str(catalog.question("en", "churn_reasons")["options"]["price"])
    piece = "they went next door"
    options = {"churn_reasons": REASONS[piece]}
    clauses = [(label, {"churn_reasons": 0.9}, {"churn_reasons": {"price": 0.9}})]
    clauses += [(piece, {"churn_reasons": 0.9}, options)]
    parser = Says({"churn_reasons": 0.9}, options, clauses=clauses)
    reading = await reader_with(catalog, parser).read(f"{label}, {piece}", "churn_reasons")
    assert reading.answers["churn_reasons"].value == ("competitor", "price")


async def test_a_question_that_is_answered_with_no_names_nothing(catalog: Catalog) -> None:
    clauses = [
        (piece, {"contact_channels": 0.9}, {"contact_channels": REASONS[piece]})
        for piece in ("phones", "just insta")
    ]
    both = {"contact_channels": {"phone": 0.8, "social": 0.8}}
    parser = Says({"contact_channels": 0.9}, both, clauses=clauses)
    reading = await reader_with(catalog, parser).read("phones? no, just insta", "contact_channels")
    assert reading.answers["contact_channels"].value == ("social",)
