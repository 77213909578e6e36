"""Findings: score, evidence, confidence, and the one more number that would change most."""

from dataclasses import replace
from pathlib import Path

import pytest

from advisor.answers_file import read_answers
from advisor.catalog import Catalog, load_catalog
from advisor.conditions import holds
from advisor.facts import known_values
from advisor.findings import find, slots_of
from advisor.model import PLAN_AREAS, Answer, Answers, AnswerState, Finding, Value
from advisor.whatif.trials import trials

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "tests/data/answers").iterdir(), *(ROOT / "docs/examples").glob("*.yml")])
each_business = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def known(**values: Value) -> dict[str, Answer]:
    return {slot: Answer(slot, AnswerState.KNOWN, value) for slot, value in values.items()}


def area(findings: tuple[Finding, ...], name: str) -> Finding:
    return next(finding for finding in findings if finding.area == name)


@each_business
def test_each_area_has_a_score_that_its_evidence_adds_up_to(path: Path, catalog: Catalog) -> None:
    answers = read_answers(catalog, path)
    findings = find(catalog, answers)
    assert tuple(finding.area for finding in findings) == PLAN_AREAS
    values = known_values(answers)
    rows = {(row.area, row.id): row for row in catalog.observations}
    for finding in findings:
        assert finding.score == min(100, sum(item.points for item in finding.evidence))
        assert 0 <= finding.confidence <= 1
        for item in finding.evidence:
            row = rows[finding.area, item.id]
            assert holds(row.when, values)
            assert item.points == row.points
            assert set(item.slots) <= slots_of(row.when) & set(answers)
            assert item.slots


@each_business
def test_the_number_asked_for_can_change_something(path: Path, catalog: Catalog) -> None:
    answers = read_answers(catalog, path)
    for finding in find(catalog, answers):
        if finding.missing is None:
            continue
        now = outcome(catalog, answers, finding.area)
        then = [
            outcome(catalog, {**answers, **known(**{finding.missing: value})}, finding.area)
            for value in trials(catalog.slots[finding.missing])
        ]
        assert any(other != now for other in then), finding.missing


def outcome(catalog: Catalog, answers: Answers, name: str) -> tuple[int, list[str], frozenset[str]]:
    """What an answer can change in an area: its score, its evidence and its actions."""
    finding, values = area(find(catalog, answers), name), known_values(answers)
    actions = (a for a in catalog.actions.values() if a.area == name and holds(a.when, values))
    return (
        finding.score,
        [item.id for item in finding.evidence],
        frozenset(action.id for action in actions),
    )


def test_more_answers_give_more_confidence(catalog: Catalog) -> None:
    few = area(find(catalog, known(churn_share=30)), "churn").confidence
    more = area(find(catalog, known(churn_share=30, last_contact="never")), "churn").confidence
    assert 0 < few < more < 1


def test_a_guess_gives_less_confidence_than_a_number(catalog: Catalog) -> None:
    sure = known(churn_share=30)
    guessed = {"churn_share": replace(sure["churn_share"], approximate=True)}
    ranged = {"churn_share": replace(sure["churn_share"], low=25.0, high=35.0)}
    levels = [area(find(catalog, a), "churn").confidence for a in (sure, guessed, ranged)]
    assert levels[0] > levels[1] == levels[2] > 0


def test_nothing_more_is_wanted_of_whoever_answered_all() -> None:
    catalog = load_catalog()
    answers = {
        slot.id: Answer(slot.id, AnswerState.KNOWN, next(iter(trials(slot)), "Noa's"))
        for slot in catalog.slots.values()
    }
    assert {finding.missing for finding in find(catalog, answers)} == {None}
