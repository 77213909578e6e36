"""The view of a plan is whole, in both languages, and always the same."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from advisor.model import LANGUAGES, PLAN_AREAS, Answer, AnswerState, Money
from advisor.planning import make_plan
from advisor.render.view import plan_view

LEFT_OPEN = re.compile(r"[{}]")
LATIN = re.compile(r"[A-Za-z]{2,}")


def texts(value):
    """Every text in a view, but for the frame's own wording."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("words", "id", "slot", "area", "language", "score_label"):
                yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def test_no_gap_is_left_in_any_text(views):
    for name, view in views.items():
        for text in texts(view):
            assert text.strip(), name
            assert not LEFT_OPEN.search(text), (name, text)
            assert name[1] == "en" or "None" not in text, (name, text)


def test_every_plan_has_its_frame(views):
    for view in views.values():
        assert [area.id for area in view.areas] == list(PLAN_AREAS)
        assert all(area.observations for area in view.areas)
        assert view.title
        assert view.prepared
        assert view.about


def test_an_area_of_which_nothing_is_known_has_no_score(views):
    areas = {area.id: area for area in views["nothing_known", "en"].areas}
    assert areas["trust"].score_label == ""
    assert areas["trust"].level == "not known yet"
    assert views["hotel", "en"].areas[0].score_label.endswith(" of 100")


def test_every_action_says_why_how_and_how_to_tell(views):
    for name, view in views.items():
        for number, action in enumerate(view.actions, 1):
            assert action.number == number
            assert action.reasons, (name, action.id)
            assert action.rows
            assert len(action.steps) >= 3
            assert action.measure.what
            assert action.measure.baseline
            assert action.measure.target
            assert action.stop
            assert 1 <= action.start_week <= action.end_week <= 13


def test_an_action_names_the_answers_that_it_rests_on(plans, views):
    for (name, _), view in views.items():
        for action, planned in zip(view.actions, plans[name].actions, strict=True):
            assert tuple(answer.slot for answer in action.because) == planned.because
            assert action.because or name == "nothing_known"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_from_next_to_nothing_says_so_and_rests_on_no_other(catalog, plans, language):
    told = plan_view(catalog, plans["nothing_known"], language)
    insights = catalog.texts[language]["insights"]
    assert told.insights[0] == insights["little_known"]
    unknown = told.words["levels"]["unknown"]
    assert {(area.level, area.score_label) for area in told.areas} == {(unknown, "")}
    other = catalog.option_label(language, "sector", "other")
    assert not any(answer.value == other for row in told.actions for answer in row.because)
    assert not any(answer.slot == "business_name" for row in told.actions for answer in row.because)
    assert 4 <= len(told.actions) <= 8
    assert told.money_note == told.words["money_none"]


def test_a_closed_business_is_shown_no_sums_of_customers_who_left(plans, views):
    assert plans["factory"].answers["status"].value == "closed"
    told = {line.id for line in views["factory", "en"].money}
    assert "revenue_lost" in told
    assert not [name for name in told if "winback" in name or "lost_to" in name]
    assert not told & {"customers_lost", "revenue_at_stake"}
    assert "customers_lost" in {line.id for line in views["gym", "en"].money}


def test_small_sums_keep_what_a_thousand_customers_make_of_them(views):
    money = {line.id: line for line in views["online_shop", "en"].money}
    assert money["revenue_per_customer"].value == "₪57.69"
    assert money["revenue_lost_to_churn"].value == "about ₪69,200"  # 1,200 times 57.69


def test_details_that_are_not_held_are_not_said_to_be_unchecked(catalog):
    given = {"contact_channels": ("none",), "customers_before": 300, "customers_now": 150}
    answers = {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in given.items()}
    view = plan_view(catalog, make_plan(catalog, answers), "en")
    reasons = view.action("refresh_contacts").reasons
    assert reasons[0] == "There are no contact details yet."
    assert not any("never checked" in reason for reason in reasons)


def test_few_answers_do_not_make_an_area_calm(catalog):
    answers = {"churn_reasons": Answer("churn_reasons", AnswerState.KNOWN, ("unknown",))}
    view = plan_view(catalog, make_plan(catalog, answers), "en")
    assert view.areas[0].observations == ("Nobody knows yet why they left.",)
    assert (view.areas[0].level, view.areas[0].score_label) == ("not known yet", "")


def test_an_area_without_concern_is_calm(views):
    supply = next(area for area in views["cafe", "en"].areas if area.id == "supply")
    assert (supply.level, supply.score) == ("calm", 0)


def test_the_first_action_is_free(views):
    for view in views.values():
        if view.actions and view.first.first:
            assert view.first.cost == view.words["action"]["free"]


