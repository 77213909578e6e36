"""Sentences filled with the owner's numbers."""

import pytest

from advisor.facts import derive
from advisor.model import Answer, AnswerState
from advisor.render.hebrew import fitted
from advisor.render.wording import Teller


def teller(catalog, language, **values):
    answers = {
        slot: value
        if isinstance(value, Answer)
        else Answer(slot, AnswerState.KNOWN if value is not None else AnswerState.UNKNOWN, value)
        for slot, value in values.items()
    }
    return Teller(catalog, language, answers, derive(answers))


def test_facts_answers_and_parameters_fill_a_sentence(catalog):
    told = teller(catalog, "en", customers_before=200, customers_now=120, sector="shop")
    assert told.tell("{churn_rate} left the {sector}.") == "40% left the shop."
    assert told.tell("A {discount_example} discount.").startswith("A 10% ")


def test_a_sentence_whose_number_is_not_known_is_left_out(catalog):
    told = teller(catalog, "en", customers_now=120, cash_runway=None)
    text = "About {churn_rate} left. There are {customers_now} now. Cash: {cash_runway}."
    assert told.tell(text) == "There are 120 now."
    assert told.tell("{no_such_thing}") == ""


def test_a_guess_is_not_said_to_be_rough_twice(catalog):
    for language, text, expected in (
        ("en", "About {churn_share} left.", "About 30% left."),
        ("he", "בערך {churn_share} עזבו.", "בערך 30% עזבו."),
    ):
        guess = Answer("churn_share", AnswerState.KNOWN, 30, approximate=True)
        assert teller(catalog, language, churn_share=guess).tell(text) == expected


def test_a_range_is_not_said_to_be_rough(catalog):
    between = Answer("churn_share", AnswerState.KNOWN, 25, low=20, high=30)
    for language, text, expected in (
        ("en", "About {churn_share} left.", "20% to 30% left."),
        ("he", "בערך {churn_share} עזבו.", "בין 20% ל-30% עזבו."),
        ("he", "הכנסה כפול בערך {churn_share}.", "הכנסה כפול 20% עד 30%."),
    ):
        told = teller(catalog, language, churn_share=between).tell(text)
        assert told.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("מ\u2068מפעלי צפון 2000\u2069", "מ\u2068מפעלי צפון 2000\u2069"),
        ("ב\u2068Kod & Co\u2069", "ב-\u2068Kod & Co\u2069"),
        ("בין יומיים ל-שבוע", "בין יומיים לשבוע"),
        ("ל15 לקוחות", "ל-15 לקוחות"),
        ("מ\u2068Cafe\u2069", "מ-\u2068Cafe\u2069"),
        ("שיחה ב-10:30", "שיחה ב-10:30"),
        ("חולץ-לב", "חולץ-לב"),
        ("אב3", "אב3"),
    ],
)
def test_hebrew_prefixes_fit_what_follows(text, expected):
    assert fitted("he", text) == expected


def test_braces_typed_by_an_owner_stay_as_they_are(catalog):
    told = teller(catalog, "en", business_name="{customers_now} {x}", customers_now=3)
    assert told.tell("For {business_name}: {customers_now}.") == "For {customers_now} {x}: 3."
