"""How long a plan takes as a document, beside WeasyPrint making a PDF of the same view's page.

make bench-documents

Prints medians over the example businesses in both languages: `new` is a plan that this process
hasn't rendered yet, `again` the same plan once more. WeasyPrint needs libraries of the system (on
Debian: libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0); where it can't be loaded, that
is said, and the rest is measured.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from advisor.answers_file import read_answers
from advisor.catalog import load_catalog
from advisor.model import LANGUAGES
from advisor.planning import make_plan
from advisor.render.chart import render_png
from advisor.render.docx import render_docx
from advisor.render.html import render_html
from advisor.render.pdf import render_pdf
from advisor.render.view import PlanView, plan_view

ROOT = Path(__file__).parents[1]
FILES = (*ROOT.glob("docs/examples/*.yml"), *ROOT.glob("tests/data/answers/*"))
LIMITS = {"PDF": 100, "DOCX": 300}
"""Milliseconds for a plan that is new to a warm process."""
ANY_BREAK = "* { break-inside: auto !important; break-after: auto !important }"
"""WeasyPrint 70 stops with a fault of its own where the page asks for parts to be kept together."""
Render = Callable[[PlanView], object]


def views() -> list[PlanView]:
    """The plans of all examples in both languages."""
    catalog = load_catalog()
    plans = [make_plan(catalog, read_answers(catalog, file)) for file in sorted(FILES)]
    return [plan_view(catalog, plan, language) for language in LANGUAGES for plan in plans]


def renderers() -> dict[str, Render]:
    """What is measured."""
    ours: dict[str, Render] = {
        "PDF": render_pdf,
        "PNG": render_png,
        "DOCX": render_docx,
        "HTML": render_html,
    }
    try:
        from weasyprint import CSS, HTML
    except (ImportError, OSError) as error:
        print(f"WeasyPrint can't be loaded and is left out: {str(error).splitlines()[0]}\n")
        return ours
    breaks = [CSS(string=ANY_BREAK)]

    def weasyprint_pdf(view: PlanView) -> object:
        return HTML(string=render_html(view)).write_pdf(stylesheets=breaks)

    return ours | {"WeasyPrint PDF": weasyprint_pdf}


def milliseconds(render: Render, view: PlanView) -> float:
    """How long one document takes."""
    begin = time.perf_counter()
    render(view)
    return 1000 * (time.perf_counter() - begin)


def measured(render: Render, plans: list[PlanView]) -> Mapping[str, float]:
    """The first document of all, then medians over the others, new and again."""
    first, *others = plans
    cold = milliseconds(render, first)
    new = [milliseconds(render, view) for view in others]
    again = [milliseconds(render, view) for view in others]
    return {
        "first": cold,
        "new": statistics.median(new),
        "worst": max(new),
        "again": statistics.median(again),
    }


def main() -> None:
    """Print the table."""
    plans = views()
    print(f"{len(plans)} plans, median milliseconds\n")
    print(f"{'':16}{'first':>9}{'new':>9}{'worst':>9}{'again':>9}{'limit':>9}")
    for name, render in renderers().items():
        row = "".join(f"{value:9.0f}" for value in measured(render, plans).values())
        print(f"{name:16}{row}{LIMITS.get(name, ''):>9}")


if __name__ == "__main__":
    main()
