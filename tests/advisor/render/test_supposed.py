"""Answers to "what if" in words, in both languages."""

from __future__ import annotations

import re
from itertools import product
from string import Formatter

import pytest

from advisor.catalog import Catalog, load_catalog
from advisor.facts import NAMES
from advisor.lint.texts import leaves_of
from advisor.model import LANGUAGES, Answer, AnswerState, Money
from advisor.planning import make_plan
from advisor.render.supposed import example_label, tell_missing, tell_supposition
from advisor.spans import Span
from advisor.whatif import EXAMPLES, Supposition, work_out

both_languages = pytest.mark.parametrize("language", LANGUAGES)
KNOWN = AnswerState.KNOWN
VALUES = {
    "business_name": "Corner",
    "gross_margin": 35,
    "average_sale": Money(100, "ILS"),
    "revenue_before": Money(80_000, "ILS"),
    "revenue_now": Money(40_000, "ILS"),
    "customers_before": 250,
    "customers_now": 140,
    "cash_runway": 60,
    "top_supplier_share": 60,
    "backup_supplier": False,
    "hours_per_week": 5,
    "status": "open_weak",
    "monthly_budget": Money(500, "ILS"),
}
SHOP = {slot: Answer(slot, KNOWN, value) for slot, value in VALUES.items()}
LINES = sorted(load_catalog().texts["en"]["whatif"]["lines"])
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
PAID = ("discount", "price_rise", "costs", "costs_rise", "sales_fall", "sales_rise", "mailing")
SHARED = (*PAID[:-1], "back", "gone")
BARE = ("supplier", "part", "client", "hire", "dismiss", "closing", "runway")
SIZES = (0, 1, 15, 33, 34, 60, 100, 500, 2_000)


def plain(lines: tuple[str, ...]) -> str:
    return MARKS.sub("", "\n".join(lines)).replace("\u00a0", " ")


def supposed(hours: int) -> Supposition:
    return Supposition("answers", answers=(Answer("hours_per_week", KNOWN, hours),))


def test_a_discount_shows_its_sum(catalog: Catalog) -> None:
    told = tell_supposition(catalog, "en", SHOP, EXAMPLES["discount"])
    assert plain(told).split("\n")[:3] == [
        "15% off needs 75% more sales to earn the same.",
        "The sum: 15% ÷ (35% - 15%) = 75%.",
        "Sales a month: about 400 today, about 700 needed.",
    ]
    told = tell_supposition(catalog, "he", SHOP, EXAMPLES["discount"])
    assert "הנחה של 15% דורשת 75% יותר מכירות" in plain(told)


def test_what_is_not_known_leaves_its_sentence_out(catalog: Catalog) -> None:
    few = {"gross_margin": SHOP["gross_margin"]}
    told = plain(tell_supposition(catalog, "en", few, EXAMPLES["discount"]))
    assert "75%" in told
    assert "Sales a month" not in told


@both_languages
@pytest.mark.parametrize("name", EXAMPLES)
def test_answers_are_short_and_whole(catalog: Catalog, language: str, name: str) -> None:
    told = tell_supposition(catalog, language, SHOP, EXAMPLES[name])
    assert 2 <= len(told) <= 5
    assert not re.search(r"[{}]|None", plain(told))


@both_languages
def test_every_line_can_be_said(catalog: Catalog, language: str) -> None:
    """Each line of the wording is reached by some supposition of some owner, and filled."""
    reached: set[str] = set()
    for supposition, owner in product(suppositions(), owners()):
        worked = work_out(supposition, owner)
        reached |= set(worked.lines)
        told = tell_supposition(catalog, language, owner, supposition)
        assert not re.search(r"[{}]|None", plain(told))
    assert reached == set(LINES)


def suppositions() -> list[Supposition]:
    shares = [None, *(Span.exact(size) for size in SIZES), Span(20, 30, 40)]
    counts = [None, *(Span.exact(size) for size in SIZES)]
    sums = [None, *(Money(size * 10, "ILS") for size in SIZES), Money(50_000, "ILS")]
    sums += [Money(12_500, "ILS"), Money(2, "USD")]
    priced = [
        Supposition(kind, share=share)  # type: ignore[arg-type]
        for kind in SHARED
        for share in shares
    ]
    counted = [
        Supposition(kind, count=count)  # type: ignore[arg-type]
        for kind in ("back", "gone", "mailing", "calls")
        for count in counts
    ]
    paid = [
        Supposition(kind, money=money)  # type: ignore[arg-type]
        for kind in PAID
        for money in sums
    ]
    bare = [Supposition(kind) for kind in BARE]  # type: ignore[arg-type]
    return [*priced, *counted, *paid, *bare]


