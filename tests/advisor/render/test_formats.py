"""Values in words, in both languages."""

from datetime import date

import pytest

from advisor.model import Answer, AnswerState, Fact, Money
from advisor.render.formats import (
    counted,
    format_day,
    format_fact,
    format_value,
    interval,
    join,
    middle,
)


def value(catalog, language, slot, value=None, state=AnswerState.KNOWN, **ends):
    return format_value(catalog, language, slot, Answer(slot, state, value, **ends))


@pytest.mark.parametrize(
    ("days", "he", "en"),
    [
        (0, "0 ימים", "0 days"),
        (1, "יום", "a day"),
        (2, "יומיים", "2 days"),
        (7, "שבוע", "a week"),
        (10, "10 ימים", "10 days"),
        (14, "שבועיים", "2 weeks"),
        (30, "חודש", "a month"),
        (42, "6 שבועות", "6 weeks"),
        (45, "חודש וחצי", "a month and a half"),
        (50, "50 יום", "50 days"),
        (60, "חודשיים", "2 months"),
        (75, "חודשיים וחצי", "2.5 months"),
        (100, "100 יום", "100 days"),
        (150, "5 חודשים", "5 months"),
        (182, "6 חודשים", "6 months"),
        (365, "שנה", "a year"),
        (548, "שנה וחצי", "a year and a half"),
        (730, "שנתיים", "2 years"),
    ],
)
def test_durations(catalog, days, he, en):
    assert value(catalog, "he", "cash_runway", days) == he
    assert value(catalog, "en", "cash_runway", days) == en


@pytest.mark.parametrize(
    ("slot", "amount", "ends", "he", "en"),
    [
        ("churn_share", 33.3, {}, "33%", "33%"),
        ("churn_share", 12.5, {}, "12.5%", "12.5%"),
        ("churn_share", 12.5, {"low": 10, "high": 15}, "בין 10% ל-15%", "10% to 15%"),
        ("churn_share", 20, {"approximate": True}, "בערך 20%", "about 20%"),
        ("customers_now", 1200, {}, "1,200", "1,200"),
        ("customers_now", 10, {"low": 10}, "לפחות 10", "at least 10"),
        ("cash_runway", 10.5, {"low": 7, "high": 14}, "בין שבוע לשבועיים", "a week to 2 weeks"),
        ("cash_runway", 35, {"low": 28, "high": 42}, "בין 4 ל-6 שבועות", "4 to 6 weeks"),
        ("cash_runway", 96, {"low": 72, "high": 120}, "בין 72 ל-120 יום", "72 to 120 days"),
        ("customers_now", 1, {"low": 0, "high": 2}, "עד 2", "up to 2"),
        ("cash_runway", 60, {"high": 60}, "עד חודשיים", "up to 2 months"),
        ("revenue_now", Money(12500, "ILS"), {}, "12,500\u00a0₪", "₪12,500"),
        ("revenue_now", Money(12500, "USD"), {}, "12,500\u00a0$", "$12,500"),
        ("average_sale", Money(3.5, "ILS"), {}, "3.50\u00a0₪", "₪3.50"),
        (
            "revenue_now",
            Money(5000, "ILS"),
            {"low": 4000, "high": 6000},
            "בין 4,000 ל-6,000\u00a0₪",
            "₪4,000 to ₪6,000",
        ),
    ],
)
def test_numbers(catalog, slot, amount, ends, he, en):
    assert value(catalog, "he", slot, amount, **ends) == he
    assert value(catalog, "en", slot, amount, **ends) == en


def test_options_are_told_in_the_order_of_the_question(catalog):
    chosen = ("address", "email", "phone")
    assert value(catalog, "he", "contact_channels", chosen) == (
        "מספרי טלפון, כתובות מייל וכתובות בית או עסק"
    )
    assert value(catalog, "en", "contact_channels", chosen) == (
        "Phone numbers, e-mail addresses and postal addresses"
    )


def test_yes_and_no_are_told_by_their_labels(catalog):
    assert value(catalog, "he", "goals_set", False) == "אין יעד במספרים"
    assert value(catalog, "en", "goals_set", True) == "A goal in numbers"


