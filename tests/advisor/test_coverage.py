"""docs/sources.md says what the content does."""

from __future__ import annotations

from pathlib import Path

from advisor.catalog import Catalog
from advisor.coverage import coverage_table, sources_page

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
REMEDY = (
    "bring it up to date: python -c 'from advisor.catalog import load_catalog; "
    'from advisor.coverage import sources_page; print(sources_page(load_catalog()), end="")\''
    " > docs/sources.md"
)


def test_the_page_is_up_to_date(catalog: Catalog) -> None:
    assert PAGE.read_text(encoding="utf-8") == sources_page(catalog), REMEDY


def test_the_table_has_a_line_for_each_point(catalog: Catalog) -> None:
    header, rule, *lines = coverage_table(catalog).splitlines()
    assert header.count("|") == rule.count("|") == 5
    assert [line.split()[1] for line in lines] == list(catalog.sources)


def test_every_point_of_both_articles_is_there(catalog: Catalog) -> None:
    everything = [f"A{n}" for n in range(1, 42)] + [f"B{n}" for n in range(1, 32)]
    assert list(catalog.sources) == everything
