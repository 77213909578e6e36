"""A plan as a PDF to keep, print or forward. Its pages are A5: a phone shows them readably."""

from __future__ import annotations

from advisor.model import WEEKS
from advisor.render.direction import bare
from advisor.render.paper import paper
from advisor.render.typesetting import typeset_pdf
from advisor.render.view import PlanView


def render_pdf(view: PlanView) -> bytes:
    """The plan as a tagged PDF with its fonts inside."""
    data = paper(view) | {"name": bare(view.title), "week_count": WEEKS}
    return typeset_pdf("plan.typ", data)