def test_what_is_not_known_is_said(catalog):
    assert value(catalog, "he", "churn_share", state=AnswerState.UNKNOWN) == "לא ידוע"
    assert value(catalog, "en", "churn_share", state=AnswerState.SKIPPED) == "skipped"


def test_a_name_is_cleaned_and_isolated(catalog):
    assert value(catalog, "he", "business_name", "Cafe\u202e 22") == "\u2068Cafe 22\u2069"


@pytest.mark.parametrize(
    ("fact", "he", "en"),
    [
        (Fact("x", 33.333, "percent", ()), "33%", "33%"),
        (Fact("x", -12.4, "points", ()), "12", "12"),
        (Fact("x", True, "flag", ()), "כן", "yes"),
        (Fact("x", 45.0, "duration", ()), "חודש וחצי", "a month and a half"),
        (Fact("x", 43.7, "count", (), 17.48, 69.92, True), "בין 17 ל-70", "17 to 70"),
        (
            Fact("x", Money(33412.5, "ILS"), "money", (), 13440.2, 53633.1, True),
            "בין 13,000 ל-54,000\u00a0₪",
            "₪13,000 to ₪54,000",
        ),
        (Fact("x", 71.4, "duration", (), 71.0, 72.0), "71 יום", "71 days"),
        (Fact("x", 50.01, "percent", (), 49.9, 50.1), "50%", "50%"),
        (Fact("x", Money(3208.33, "ILS"), "money", ()), "3,210\u00a0₪", "₪3,210"),
        (Fact("x", Money(53.04, "ILS"), "money", ()), "53.04\u00a0₪", "₪53.04"),
        (Fact("x", Money(13020.83, "ILS"), "money", ()), "13,000\u00a0₪", "₪13,000"),
        (Fact("x", Money(143500, "ILS"), "money", ()), "143,500\u00a0₪", "₪143,500"),
    ],
)
def test_facts(catalog, fact, he, en):
    assert format_fact(catalog, "he", fact) == he
    assert format_fact(catalog, "en", fact) == en


def test_a_range_inside_a_sentence_bears_a_preposition(catalog):
    fact = Fact("x", 10.0, "count", (), 5.0, 15.0)
    assert format_fact(catalog, "he", fact, inside=True) == "5\u00a0עד\u00a015"


def test_a_large_sum_that_others_are_worked_out_from_keeps_a_digit_more(catalog):
    fact = Fact("x", Money(13020.83, "ILS"), "money", ())
    assert format_fact(catalog, "he", fact, working=True) == "13,020\u00a0₪"


def test_the_best_value_of_a_duration_is_in_days_where_its_ends_are(catalog):
    fact = Fact("x", 41.5, "duration", (), 34.0, 49.0)
    assert interval(catalog, "he", fact) == "בין 34 ל-49 יום"
    assert middle(catalog, "he", fact) == "42 יום"
    assert middle(catalog, "en", Fact("x", 42.0, "duration", ())) == "6 weeks"


def test_lists_join_as_each_language_does(catalog):
    assert join(catalog, "he", ["ספקים", "CRM"]) == "ספקים ו-CRM"
    assert join(catalog, "he", ["א", "ב", "ג"]) == "א, ב וג"
    assert join(catalog, "en", ["a", "b", "c"]) == "a, b and c"
    assert join(catalog, "he", ["ספקים", "כסף ואשראי"]) == "ספקים, כסף ואשראי"
    assert join(catalog, "en", ["print, leaflets", "search"]) == "print, leaflets; search"
    assert join(catalog, "en", []) == ""


def test_hours_have_forms_for_halves_and_pairs(catalog):
    he, en = (catalog.texts[language]["plan"]["action"]["hours"] for language in ("he", "en"))
    assert [counted(he, "he", n) for n in (0.5, 1, 1.5, 2, 3)] == [
        "כחצי שעה",
        "כשעה",
        "כשעה וחצי",
        "כשעתיים",
        "כ-3 שעות",
    ]
    assert [counted(en, "en", n) for n in (0.5, 2, 2.5)] == [
        "about half an hour",
        "about 2 hours",
        "about 2.5 hours",
    ]


def test_dates(catalog):
    assert format_day("he", date(2026, 3, 1)) == "1 במרץ 2026"
    assert format_day("en", date(2026, 3, 1)) == "March 1, 2026"