def test_hebrew_plans_hold_no_latin_but_what_hebrew_content_holds(catalog, views):
    isolated = re.compile(r"[\u2066\u2068][^\u2069]*\u2069")
    content = set(LATIN.findall(str(catalog.texts["he"])))
    for (name, language), view in views.items():
        if language == "he":
            for text in texts(view):
                found = set(LATIN.findall(isolated.sub("", text)))
                assert found <= content, (name, text)


def test_the_same_answers_give_the_same_view(catalog, plans, views):
    for name in ("hotel", "wholesaler", "nothing_known"):
        again = make_plan(catalog, dict(reversed(plans[name].answers.items())))
        for language in LANGUAGES:
            assert plan_view(catalog, again, language) == views[name, language]


def test_an_unnamed_business_gets_a_plan_too(views):
    assert views["nothing_known", "en"].prepared == "Prepared from your answers"
    assert views["hotel", "he"].prepared == "הוכנה עבור מלון הגליל"


def test_sums_come_with_formula_and_interval(views):
    lines = {line.id: line for line in views["hotel", "en"].money}
    lost = lines["revenue_lost"]
    assert lost.value == "about ₪280,000"
    assert lost.interval == "₪260,000 to ₪300,000"
    assert lost.formula.startswith("₪420,000 before, less ₪120,000\u00a0to\u00a0₪160,000 now. If")
    assert lines["customers_lost"].value == "390"
    assert lines["winback_revenue"].status


def test_print_is_decided_by_the_owners_own_numbers(views):
    assert len(views["hotel", "en"].dispute) == 2
    assert len(views["hotel", "he"].dispute) == 2
    assert not views["cafe", "en"].dispute


def test_letters_priced_in_other_money_are_left_to_the_owner(catalog, plans):
    """It isn't said that the average purchase is missing, which was told in dollars."""
    answers = plans["online_shop"].answers
    sale = replace(answers["average_sale"], value=Money(60, "USD"))
    plan = make_plan(catalog, dict(answers) | {"average_sale": sale})
    assert "in shekels only" in plan_view(catalog, plan, "en").dispute[1]
    assert "רק בשקלים" in plan_view(catalog, plan, "he").dispute[1]


def test_what_is_not_known_says_what_it_would_change(views):
    unknowns = {row.slot: row for row in views["tutor", "en"].unknowns}
    assert unknowns["churn_share"].why
    assert any(row.effects for row in unknowns.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_says_its_date_when_it_has_one(catalog, plans, language):
    view = plan_view(catalog, plans["hotel"], language, date(2026, 3, 1))
    assert "2026" in view.made_on


def test_a_letter_that_pays_but_is_not_planned_says_why(catalog, plans):
    counts = {"customers_before": 400, "customers_now": 240}
    answers = plans["wholesaler"].answers | {
        slot: Answer(slot, AnswerState.KNOWN, count) for slot, count in counts.items()
    }
    plan = make_plan(catalog, answers)
    assert "direct_mail" not in {*plan.later, *(action.id for action in plan.actions)}
    assert "only once the cash lasts longer" in plan_view(catalog, plan, "en").dispute[1]


def test_few_who_left_are_called_though_a_letter_would_pay(plans, views):
    assert "direct_mail" not in {action.id for action in plans["wholesaler"].actions}
    assert "only 36 customers left" in views["wholesaler", "en"].dispute[1]


def test_laws_and_drafts_are_told_with_the_first_action_that_has_them(views):
    for view in views.values():
        for kind in ("gates", "drafts"):
            first: dict[str, int] = {}
            for action in view.actions:
                for row in getattr(action, kind):
                    assert row.earlier == first.get(row.id)
                    first.setdefault(row.id, action.number)


def test_the_sums_that_matter_come_first_and_are_few(views):
    for view in views.values():
        assert len(view.sums) <= 6
        assert view.money == (*view.sums, *view.other_sums)
    assert views["hotel", "en"].sums[0].id == "revenue_lost"


def test_a_closed_business_is_not_told_that_its_customers_left(views):
    told = " ".join(views["factory", "en"].areas[0].observations)
    assert "While the business is closed, 100% of customers don't buy." in told
    assert not any(" left" in text for text in views["factory", "en"].insights)


def test_an_area_with_few_answers_is_not_called_sound(catalog):
    answers = {"churn_reasons": Answer("churn_reasons", AnswerState.KNOWN, ("fear",))}
    churn = plan_view(catalog, make_plan(catalog, answers), "en").areas[0]
    assert churn.level == "not known yet"
    assert churn.observations == ("How many customers left isn't known yet.",)
