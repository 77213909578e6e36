"""What changed between two plans, and because of what."""

from dataclasses import replace

from advisor.model import Answer, AnswerState, Plan
from advisor.planning import make_plan
from advisor.render.compare import blamed, compare, few, tell_difference


def answered(plan: Plan, **values: object) -> dict[str, Answer]:
    new = {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in values.items()}
    return {**plan.answers, **new}


def test_the_same_answers_change_nothing(catalog, plans):
    plan = plans["hotel"]
    told_again = {slot: replace(a, message="other") for slot, a in plan.answers.items()}
    found = compare(plan, make_plan(catalog, told_again))
    assert found.empty
    assert found.answers == ()
    assert tell_difference(catalog, "en", plan, plan) == ("The plan stays as it is.",)


def test_what_went_is_laid_at_the_answer_that_changed(catalog, plans):
    old = plans["wholesaler"]
    new = make_plan(catalog, answered(old, backup_supplier=True, top_supplier_share=10))
    found = compare(old, new)
    assert set(found.answers) == {"backup_supplier", "top_supplier_share"}
    gone = {change.action: change for change in found.removed}
    assert "second_source" in gone
    assert set(gone["second_source"].because) <= set(found.answers)
    assert gone["second_source"].after is None


def test_fewer_hours_are_named_as_the_cause_of_what_moved(catalog, plans):
    old = plans["hotel"]
    found = compare(old, make_plan(catalog, answered(old, hours_per_week=2)))
    assert not found.empty
    for change in (*found.removed, *found.moved):
        assert change.because == ("hours_per_week",)
        assert change.before != change.after


def test_a_changed_plan_says_so_in_both_languages(catalog, plans):
    old = plans["wholesaler"]
    new = make_plan(catalog, answered(old, backup_supplier=True, top_supplier_share=10))
    for language, word in (("en", "now"), ("he", "עכשיו")):
        told = tell_difference(catalog, language, old, new)
        assert word in told[0]
        assert not any("{" in sentence or "None" in sentence for sentence in told)


def test_plans_of_the_same_actions_in_other_weeks_differ_by_moves(plans):
    old = plans["hotel"]
    last = replace(old.actions[-1], start_week=old.actions[-1].start_week - 1)
    found = compare(old, replace(old, actions=(*old.actions[:-1], last)))
    assert [change.action for change in found.moved] == [last.id]
    assert not found.added
    assert not found.removed


def test_each_change_is_laid_at_the_answer_that_alone_does_it(catalog, plans):
    """Answers are tried one by one: a second supplier, not fewer hours, ends the search for one."""
    answers = answered(plans["wholesaler"], hours_per_week=6)
    old = make_plan(catalog, {s: a for s, a in answers.items() if s != "backup_supplier"})
    new = make_plan(catalog, answered(old, backup_supplier=True, hours_per_week=2))
    found = blamed(catalog, old, compare(old, new), new.answers)
    gone = {change.action: change.because for change in found.removed}
    assert gone["second_source"] == ("backup_supplier",)
    others = {cause for name, cause in gone.items() if name != "second_source"}
    assert ("hours_per_week",) in others | {change.because for change in found.moved}
    for language in ("en", "he"):
        told = tell_difference(catalog, language, old, new)
        label = str(catalog.question(language, "backup_supplier")["label"])
        assert sum(line.lower().startswith(label.lower()) for line in told) == 1


def test_long_lists_of_moves_are_cut_short():
    assert few(["a", "b", "c"], 2, "{n} more") == ["a", "b", "c"]
    assert few(["a", "b", "c", "d"], 2, "{n} more") == ["a", "b", "2 more"]


def test_what_got_room_is_told_apart_from_what_the_answer_brought(catalog, plans):
    """More hours bring nothing that didn't fit the answers before; a second supplier frees some."""
    old = make_plan(catalog, answered(plans["wholesaler"], hours_per_week=3))
    more = tell_difference(catalog, "he", old, make_plan(catalog, answered(old, hours_per_week=12)))
    assert any(line.startswith("התפנה מקום") for line in more)
    assert not any("בעקבות זה נכנס" in line for line in more)
    fewer = tell_difference(
        catalog, "en", make_plan(catalog, answered(old, hours_per_week=12)), old
    )
    assert any(line.startswith("Put off to make room") for line in fewer)
    assert not any(line.startswith("No longer in the plan") for line in fewer)
    short = tell_difference(catalog, "he", old, make_plan(catalog, answered(old, cash_runway=200)))
    assert any("בעקבות זה יצא" in line and "עזרה ראשונה" in line for line in short)
