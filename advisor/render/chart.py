"""A plan as one picture for a phone: how urgent each area is, and what to do in which week."""

from __future__ import annotations

from typing import Any

from advisor.model import WEEKS
from advisor.render.paper import paper
from advisor.render.typesetting import typeset_png
from advisor.render.view import PlanView

DOTS = 216.0
"""To the inch: three for each point, so that text stays sharp when the owner zooms in."""
LONGEST_NAME = 90
"""Signs of a line about whose plan it is; the documents hold all of it."""


def render_png(view: PlanView) -> bytes:
    """The plan as a PNG of 1200 pixels across; its height follows the number of actions."""
    return typeset_png("chart.typ", drawn(view), DOTS)


def drawn(view: PlanView) -> dict[str, Any]:
    """What the picture shows."""
    data = paper(view)
    prepared = data["prepared"]
    if len(prepared) > LONGEST_NAME:
        prepared = f"{prepared[:LONGEST_NAME].rstrip()}…"
    return {
        "language": view.language,
        "title": data["title"],
        "prepared": prepared,
        "changed_by": data["changed_by"],
        "areas": data["areas"],
        "areas_note": data["words"]["areas_note"],
        "headings": data["words"]["headings"],
        "actions": data["actions"],
        "week_count": WEEKS,
    }
