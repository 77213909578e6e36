"""The example plans in docs/ are what the product makes today; `make examples` makes them anew."""

import subprocess
from pathlib import Path

import pytest

from advisor.answers_file import read_answers
from advisor.catalog import Catalog
from advisor.planning import make_plan
from advisor.render.html import render_html
from advisor.render.pdf import render_pdf
from advisor.render.view import plan_view

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize("business", ["hotel", "wholesaler"])
def test_an_example_is_up_to_date(business: str, language: str, catalog: Catalog) -> None:
    plan = make_plan(catalog, read_answers(catalog, EXAMPLES / f"{business}.yml"))
    page = render_html(plan_view(catalog, plan, language))
    assert (EXAMPLES / f"{business}-{language}.html").read_text("utf-8") == page


@pytest.mark.poppler
@pytest.mark.parametrize("language", ["he", "en"])
def test_an_example_document_is_up_to_date(language: str, catalog: Catalog) -> None:
    plan = make_plan(catalog, read_answers(catalog, EXAMPLES / "hotel.yml"))
    made = render_pdf(plan_view(catalog, plan, language))
    kept = (EXAMPLES / f"hotel-{language}.pdf").read_bytes()
    assert text_of(kept) == text_of(made)


def text_of(pdf: bytes) -> str:
    """What a PDF says."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_examples_get_visibly_different_plans(catalog: Catalog) -> None:
    hotel, wholesaler = (
        {a.id for a in make_plan(catalog, read_answers(catalog, EXAMPLES / name)).actions}
        for name in ("hotel.yml", "wholesaler.yml")
    )
    assert len(hotel & wholesaler) <= len(hotel | wholesaler) / 2
