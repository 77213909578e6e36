"""Files of answers: what is read, and what is refused in words that help."""

from pathlib import Path

import pytest

from advisor.answers_file import parse_answers, read_answers
from advisor.catalog import load_catalog
from advisor.errors import AnswersError
from advisor.model import AnswerState, Money

FOLDER = Path(__file__).parents[1] / "data" / "answers"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.mark.parametrize(
    "path", [*sorted(FOLDER.iterdir()), *sorted(EXAMPLES.glob("*.yml"))], ids=lambda path: path.name
)
def test_every_example_is_read(catalog, path):
    assert read_answers(catalog, path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("churn_share: 30", 30),
        ("churn_share: {low: 10, high: 15}", 12.5),
        ("customers_now: {low: 10, high: 15}", 13),
        ("customers_now: 1_000", 1000),
        ("cash_runway: {low: 30}", 30),
        ("revenue_now: 5000", Money(5000.0, "ILS")),
        ("revenue_now: {amount: 5000, currency: USD}", Money(5000.0, "USD")),
        ("revenue_now: {low: 4000, high: 6000, currency: EUR}", Money(5000.0, "EUR")),
        ("marketing_consent: yes", "yes"),
        ("marketing_consent: 'no'", "no"),
        ("goals_set: no", False),
        ("goals_set: 'true'", True),
        ("sector: health", "health"),
        ("weak_links: [stock, none, credit]", ("credit", "stock")),
        ("weak_links: staff", ("staff",)),
        ("business_name: No", "No"),
        ("business_name: 007", "007"),
        ('{"business_name": "\\u05e7\\u05e4\\u05d4 \\ud83d\\ude00"}', "קפה 😀"),
        ('{\n\t"employees": 3\n}', 3),
    ],
)
def test_a_value_is_read_as_the_contract_writes_it(catalog, text, value):
    (answer,) = parse_answers(catalog, text).values()
    assert answer.value == value
    assert type(answer.value) is type(value) or isinstance(value, int)


def test_the_ends_of_a_range_are_kept(catalog):
    answer = parse_answers(catalog, "churn_share: {low: 10, high: 15}")["churn_share"]
    assert (answer.low, answer.high) == (10, 15)


@pytest.mark.parametrize("text", ["churn_share: null", "churn_share:", "weak_links: []"])
def test_nothing_means_not_known(catalog, text):
    (answer,) = parse_answers(catalog, text).values()
    assert answer.state is AnswerState.UNKNOWN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "sector: health\n\n\nchurn_share: 140",
            "line 4: churn_share: 140 is above 100; a share is 0 to 100",
        ),
        ("employees: 0", "line 1: employees: 0 is below 1; it can be 1 to 100000"),
        ("churn_shar: 5", "line 1: churn_shar is no slot; did you mean churn_share?"),
        ("sector: florist", "'florist' is no option; write one of restaurant, shop"),
        ("cash_runway: 6 weeks", "a number of days, for instance 42 for six weeks"),
        ("employees: 2.5", "2.5 isn't whole"),
        ("employees: true", "true is no number"),
        ("employees: .nan", "nan is no number"),
        ("churn_share: {low: 20, high: 10}", "low (20) is above high (10)"),
        ("churn_share: {low: 20, high: 110}", "110 is above 100"),
        ("churn_share: {middle: 20}", "or {low: 10, high: 20}"),
        ("revenue_now: {amount: 5, currency: XYZ}", "'XYZ' is no currency"),
        ("revenue_now: {currency: ILS}", "{amount: 1200, currency: ILS}"),
        ("goals_set: perhaps", "'perhaps' is neither; write true or false"),
        ("business_name: [a]", "write it as text"),
        ("business_name: '  '", "is empty"),
        ("sector: shop\nsector: health", "line 2: sector: is already in line 1"),
        ("- sector", "line 1: write one answer a line"),
        ("", "line 1: write one answer a line"),
        ("sector: [shop", "line 1: the file isn't YAML or JSON"),
        ("sector: !!python/name:os.system", "the file isn't YAML or JSON"),
    ],
)
def test_a_fault_names_its_line_and_says_what_to_do(catalog, text, message):
    with pytest.raises(AnswersError) as error:
        parse_answers(catalog, text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_text(catalog, tmp_path):
    path = tmp_path / "answers.yml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AnswersError, match=r"answers\.yml isn't UTF-8"):
        read_answers(catalog, path)


def test_a_file_that_is_not_there(catalog, tmp_path):
    with pytest.raises(AnswersError, match=r"gone\.yml can't be read: No such file"):
        read_answers(catalog, tmp_path / "gone.yml")