def owners() -> list[dict[str, Answer]]:
    def changed(**values: object) -> dict[str, Answer]:
        new = {slot: Answer(slot, KNOWN, value) for slot, value in values.items()}
        return {**SHOP, **new}

    margin = Answer("gross_margin", KNOWN, 32.5, 25, 40)
    return [
        SHOP,
        {**SHOP, "gross_margin": margin},
        {**SHOP, "gross_margin": Answer("gross_margin", KNOWN, 32.5, 10, 55)},
        {**SHOP, "revenue_now": Answer("revenue_now", KNOWN, Money(40_000, "ILS"), 35_000, 45_000)},
        changed(average_sale=Money(1_700, "ILS")),
        changed(average_sale=Money(1_700, "ILS"), gross_margin=35) | {"gross_margin": margin},
        changed(average_sale=Money(100_000, "ILS")),
        changed(average_sale=Money(100, "USD")),
        changed(gross_margin=0),
        changed(revenue_now=Money(90_000, "ILS"), customers_now=400),
        changed(customers_now=0),
        changed(revenue_now=Money(76_000, "ILS")),
        changed(backup_supplier=True, stock_cover=14),
    ]


def test_the_wording_names_only_numbers_that_are_there(catalog: Catalog) -> None:
    worked = {
        fact.name
        for supposition, owner in product(suppositions(), owners())
        for fact in work_out(supposition, owner).facts
    }
    known = worked | NAMES | set(catalog.slots) | set(catalog.parameters)
    for language in LANGUAGES:
        for path, text in leaves_of(catalog.texts[language]["whatif"]["lines"]):
            fields = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert fields <= known, path


@both_languages
def test_other_answers_are_told_by_what_they_do_to_the_plan(
    catalog: Catalog, language: str
) -> None:
    told = plain(tell_supposition(catalog, language, SHOP, supposed(14)))
    words = catalog.texts[language]["whatif"]
    assert "14" in told.split("\n")[0]
    assert "5" in told.split("\n")[0]
    assert words["plan"]["moved"].split("{")[0] in told
    assert told.split("\n")[-1] == words["trial"]


def test_an_action_that_there_is_room_for_says_so(catalog: Catalog) -> None:
    short = {**SHOP, "hours_per_week": Answer("hours_per_week", KNOWN, 2)}
    if not make_plan(catalog, short).later:
        pytest.fail("the example should be short of hours")
    told = plain(tell_supposition(catalog, "en", short, supposed(40)))
    words = catalog.texts["en"]["whatif"]["plan"]
    assert words["room"].split("{")[0] in told
    assert words["came"].split("{")[0] not in told


def test_what_only_makes_room_is_no_longer_said_to_be_needless(catalog: Catalog) -> None:
    told = plain(tell_supposition(catalog, "en", SHOP, supposed(1)))
    words = catalog.texts["en"]["whatif"]["plan"]
    assert words["waits"].split("{")[0] in told
    assert words["gone"].split("{")[0] not in told


def test_the_reason_for_what_comes_is_one_that_was_not_there_before(catalog: Catalog) -> None:
    """By its conditions, whatever the reason says."""
    short = Supposition("answers", answers=(Answer("cash_runway", KNOWN, 30),))
    owner = {**SHOP, "cash_runway": Answer("cash_runway", KNOWN, 200)}
    told = tell_supposition(catalog, "en", owner, short)
    assert any("under two months" in plain((line,)) for line in told)


@both_languages
def test_the_same_answer_changes_nothing(catalog: Catalog, language: str) -> None:
    told = plain(tell_supposition(catalog, language, SHOP, supposed(5)))
    assert catalog.texts[language]["whatif"]["plan"]["same"] in told


@both_languages
def test_too_few_answers_make_no_plan(catalog: Catalog, language: str) -> None:
    told = tell_supposition(catalog, language, {}, supposed(5))
    assert told == (catalog.texts[language]["whatif"]["plan"]["too_early"],)


@both_languages
def test_what_lacks_is_named(catalog: Catalog, language: str) -> None:
    label = catalog.question(language, "gross_margin")["label"]
    assert label in tell_missing(catalog, language, ["gross_margin"])


@both_languages
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_show_their_amount(catalog: Catalog, language: str, name: str) -> None:
    example, label = EXAMPLES[name], plain((example_label(catalog, language, name),))
    amount = example.share or example.count
    assert "{" not in label
    assert amount is None or f"{amount.mid:g}" in label
