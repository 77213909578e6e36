"""A guess is asked about before it is stored; what is sure is not."""

from __future__ import annotations

import pytest
from parsers import Away, Says, reader_with

from advisor.catalog import Catalog, read_yaml
from advisor.interview.inputs import Reading
from bot.understanding.reader import LIMITS

SURE, SETS = (read_yaml(LIMITS)[name] for name in ("sure", "sure_set"))
SOMETHING = "well it is how it goes"


async def read(catalog: Catalog, parser: Says | Away, question: str, text: str) -> Reading:
    return await reader_with(catalog, parser).read(text, question)


def says(slot: str, **options: float) -> Says:
    """The message is surely about the slot, and its options are as likely as this."""
    return Says({slot: 1.0}, {slot: options})


@pytest.mark.parametrize("likely", [SURE - 0.01, SURE + 0.01])
async def test_an_unsure_option_comes_with_the_second_likeliest(
    catalog: Catalog, likely: float
) -> None:
    parser = says("price_position", cheaper=likely, similar=1 - likely, pricier=0.0)
    reading = await read(catalog, parser, "price_position", SOMETHING)
    assert reading.answers["price_position"].value == "cheaper"
    offered = [answer.value for answer in reading.alternatives]
    assert offered == (["cheaper", "similar"] if likely < SURE else [])


@pytest.mark.parametrize("likely", [SETS - 0.05, SETS + 0.05])
async def test_an_unlikely_set_is_asked_about(catalog: Catalog, likely: float) -> None:
    options = dict.fromkeys(catalog.slots["weak_links"].options, 0.01)
    parser = says("weak_links", **{**options, "logistics": likely})
    reading = await read(catalog, parser, "weak_links", SOMETHING)
    offered = [answer.value for answer in reading.alternatives]
    assert offered == ([("logistics",)] if likely < SETS else [])


@pytest.mark.parametrize("about", [0.001, 0.9])
async def test_an_answer_that_the_message_is_hardly_about_is_asked_about(
    catalog: Catalog, about: float
) -> None:
    topics = {"backup_supplier": about, "supplier_delay": 1 - about}
    options = {"backup_supplier": {"true": 0.95, "false": 0.05}}
    reading = await read(catalog, Says(topics, options), "backup_supplier", SOMETHING)
    if about > 0.5:
        assert reading.answers["backup_supplier"].value is True
        assert not reading.alternatives
    else:
        assert [a.value for a in reading.alternatives] == [True]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        *(("sector", "Shop"), ("weak_links", "Stock"), ("weak_links", "1 and 3")),
        *(("backup_supplier", "yes"), ("gross_margin", "35%"), ("business_name", "Corner")),
    ],
)
async def test_labels_numbers_and_names_are_sure(
    catalog: Catalog, question: str, text: str
) -> None:
    for parser in (Away(), Says({question: 0.05, "out_of_scope": 0.05})):
        reading = await read(catalog, parser, question, text)
        assert question in reading.answers
        assert not reading.alternatives


async def test_days_or_months_are_offered(catalog: Catalog) -> None:
    reading = await read(catalog, Away(), "cash_runway", "6")
    assert [answer.value for answer in reading.alternatives] == [6, 180]


@pytest.mark.parametrize(("text", "asked_back"), [("35 thousand", True), ("35", False)])
async def test_a_number_larger_than_such_numbers_are_is_asked_about(
    catalog: Catalog, text: str, asked_back: bool
) -> None:
    reading = await read(catalog, Says({"employees": 0.9}), "employees", text)
    assert bool(reading.alternatives) is asked_back


async def test_nothing_of_it_is_no_guess(catalog: Catalog) -> None:
    """Who tells of a late supplier isn't asked whether there is no weak link."""
    parser = Says(
        {"supplier_delay": 0.9, "weak_links": 0.001},
        {"weak_links": {"none": 0.6, "suppliers": 0.2, "staff": 0.2}},
    )
    reader = reader_with(catalog, parser)
    late = await reader.read("the parts again and again", "weak_links")
    assert (late.act, late.alternatives) == (None, ())
    fine = await reader.read("it isn't so bad", "weak_links")
    assert [answer.value for answer in fine.alternatives] == [("none",)]
